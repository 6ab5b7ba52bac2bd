"""Time a whole import beside the reader alone, on the same 200 MB, in one run.

The import takes the file from the encrypted store to committed, encrypted, indexed rows that are shown, responses
derived. Target: at most 8 times the reader's time, under 200 MB of memory. The database is DATABASE_URL, or SQLite in a
temporary folder. Each part runs in a process of its own, so that the peak of memory is its own.

    python -m benchmarks.import_export [--megabytes 200] [--profile]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.reader import write_backup

TARGET_RATIO = 8.0
TARGET_MEGABYTES = 200
# Django is set up before the module with the work, which imports models, is read.
WORK = "import django; django.setup(); from benchmarks import import_work; import_work.main()"


def environment_of(folder: Path) -> dict[str, str]:
    """Give the environment of a database of its own in a folder."""
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'hotspots.sqlite3'}",
        **os.environ,
        "HOTSPOTS_ENV": "test",
        "HOTSPOTS_DATA_DIR": str(folder),
        "HOTSPOTS_MASTER_KEY": "07" * 32,
        "HOTSPOTS_SECRET_KEY": "a key for benchmarks only, never for a county",
        "HOTSPOTS_ALLOWED_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "hotspots.config.settings",
    }


def run(part: str, path: Path, folder: Path, *options: str) -> dict[str, Any]:
    """Run one part in a process of its own, and give what it measured."""
    command = [sys.executable, "-c", WORK, part, str(path), *options]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment_of(folder))
    *before, last = done.stdout.splitlines()
    print(*before, sep="\n", end="\n" if before else "")
    return dict(json.loads(last))


def compare(size_bytes: int, *, is_profiled: bool) -> float:
    """Run reader and import on one generated file, print what they took, and give the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o700)
        path = folder / "sms.xml"
        count = write_backup(path, size_bytes)
        megabytes = path.stat().st_size / 1e6
        run("receive", path, folder)
        # Before and after the import, since a machine's speed changes within a minute.
        readers = [run("read", path, folder) for _ in range(2)]
        done = run("import", path, folder, *(["--profile"] if is_profiled else []))
        readers += [run("read", path, folder) for _ in range(2)]
        reader = {key: statistics.mean(found[key] for found in readers) for key in ("rows", "seconds", "cpu_seconds")}
    assert reader["rows"] == done["rows"] == count, "not every record was written"
    print(f"{count:,} messages, {megabytes:.0f} MB, {done['contact_points']:,} contact points, {done['database']}")
    for label, found in (("reader", reader), ("import", done)):
        speed = count / found["seconds"]
        cpu = found["cpu_seconds"]
        print(f"{label:8} {found['seconds']:6.1f} s ({cpu:.1f} s of it computing)  {speed:9,.0f} records/s")
    ratio = done["seconds"] / reader["seconds"]
    cpu_ratio = done["cpu_seconds"] / reader["cpu_seconds"]
    print(f"import / reader: {ratio:.2f}, of computing alone {cpu_ratio:.2f} (target: at most {TARGET_RATIO:.0f})")
    print(f"peak memory: {done['peak_megabytes']} MB (target: under {TARGET_MEGABYTES})")
    return float(ratio)


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--profile", action="store_true", help="print where the time of the import goes")
    chosen = parser.parse_args()
    compare(chosen.megabytes * 1_000_000, is_profiled=chosen.profile)


if __name__ == "__main__":
    main()
