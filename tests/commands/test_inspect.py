"""`hotspots export inspect`: a contract that other programs build on. It needs no database."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests import build_intake as intake
from tests.commands.conftest import Call, Outcome

FIELDS = [
    "format",
    "sha256",
    "bytes",
    "records",
    "sms",
    "mms",
    "calls",
    "inbound",
    "outbound",
    "other",
    "inbound_contact_points",
    "withheld",
    "duplicates",
    "first_at",
    "last_at",
    "anomalies",
    "refused",
]
COUNTS = FIELDS[3:13]
FIRST, SECOND = intake.number(1), intake.number(2)


def found_by(outcome: Outcome) -> dict[str, Any]:
    """Read what was printed as JSON."""
    found: dict[str, Any] = json.loads(outcome.raw)
    return found


def kept(folder: Path, content: bytes, name: str = "sms.xml") -> Path:
    """Write a file to inspect."""
    path = folder / name
    path.write_bytes(content)
    return path


def test_it_prints_the_fields_of_the_contract(hotspots: Call, tmp_path: Path) -> None:
    said = [
        intake.sms(FIRST, intake.after(1)),
        intake.sms(FIRST, intake.after(1)),
        intake.sms(FIRST, intake.after(2), "hello", kind=2),
        intake.sms(SECOND, intake.after(3), "hi", kind=1),
        intake.sms("null", intake.after(4), "is anyone there"),
        intake.sms(SECOND, intake.after(5), "not sent", kind=3),
    ]
    content = intake.backup(*said)

    outcome = hotspots("export", "inspect", kept(tmp_path, content), "--json")

    found = found_by(outcome)
    assert outcome.code == 0
    assert list(found) == FIELDS
    assert found | {"anomalies": [], "format": ""} == {
        "format": "",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "records": 6,
        "sms": 6,
        "mms": 0,
        "calls": 0,
        "inbound": 4,
        "outbound": 1,
        "other": 1,
        "inbound_contact_points": 2,
        "withheld": 1,
        "duplicates": 1,
        "first_at": "2021-10-05T22:00:00.000Z",
        "last_at": "2021-10-06T02:00:00.000Z",
        "anomalies": [],
        "refused": None,
    }


def test_an_anomaly_has_its_kind_place_and_text(hotspots: Call, tmp_path: Path) -> None:
    whole = intake.backup(intake.sms(FIRST, intake.after(1)), intake.sms(SECOND, intake.after(2)))
    cut = whole[: whole.rindex(b"<sms") + 30]

    outcome = hotspots("export", "inspect", kept(tmp_path, cut), "--json")

    found = found_by(outcome)
    assert outcome.code == 0
    assert found["records"] == 1
    assert found["refused"] is None
    assert all(set(one) == {"kind", "member", "offset", "line", "text"} for one in found["anomalies"])
    assert any(0 < one["offset"] <= len(cut) and one["line"] == 4 and one["text"] for one in found["anomalies"])


def test_a_refused_file_gives_its_reason_and_3(hotspots: Call, tmp_path: Path) -> None:
    hostile = b"<?xml version='1.0'?><!DOCTYPE smses [<!ENTITY a 'b'>]><smses count='0'></smses>"

    outcome = hotspots("export", "inspect", kept(tmp_path, hostile), "--json")

    found = found_by(outcome)
    assert outcome.code == 3
    assert list(found) == FIELDS
    assert found["refused"]
    assert found["sha256"] == hashlib.sha256(hostile).hexdigest()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff\xe0 a picture", b"name,number\n"], ids=["empty", "jpeg", "csv"]
)
def test_a_file_of_another_kind_is_refused_with_3(hotspots: Call, tmp_path: Path, content: bytes) -> None:
    outcome = hotspots("export", "inspect", kept(tmp_path, content))

    assert outcome.code == 3
    assert "sms.xml is not read: The file is" in outcome.out


def test_nothing_of_a_refused_file_is_counted_and_no_word_says_that_it_is_kept(hotspots: Call, tmp_path: Path) -> None:
    deep = "<sms>" + "<a>" * 9 + "</a>" * 9 + "</sms>"
    path = kept(tmp_path, intake.backup(intake.sms(FIRST, intake.after(1)), deep), "deep.xml")

    printed, told = hotspots("export", "inspect", path, "--json"), hotspots("export", "inspect", path)

    found = found_by(printed)
    assert printed.code == told.code == 3
    assert {found[key] for key in COUNTS} == {0}
    assert (found["first_at"], found["last_at"]) == (None, None)
    assert "kept" not in found["refused"]
    assert f"deep.xml is not read: {found['refused']}" in told.out


def test_in_a_zip_an_anomaly_names_its_member_and_claims_no_line_that_there_is_not(
    hotspots: Call, tmp_path: Path
) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "no backup")
        archive.writestr("sms.xml", intake.backup(intake.sms(FIRST, intake.after(1)), count=5))

    found = found_by(hotspots("export", "inspect", path, "--json"))
    told = hotspots("export", "inspect", path)

    places = [(one["kind"], one["member"], one["line"] > 0) for one in found["anomalies"]]
    assert places == [("member_skipped", "notes.txt", False), ("wrong_count", "sms.xml", True)]
    assert "line 0" not in told.out
    assert "Member 'notes.txt' is not read: The file is not XML" in told.out
    assert ".." not in told.out
    assert "'sms.xml', line " in told.out


def test_a_refusal_of_a_zip_names_the_member(hotspots: Call, tmp_path: Path) -> None:
    path = tmp_path / "deep.zip"
    deep = "<sms>" + "<a>" * 9 + "</a>" * 9 + "</sms>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sms.xml", intake.backup(*[intake.sms(FIRST, intake.after(1))] * 5000, deep))

    found = found_by(hotspots("export", "inspect", path, "--json"))

    assert found["records"] == 0
    assert found["refused"].startswith("Member 'sms.xml': ")


def test_people_read_the_same_in_words(hotspots: Call, tmp_path: Path) -> None:
    content = intake.backup(intake.sms(FIRST, intake.after(1)), count=5)

    outcome = hotspots("export", "inspect", kept(tmp_path, content))

    assert outcome.code == 0
    assert hashlib.sha256(content).hexdigest() in outcome.raw.replace("\n", "")
    assert "Whole records 1" in outcome.out
    assert "line " in outcome.out  # the wrong count, with its place


@pytest.mark.parametrize("name", ["none.xml", "."])
def test_a_file_that_cannot_be_read_gets_a_sentence(hotspots: Call, tmp_path: Path, name: str) -> None:
    outcome = hotspots("export", "inspect", tmp_path / name)

    assert outcome.code in {1, 2}
    assert outcome.err.startswith("hotspots: ")
    assert str(tmp_path) in outcome.err


@pytest.mark.parametrize("folder", ["sms_backup_restore", "sms_backup_restore_calls_synthetic"])
def test_the_samples_give_their_counts(hotspots: Call, samples: Path, folder: str) -> None:
    expected = json.loads((samples / "intake" / folder / "expected.json").read_text())["files"]

    for name, facts in expected.items():
        outcome = hotspots("export", "inspect", samples / "intake" / folder / name, "--json")
        found = found_by(outcome)
        assert outcome.code == 0, name
        assert found["sha256"] == facts["sha256"]
        assert found["records"] == facts.get("whole_records", facts["records"]), name
        assert found["mms"] == facts.get("whole_mms", found["mms"]), name
        assert found["withheld"] == facts.get("withheld_inbound", found["withheld"]), name


def test_the_hostile_samples_are_refused_or_read_with_anomalies(hotspots: Call, samples: Path) -> None:
    expected = json.loads((samples / "intake" / "hostile_synthetic" / "expected.json").read_text())["files"]

    for name, facts in expected.items():
        if not name.endswith((".xml", ".zip")):
            continue
        outcome = hotspots("export", "inspect", samples / "intake" / "hostile_synthetic" / name, "--json")
        found = found_by(outcome)
        assert outcome.code == (3 if found["refused"] else 0), name
        if facts["expected_outcome"].startswith("refuse"):
            kinds = {one["kind"] for one in found["anomalies"]}
            assert found["refused"] or "member_refused" in kinds, name
