"""What is said of an export before anything of it is stored."""

import hashlib
import io
import json

from hotspots.intake.readers import inspect_export
from tests.intake.readers.backups import backup, sms


def test_an_inspection_has_exactly_the_agreed_names() -> None:
    content = backup(sms("a"), sms("a"), sms("b", kind="2"), sms("c", kind="3"), sms("d", address="-1"), count=9)

    found = inspect_export(io.BytesIO(content)).as_json()

    assert found == {
        "format": "sms_backup_restore",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "records": 5,
        "sms": 5,
        "mms": 0,
        "calls": 0,
        "inbound": 3,
        "outbound": 1,
        "other": 1,
        "inbound_contact_points": 1,
        "withheld": 1,
        "duplicates": 1,
        "first_at": "2017-12-02T14:49:27.463Z",
        "last_at": "2017-12-02T14:49:27.463Z",
        "anomalies": [
            {
                "kind": "wrong_count",
                "member": None,
                "offset": content.index(b"<smses"),
                "line": 2,
                "text": "The file declares 9 records and holds 5 whole ones.",
            }
        ],
        "refused": None,
    }
    assert json.loads(json.dumps(found)) == found


def test_copies_that_differ_only_in_readable_date_are_one_event() -> None:
    first, second = (sms().replace("/>", f'readable_date="{when}" />') for when in ("Dec 2", "2 Dec"))

    assert inspect_export(io.BytesIO(backup(first, second))).duplicate_count == 1


def test_one_text_to_two_numbers_in_one_millisecond_is_two_events() -> None:
    content = backup(sms(kind="2"), sms(kind="2", address="+13035550149"))

    assert inspect_export(io.BytesIO(content)).duplicate_count == 0


def test_one_number_written_in_many_ways_is_one_contact_point() -> None:
    ways = ["+13035550148", "(303) 555-0148", "303.555.0148", "1 303 555 0148", "\u202a+13035550148\u202c"]
    others = ["72345", "Google", "someone@example.org", "+13035550149"]

    found = inspect_export(io.BytesIO(backup(*[sms(address=address) for address in ways + others])))

    assert found.inbound_contact_point_count == 3


def test_an_export_without_times_has_no_first_and_last() -> None:
    found = inspect_export(io.BytesIO(backup("<sms/>"))).as_json()

    assert (found["first_at"], found["last_at"]) == (None, None)


def test_a_refused_export_still_has_its_hash() -> None:
    found = inspect_export(io.BytesIO(b"%PDF-1.7")).as_json()

    assert found["sha256"] == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert "PDF" in found["refused"]


def test_a_file_that_is_none_we_know_has_no_format() -> None:
    unknown = [inspect_export(io.BytesIO(content)) for content in (b"\xff\xd8\xff\xe0 a picture", b"<html></html>")]
    ours = inspect_export(io.BytesIO(b"<!DOCTYPE smses [<!ENTITY a 'b'>]><smses count='0'></smses>"))

    assert [one.format for one in unknown] == [None, None]
    assert ours.refused
    assert ours.format == "sms_backup_restore"
