"""Run every benchmark, one after the other: `make bench`, or `python -m benchmarks NAME ...`."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("reader", "import_export", "release")


def main() -> int:
    """Run the named benchmarks, or all; give 1 when one of them could not run."""
    chosen = sys.argv[1:] or NAMES
    failed = []
    for name in chosen:
        if name not in NAMES:
            print(f"There is no benchmark {name}; there are {', '.join(NAMES)}.")
            return 2
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Not run to the end: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
