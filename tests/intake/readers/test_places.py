"""Each record has its place: to the byte, in any layout, encoding and order of reading."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotspots.intake.readers import DEFAULT, Record, Refused, ResumePoint, read_export
from tests.intake.readers.backups import (
    PROLOG,
    Written,
    backup,
    backups,
    kinds_of,
    read_all,
    sms,
)

Backup = tuple[str, list[Written]]
PIECES = st.sampled_from([0, 0, 7, 64, 301])
THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said_by(record: Record) -> Written:
    """Say what a record tells, in the shape in which it was written."""
    place = (record.offset, record.length, record.line)
    return Written(record.kind.value, *place, record.address, record.sent_at_ms or 0, record.body)


@given(backups(), PIECES)
@THOROUGH
def test_every_record_is_found_where_it_stands(made: Backup, piece: int) -> None:
    text, written = made

    records, _ = read_all(text.encode(), piece=piece)

    assert [said_by(record) for record in records] == written
    assert [record.ordinal for record in records] == list(range(len(written)))


@given(backups(), PIECES)
@THOROUGH
def test_the_fast_lane_reads_what_expat_reads(made: Backup, piece: int) -> None:
    content = made[0].encode()

    assert read_all(content, piece=piece) == read_all(content, limits=replace(DEFAULT, has_fast_lane=False))


@given(backups())
@THOROUGH
def test_the_bytes_of_a_record_say_the_same_by_themselves(made: Backup) -> None:
    content = made[0].encode()

    for record in read_all(content)[0]:
        cut = content[record.offset : record.offset + record.length]
        (alone,), _ = read_all(b"<smses>" + cut + b"</smses>")
        assert alone._replace(ordinal=record.ordinal, offset=record.offset, line=record.line) == record


@given(backups(max_size=3), st.data())
@THOROUGH
def test_a_file_cut_anywhere_keeps_exactly_its_whole_records(made: Backup, data: st.DataObject) -> None:
    text, written = made
    content = text.encode()
    root_end = content.index(b"<smses")
    root_end = content.index(b">", root_end) + 1
    cut = data.draw(st.integers(root_end, len(content)))

    records, anomalies = read_all(content[:cut])

    assert [said_by(record) for record in records] == [one for one in written if one.offset + one.length <= cut]
    is_whole = content[:cut].rstrip().endswith((b"</smses>", b"-->")) and b"</smses>" in content[:cut]
    assert ("truncated" in kinds_of(anomalies)) != is_whole or content[:cut].count(b"</smses>") > 0


@given(backups(), PIECES)
@THOROUGH
def test_a_reading_resumed_at_any_record_gives_the_same_rest(made: Backup, piece: int) -> None:
    content = made[0].encode()
    events = list(read_export(io.BytesIO(content)))

    for position, event in enumerate(events):
        if isinstance(event, Record):
            resumed = list(read_export(io.BytesIO(content), resume=event.resume_point))
            assert resumed == events[:2] + events[position:]


@given(backups(max_size=4), st.sampled_from(["utf-16-le", "utf-16-be"]), st.booleans(), PIECES)
@THOROUGH
def test_a_backup_in_utf_16_has_its_places_in_its_own_bytes(
    made: Backup, encoding: str, has_mark: bool, piece: int
) -> None:
    text = made[0].replace("encoding='UTF-8'", "encoding='UTF-16'")
    content = (b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff") * has_mark + text.encode(encoding)

    records, anomalies = read_all(content, piece=piece)

    assert [(r.kind, r.address, r.body, r.line) for r in records] == [
        (w.kind, w.address, w.body, w.line) for w in made[1]
    ]
    for record in records:
        cut = content[record.offset : record.offset + record.length].decode(encoding)
        assert cut.startswith(f"<{record.kind}")
        assert cut.endswith(">")
        assert read_all(content, resume=record.resume_point)[0] == records[record.ordinal :]
    plain = read_all(made[0].encode())[1]
    assert [(a.kind, a.line) for a in anomalies] == [(a.kind, a.line) for a in plain]


def test_a_byte_order_mark_is_counted() -> None:
    content = b"\xef\xbb\xbf" + backup(sms())

    (record,), anomalies = read_all(content)

    assert content[record.offset :].startswith(b"<sms ")
    assert (record.line, anomalies) == (3, [])


def test_a_declared_encoding_is_read_and_resumed() -> None:
    text = (
        PROLOG.replace("UTF-8", "windows-1252") + "<smses>\n" + sms("caf\xe9 \u20ac") + "\n" + sms("\xe9") + "</smses>"
    )
    content = text.encode("windows-1252")

    records, _ = read_all(content)

    assert [record.body for record in records] == ["caf\xe9 \u20ac", "\xe9"]
    assert read_all(content, resume=records[1].resume_point)[0] == records[1:]


def test_a_record_that_ends_where_a_longer_tag_ends_is_not_cut_wrongly() -> None:
    content = b"<smses><sms/></smses>"

    (record,), _ = read_all(content)

    assert content[record.offset :][: record.length] == b"<sms/>"


@pytest.mark.parametrize("place", [b"<!-- %b -->", b"<![CDATA[%b]]>", b"<?pi %b?>"])
def test_what_only_looks_like_a_record_is_not_counted(place: bytes) -> None:
    inside = place % sms("no").encode()
    content = backup(sms("first"), sms("second")).replace(b"\n</smses>", inside + b"</smses>")
    content = content.replace(b"<smses", (inside if b"CDATA" not in place else b"") + b"<smses", 1)

    records, _ = read_all(content)

    assert [record.body for record in records] == ["first", "second"]


def test_a_record_inside_another_element_is_not_counted_but_noted() -> None:
    content = backup(sms("a"), f"<group>{sms('b')}</group>", f"<sms><sms/>{sms('c')}</sms>", count=2)

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["a", ""]
    assert kinds_of(anomalies).count("unknown_element") == 4


def test_resuming_beyond_what_a_file_holds_gives_no_record() -> None:
    content = backup(sms())

    records, anomalies = read_all(content, resume=ResumePoint(0, len(content), 5, 9))

    assert records == []
    assert "truncated" in kinds_of(anomalies)


def test_a_doctype_is_refused_in_a_resumed_reading_too() -> None:
    content = backup(sms("a"), sms("b"))
    second = read_all(content)[0][1]
    content = content.replace(b"<smses", b"<!DOCTYPE smses [<!ENTITY a 'b'>]><smses", 1)

    with pytest.raises(Refused, match="DOCTYPE"):
        read_all(content, resume=second.resume_point)
