"""The import contracts of pyproject.toml are kept, and would notice a breach."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT

LINT = Path(sys.executable).parent / "lint-imports"
UNREAD = shutil.ignore_patterns("node_modules", "static", "__pycache__", "templates", "fonts-pdf")


def run_contracts(folder: Path, *contracts: str) -> tuple[int, str]:
    """Check the contracts, all or those named, in a folder; return the exit code and what was said."""
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    done = subprocess.run(
        [str(LINT), "--no-cache", "--no-logo", *chosen], capture_output=True, text=True, cwd=folder, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the source, so that a breach can be written into it."""
    folder = tmp_path_factory.mktemp("contracts")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=UNREAD)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_kept() -> None:
    code, said = run_contracts(ROOT)

    assert code == 0, said


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        ("staircase", {"hotspots/keys/breach.py": "from hotspots.cases import breach", "hotspots/cases/breach.py": ""}),
        ("staircase", {"hotspots/toolbox.py": ""}),
        ("files", {"hotspots/directory/rules.py": "from . import actions", "hotspots/directory/actions.py": ""}),
        ("files", {"hotspots/directory/shed.py": ""}),
        ("pure", {"hotspots/analysis/breach.py": "from django.db import models"}),
        ("packages", {"haven/breach.py": "import hotspots.errors"}),
        ("packages", {"look/breach.py": "import hotspots.errors"}),
        ("packages", {"look/breach.py": "import sealing"}),
        ("advocacy_wall", {"hotspots/advocacy/queries.py": "import hotspots.evidence"}),
        ("cycles", {"sealing/one.py": "from . import two", "sealing/two.py": "from . import one"}),
    ],
)
def test_a_breach_is_noticed(copy: Path, contract: str, files: dict[str, str]) -> None:
    for place, text in files.items():
        (copy / place).write_text(text)
    try:
        code, said = run_contracts(copy, contract)
    finally:
        for place in files:
            (copy / place).unlink()

    assert code == 1, said
    assert "BROKEN" in said, said
