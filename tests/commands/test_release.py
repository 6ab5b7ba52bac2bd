"""`hotspots release build`: the files of a published release."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands.conftest import Run

pytestmark = pytest.mark.demonstration

SLUG = "results-of-the-5th-annual-operation-hot-spots"


def test_it_writes_the_page_the_document_and_the_sheet(in_county: Run, tmp_path: Path) -> None:
    outcome = in_county("release", "build", SLUG, "--to", str(tmp_path / "out"))

    files = {path.suffix: path for path in (tmp_path / "out").iterdir()}
    assert outcome.code == 0, outcome.err
    assert {path.name for path in files.values()} == {f"{SLUG}-2.{kind}" for kind in ("html", "pdf", "csv")}
    assert files[".pdf"].read_bytes().startswith(b"%PDF-")
    assert "261" in files[".html"].read_text(encoding="utf-8")
    rows = csv.DictReader(files[".csv"].read_text(encoding="utf-8").splitlines())
    assert "261" in {value for row in rows for value in row.values()}


def test_an_earlier_version_stays(in_county: Run, tmp_path: Path) -> None:
    outcome = in_county("release", "build", SLUG, "--version", "1", "--to", str(tmp_path))

    assert outcome.code == 0
    assert (tmp_path / f"{SLUG}-1.pdf").exists()


def test_what_is_not_published_gets_a_sentence(in_county: Run, tmp_path: Path) -> None:
    unknown = in_county("release", "build", "no-such-release", "--to", str(tmp_path))
    later = in_county("release", "build", SLUG, "--version", "9", "--to", str(tmp_path))

    assert (unknown.code, later.code) == (1, 1)
    assert "There is no published release no-such-release." in unknown.err
    assert "9" in later.err
    assert list(tmp_path.iterdir()) == []
