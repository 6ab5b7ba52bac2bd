"""What is committed serves everybody: no registry's address, no folder of one machine, no second truth."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CHECK = ROOT / "tests" / "no-hosts"


def no_hosts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the check in a folder."""
    return subprocess.run(["sh", str(CHECK), str(folder)], capture_output=True, text=True, check=False)


def locked(name: str) -> dict[str, str]:
    """Read which version a requirement file locks for each package."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^\s;]+)", text, flags=re.MULTILINE))


def test_no_file_names_a_registry_or_one_machines_folder() -> None:
    done = no_hosts(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "text", ["https://" + "pypi" + ".org/simple", "see " + "/" + "work/notes", "/" + "home/somebody/x"]
)
def test_a_machines_own_address_is_noticed(tmp_path: Path, text: str) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "README.md").write_text(text)

    assert no_hosts(tmp_path).returncode == 1


def test_an_ordinary_path_is_left_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "README.md").write_text("hotspots/work/page and /var/lib/hotspots, at https://example.org/home/")

    assert no_hosts(tmp_path).returncode == 0


def test_development_has_the_versions_of_run_time() -> None:
    run, dev = locked("run"), locked("dev")

    assert run
    assert run == {name: dev.get(name) for name in run}


def test_every_lock_is_hashed() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        pinned = re.findall(r"^[a-z0-9][^\n]*==[^\n]*$", path.read_text(), flags=re.MULTILINE)
        assert pinned
        assert all(line.endswith("\\") for line in pinned), path.name


def test_the_referees_copyleft_library_stays_out_of_the_program() -> None:
    assert not {"pymupdf", "outloud"} & (locked("run").keys() | locked("dev").keys())
    assert "pymupdf" in locked("pdfcheck")
