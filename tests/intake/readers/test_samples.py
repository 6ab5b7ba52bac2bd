"""The public samples are read as the independent counts beside them say."""

import hashlib
import json
from typing import Any

import pytest

from hotspots.intake.readers import inspect_export
from tests.intake.readers.backups import kinds_of, read_all
from tests.plugin import SAMPLES_ABSENT, samples_folder

ROOT = samples_folder() / "intake"
MESSAGES, CALLS, HOSTILE = "sms_backup_restore", "sms_backup_restore_calls_synthetic", "hostile_synthetic"


def sample(folder: str, name: str) -> tuple[bytes, dict[str, Any]]:
    """Read a sample and what is expected of it, or skip the test where there are none."""
    expected = ROOT / folder / "expected.json"
    if not expected.exists():
        pytest.skip(SAMPLES_ABSENT)
    content = (ROOT / folder / name).read_bytes()
    facts = json.loads(expected.read_text(encoding="utf-8"))["files"][name]
    assert hashlib.sha256(content).hexdigest() == facts["sha256"]
    return content, facts


def inspected(folder: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inspect a sample."""
    _, facts = sample(folder, name)
    with (ROOT / folder / name).open("rb") as src:
        found = inspect_export(src).as_json()
    assert (found["sha256"], found["bytes"]) == (facts["sha256"], facts["bytes"])
    return found, facts


@pytest.mark.parametrize(
    "name",
    [
        "devadvance__corrupt_attachments.xml",
        "devadvance__empty.xml",
        "devadvance__sample_mms.xml",
        "devadvance__sample_small.xml",
        "devadvance__sms_small.xml",
    ],
)
def test_a_whole_backup_is_counted_as_by_hand(name: str) -> None:
    found, facts = inspected(MESSAGES, name)

    same = {
        "records": "records",
        "sms": "sms",
        "mms": "mms",
        "calls": "calls",
        "inbound": "inbound",
        "outbound": "outbound",
        "other": "other_direction",
        "inbound_contact_points": "distinct_inbound_senders_e164_default_US",
        "duplicates": "extra_copies_same_key",
        "first_at": "first_utc",
        "last_at": "last_utc",
    }
    assert {ours: found[ours] for ours in same} == {ours: facts[theirs] for ours, theirs in same.items()}
    assert found["refused"] is None


def test_a_backup_that_ends_in_an_mms_keeps_its_whole_records() -> None:
    found, facts = inspected(MESSAGES, "devadvance__sms_and_mms.xml")

    assert (found["records"], found["mms"]) == (facts["whole_records"], facts["whole_mms"])
    assert [a["kind"] for a in found["anomalies"]] == ["truncated", "wrong_count"]
    assert found["inbound_contact_points"] == facts["distinct_inbound_senders_e164_default_US"]


def test_broken_attachments_are_noted_where_they_stand() -> None:
    content, _ = sample(MESSAGES, "devadvance__corrupt_attachments.xml")

    records, anomalies = read_all(content)

    assert kinds_of(anomalies) == ["broken_attachment"] * 2
    assert all(content[a.offset :].startswith(b"<part ") for a in anomalies)
    assert [record.attachments[0].sha256 for record in records] == [None, None]
    assert records[0].body == "MMS with corrupted base64 image data"


def test_every_record_of_the_samples_is_cut_out_whole() -> None:
    for name in ("devadvance__sms_and_mms.xml", "devadvance__sms_small.xml", "devadvance__sample_mms.xml"):
        content, _ = sample(MESSAGES, name)
        for record in read_all(content)[0]:
            cut = content[record.offset : record.offset + record.length]
            assert cut.startswith(b"<%b " % record.kind.encode())
            assert cut.endswith((b"/>", b"</mms>"))
            assert content[: record.offset].count(b"\n") + 1 == record.line


def test_calls_are_counted_by_their_kinds() -> None:
    found, facts = inspected(CALLS, "calls-20240601.xml")

    assert found["calls"] == found["records"] == facts["records"]
    assert found["inbound"] == facts["inbound_all_kinds"]
    assert found["outbound"] == facts["by_type"]["2"]
    assert found["withheld"] == facts["withheld_inbound"]
    content, _ = sample(CALLS, "calls-20240601.xml")
    assert sum(record.is_withheld for record in read_all(content)[0]) == facts["withheld_or_empty_number"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("billion_laughs_text.xml", "DOCTYPE"),
        ("quadratic_blowup.xml", "DOCTYPE"),
        ("xxe_file.xml", "DOCTYPE"),
        ("deep_nesting.xml", "deep"),
        ("latin1_bytes_declared_utf8.xml", "byte 170, on line 3"),
        ("many_members_20000.zip", "20,000 members"),
        ("nested_zip_50MB.zip", "holds no backup"),
        ("nul_in_text.txt", "is not XML"),
        ("csv_formula.csv", "is not XML"),
        ("utf16.csv", "is not XML"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_with_a_sentence(name: str, word: str) -> None:
    found, _ = inspected(HOSTILE, name)

    assert found["records"] == 0
    assert word in found["refused"]


@pytest.mark.parametrize(
    ("name", "count", "kinds"),
    [
        ("bidi_and_zero_width.xml", 1, []),
        ("control_char.xml", 1, ["control_character"]),
        ("nul_entity.xml", 1, ["control_character"]),
        ("surrogate_entities.xml", 2, ["surrogate_reference"]),
        ("truncated.xml", 2, ["truncated", "wrong_count"]),
        ("utf16_bom.xml", 1, []),
        ("zip_slip.zip", 0, ["member_refused"] * 3),
    ],
)
def test_a_damaged_file_is_read_as_far_as_it_is_whole(name: str, count: int, kinds: list[str]) -> None:
    found, _ = inspected(HOSTILE, name)

    assert found["records"] == count
    assert [a["kind"] for a in found["anomalies"]] == kinds
    assert found["refused"] is None


def test_what_is_read_of_damaged_text_is_right() -> None:
    assert read_all(sample(HOSTILE, "surrogate_entities.xml")[0])[0][0].body == "Nice! \U0001f60e bye"
    assert read_all(sample(HOSTILE, "utf16_bom.xml")[0])[0][0].body == "h\xe9llo \U0001f60e"
    assert read_all(sample(HOSTILE, "control_char.xml")[0])[0][0].body == "a b"
