"""A run that must not skip fails when a test skips (HOTSPOTS_FAIL_ON_SKIP), and says which; so does tests/run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.plugin import SAMPLES_ABSENT, samples_folder

TEST = "import pytest\n\n\ndef test_one():\n    {body}\n"
SKIP = TEST.format(body="pytest.skip('no reason at all')")
MODULE = "import pytest\n\npytest.skip('no reason at all', allow_module_level=True)\n"

# Stands in for the interpreter of .venv: it finds no browser, or its tests fail on one database.
INTERPRETER = """#!/bin/sh
case "$*" in
    *tests.browser.find*) echo "No browser was found."; exit {browser} ;;
    *pytest*) echo "===== 1 passed in 0.1s ====="; [ "${{HOTSPOTS_TEST_DATABASE:-sqlite}}" != "{broken}" ] ;;
esac
"""


def environment(*, may_skip: bool) -> dict[str, str]:
    """Give the environment of a run that may skip, or may not."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "HOTSPOTS_TEST_"))}
    return kept | {"HOTSPOTS_FAIL_ON_SKIP": "0" if may_skip else "1"}


def run_pytest(folder: Path, text: str, *more: str, may_skip: bool) -> subprocess.CompletedProcess[str]:
    """Run one test file under the project's own configuration."""
    (folder / "test_one.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", *more]
    return subprocess.run(
        [*command, str(folder)],
        cwd=ROOT,
        env=environment(may_skip=may_skip),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("text", "workers"), [(SKIP, "0"), (SKIP, "1"), (MODULE, "1")])
def test_a_skip_fails_a_run_that_must_not_skip(tmp_path: Path, text: str, workers: str) -> None:
    done = run_pytest(tmp_path, text, "-n", workers, may_skip=False)

    assert done.returncode != 0, done.stdout
    assert "HOTSPOTS_FAIL_ON_SKIP is set" in done.stdout
    assert "no reason at all" in done.stdout


@pytest.mark.parametrize(("body", "may_skip"), [("pytest.skip('no reason at all')", True), ("assert True", False)])
def test_any_other_run_passes(tmp_path: Path, body: str, may_skip: bool) -> None:
    done = run_pytest(tmp_path, TEST.format(body=body), may_skip=may_skip)

    assert done.returncode == 0, done.stdout


def test_only_samples_that_are_absent_excuse_a_skip(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, TEST.format(body=f"pytest.skip('{SAMPLES_ABSENT}')"), may_skip=False)

    assert done.returncode == (1 if samples_folder().exists() else 0), done.stdout


def test_a_skip_that_only_speaks_of_samples_is_not_excused(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, TEST.format(body="pytest.skip('no samples today')"), may_skip=False)

    assert done.returncode == 1, done.stdout


def run_all(folder: Path, *, may_skip: bool, make: str = "true", browser: int = 0, broken: str = "") -> tuple[int, str]:
    """Run tests/run in a folder whose interpreter stands in for the real one; give the exit code and what was said."""
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "run", folder / "tests")
    interpreter = folder / ".venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text(INTERPRETER.format(browser=browser, broken=broken))
    interpreter.chmod(0o755)
    done = subprocess.run(
        ["sh", str(folder / "tests" / "run"), "1"],
        env=environment(may_skip=may_skip) | {"MAKE": make},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("absent", [{"browser": 1}, {"make": "false"}], ids=["browser", "referee"])
@pytest.mark.parametrize("may_skip", [True, False])
def test_what_could_not_run_is_told_and_fails_where_nothing_may_skip(
    tmp_path: Path, absent: dict[str, int | str], may_skip: bool
) -> None:
    code, said = run_all(tmp_path, may_skip=may_skip, **absent)  # type: ignore[arg-type]

    assert code == (0 if may_skip else 1)
    assert "!! NOT RUN:" in said
    assert ("FAILED: what could not run;" in said) is not may_skip


@pytest.mark.parametrize(("broken", "name"), [("sqlite", "SQLite"), ("postgresql", "PostgreSQL")])
def test_each_database_can_fail_the_run(tmp_path: Path, broken: str, name: str) -> None:
    code, said = run_all(tmp_path, may_skip=True, broken=broken)

    assert code == 1
    assert said.splitlines()[-1] == f"FAILED: {name};"


def test_a_whole_run_passes(tmp_path: Path) -> None:
    assert run_all(tmp_path, may_skip=False)[0] == 0
