"""`hotspots release build`: the files of a published release."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run, outcome_of
from tests.journeys.county import County

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


def test_it_prints_the_files_for_programs(in_county: Run, tmp_path: Path) -> None:
    outcome = in_county("release", "build", SLUG, "--to", str(tmp_path), "--json")

    found = json.loads(outcome.raw)
    assert (outcome.code, found["release"], found["version"]) == (0, SLUG, 2)
    assert [file["kind"] for file in found["files"]] == ["html", "pdf", "csv"]
    for file in found["files"]:
        content = Path(file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_county_behind_its_proxy_builds_too(loaded_county: County, tmp_path: Path) -> None:
    county = {"HOTSPOTS_HTTPS": "1", "HOTSPOTS_ALLOWED_HOSTS": "record.example.org"}

    outcome = outcome_of(loaded_county, "release", "build", SLUG, "--to", str(tmp_path), **county)

    assert outcome.code == 0, outcome.err
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_cannot_be_made_gets_a_sentence(in_county: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    outcome = in_county("release", "build", SLUG, "--to", str(tmp_path / "file" / "out"))

    assert outcome.code == 1
    assert "Not a directory." in outcome.err


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
