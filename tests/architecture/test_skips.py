"""A run that must not skip fails when a test skips (HOTSPOTS_FAIL_ON_SKIP), and says which."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.plugin import samples_folder

ABSENT = "samples are absent"


def run_pytest(folder: Path, body: str, *, may_skip: bool) -> subprocess.CompletedProcess[str]:
    """Run one test file under the project's own configuration."""
    (folder / "test_one.py").write_text(f"import pytest\n\n\ndef test_one():\n    {body}\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"HOTSPOTS_FAIL_ON_SKIP": "0" if may_skip else "1", "HOTSPOTS_TEST_DATABASE": "sqlite"}
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_skip_fails_a_run_that_must_not_skip(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, "pytest.skip('no reason at all')", may_skip=False)

    assert done.returncode == 1, done.stdout
    assert "HOTSPOTS_FAIL_ON_SKIP is set" in done.stdout
    assert "no reason at all" in done.stdout


@pytest.mark.parametrize(("body", "may_skip"), [("pytest.skip('no reason at all')", True), ("assert True", False)])
def test_any_other_run_passes(tmp_path: Path, body: str, may_skip: bool) -> None:
    done = run_pytest(tmp_path, body, may_skip=may_skip)

    assert done.returncode == 0, done.stdout


def test_only_samples_that_are_absent_excuse_a_skip(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, f"pytest.skip('{ABSENT}')", may_skip=False)

    assert done.returncode == (1 if samples_folder().exists() else 0), done.stdout
