"""`make check`, the hooks before a commit and CI run one list of checks, each to its end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT

CHECK = ROOT / "tests" / "check"


def run_check(*arguments: str, script: Path = CHECK) -> subprocess.CompletedProcess[str]:
    """Run the script of checks."""
    return subprocess.run(["sh", str(script), *arguments], capture_output=True, text=True, check=False)


def names() -> list[str]:
    """Give the names of the checks."""
    return run_check("--list").stdout.split()


def test_every_check_is_a_hook_and_every_hook_a_check() -> None:
    lines = (ROOT / ".pre-commit-config.yaml").read_text().splitlines()

    hooks = [line.split("id:")[1].strip() for line in lines if "- id:" in line]
    entries = [line.split("entry:")[1].strip() for line in lines if "entry:" in line]

    assert hooks == names()
    assert entries == [f"tests/check {name}" for name in hooks]


def test_make_check_runs_the_list_and_nothing_else() -> None:
    _, recipe = (ROOT / "Makefile").read_text().split("\ncheck:", 1)

    assert [line.strip() for line in recipe.splitlines()[1:2]] == ["@sh tests/check"]
    assert "make check" in (ROOT / ".ci" / "run").read_text()


def test_a_check_that_fails_stops_no_other_and_is_named_at_the_end(tmp_path: Path) -> None:
    script = tmp_path / "tests" / "check"
    script.parent.mkdir()
    shutil.copy(CHECK, script)  # in a folder without an environment, every check but that of the hosts fails
    shutil.copy(ROOT / "tests" / "no-hosts", script.parent)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)

    done = run_check(script=script)

    assert done.returncode == 1
    assert [line.removeprefix("== ") for line in done.stdout.splitlines() if line.startswith("== ")] == names()
    assert done.stderr.splitlines()[-1] == f"FAILED: {' '.join(names()[:-1])}"


def test_one_check_can_be_asked_for() -> None:
    done, unknown = run_check("hosts"), run_check("no-such")

    assert (done.returncode, done.stdout) == (0, "== hosts\n")
    assert unknown.returncode == 2
    assert "There is no check no-such." in unknown.stderr
