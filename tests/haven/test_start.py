"""Haven starts with its own settings."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.architecture.source import ROOT


def test_haven_passes_its_own_checks() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "HOTSPOTS_"))}

    done = subprocess.run(
        [sys.executable, "-m", "haven", "check"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
