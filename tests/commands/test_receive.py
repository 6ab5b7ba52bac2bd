"""`hotspots export receive`: a file goes into custody from the command line, by a named person."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from hotspots.access.rules import OrganizationKind, Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Export, Response
from tests import build
from tests import build_intake as intake
from tests.commands.conftest import Call

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bench() -> intake.Bench:
    """Found an agency with a line and an ad."""
    made = intake.bench()
    made.ad()
    return made


def written(folder: Path, content: bytes) -> Path:
    """Write a backup."""
    path = folder / "sms-20211007.xml"
    path.write_bytes(content)
    return path


def test_it_keeps_hashes_and_reads_the_file_at_once(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    content = intake.backup(*(intake.sms(intake.number(one), intake.after(one)) for one in range(1, 4)))

    outcome = hotspots("export", "receive", written(tmp_path, content), "--line", "A", "--as", "custodian", "--wait")

    assert outcome.code == 0, outcome.err
    assert hashlib.sha256(content).hexdigest() in outcome.raw.replace("\n", "")
    assert "Read: 3 records, 3 new messages." in outcome.out
    assert Response.objects.counting().count() == 3


def test_without_wait_the_import_is_left_to_the_worker(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    path = written(tmp_path, intake.backup(intake.sms(intake.number(1), intake.after(1))))

    outcome = hotspots("export", "receive", path, "--line", "209-555-0104", "--as", "custodian")

    assert outcome.code == 0
    assert Export.objects.count() == 1
    assert Response.objects.count() == 0


def test_a_refused_file_is_kept_and_gives_3(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    path = written(tmp_path, b"<!DOCTYPE smses><smses/>")

    outcome = hotspots("export", "receive", path, "--line", "A", "--as", "custodian", "--wait")

    assert outcome.code == 3
    assert "sms-20211007.xml is kept and hashed, and not read: The file has a DOCTYPE" in outcome.out
    assert Export.objects.count() == 1


def test_it_prints_what_became_of_the_file_for_programs(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    content = intake.backup(*(intake.sms(intake.number(one), intake.after(one)) for one in range(1, 4)))
    asked = ("export", "receive", written(tmp_path, content), "--line", "A", "--as", "custodian", "--wait", "--json")

    outcome, again = hotspots(*asked), hotspots(*asked)

    export = Export.objects.order_by("pk").first()
    assert export is not None
    found = {
        "export": str(export.pk),
        "line": "A",
        "file": "sms-20211007.xml",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "repeat": False,
        "state": "finished",
        "records": 3,
        "new_messages": 3,
        "refused": None,
        "problem": None,
    }
    assert (outcome.code, outcome.raw_err) == (0, "")
    assert json.loads(outcome.raw) == found
    assert json.loads(again.raw) | {"export": found["export"]} == found | {"repeat": True, "new_messages": 0}


def test_json_says_that_the_worker_has_yet_to_read(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    path = written(tmp_path, intake.backup(intake.sms(intake.number(1), intake.after(1))))

    outcome = hotspots("export", "receive", path, "--line", "A", "--as", "custodian", "--json")

    found = json.loads(outcome.raw)
    assert outcome.code == 0
    assert (found["state"], found["records"], found["new_messages"]) == ("waiting", None, None)


def test_json_holds_the_reason_of_a_refusal(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    path = written(tmp_path, b"<!DOCTYPE smses><smses/>")

    outcome = hotspots("export", "receive", path, "--line", "A", "--as", "custodian", "--wait", "--json")

    found = json.loads(outcome.raw)
    assert (outcome.code, found["state"]) == (3, "refused")
    assert "DOCTYPE" in found["refused"]
    assert found["problem"] == f"sms-20211007.xml: {found['refused']}"
    assert found["problem"].count("byte 0") == 1


@pytest.mark.parametrize("name", ["sms [copy] (1).xml", "sms-\udcff.xml"], ids=["brackets", "no text"])
def test_the_name_of_a_file_is_kept_as_text(hotspots: Call, bench: intake.Bench, tmp_path: Path, name: str) -> None:
    path = written(tmp_path, intake.backup()).rename(tmp_path / name)

    outcome = hotspots("export", "receive", path, "--line", "A", "--as", "custodian")

    assert outcome.code == 0
    assert outcome.out.startswith(name.replace("\udcff", "\ufffd") + " is in custody")


@pytest.mark.parametrize(
    ("place", "says"), [("", "Is a directory"), ("none.xml", "No such file"), ("pipe", "Not a file")], ids=str
)
def test_what_is_no_file_is_named(hotspots: Call, bench: intake.Bench, tmp_path: Path, place: str, says: str) -> None:
    os.mkfifo(tmp_path / "pipe")

    received = hotspots("export", "receive", tmp_path / place, "--line", "A", "--as", "custodian")
    inspected = hotspots("export", "inspect", tmp_path / place)

    assert received.code == inspected.code == 1
    assert f"{tmp_path / place}: {says}" in received.err
    assert received.err == inspected.err
    assert Export.objects.count() == 0


def test_the_log_names_the_person_and_the_channel(hotspots: Call, bench: intake.Bench, tmp_path: Path) -> None:
    path = written(tmp_path, intake.backup(intake.sms(intake.number(1), intake.after(1))))

    hotspots("export", "receive", path, "--line", "A", "--as", "custodian")

    entry = Entry.objects.filter(action="intake.receive_export").get()
    assert entry.actor_id == bench.custodian_user.pk
    assert "command line" in entry.body


@pytest.mark.parametrize(
    ("line", "login", "says"),
    [
        ("Z", "custodian", "There is no line Z."),
        ("A", "nobody", "No active account has the login nobody."),
        ("A", "stranger", "There is no line A."),
        ("A", "reader", ""),
    ],
)
def test_what_may_not_be_done_is_refused_with_a_sentence(
    hotspots: Call, bench: intake.Bench, tmp_path: Path, line: str, login: str, says: str
) -> None:
    build.person("stranger", Role.CUSTODIAN, of=build.organization("Millbrook Police Department"))
    build.person(
        "reader", Role.PROSECUTOR, of=build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)
    )
    path = written(tmp_path, intake.backup())

    outcome = hotspots("export", "receive", path, "--line", line, "--as", login)

    assert outcome.code == 1
    assert outcome.err.startswith("hotspots: ")
    assert says in outcome.err
    assert Export.objects.count() == 0


def test_a_person_must_be_named(hotspots: Call, tmp_path: Path) -> None:
    outcome = hotspots("export", "receive", tmp_path / "some.xml", "--line", "A")

    assert outcome.code == 2
    assert "--as" in outcome.err
