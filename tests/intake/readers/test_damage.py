"""What a damaged or hostile backup gives: its whole records, and a sentence about the rest."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.intake.readers import DEFAULT, Limits, RefusalKind, Refused, inspect_export, read_export
from tests.intake.readers.backups import PROLOG, backup, kinds_of, read_all, sms


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (b"", RefusalKind.EMPTY, "empty"),
        (b"\xff\xd8\xff\xe0" + bytes(50), RefusalKind.WRONG_FORMAT, "JPEG"),
        (b"%PDF-1.7\n", RefusalKind.WRONG_FORMAT, "PDF"),
        (b'{"messages": []}', RefusalKind.WRONG_FORMAT, "JSON"),
        (b"SQLite format 3\x00", RefusalKind.WRONG_FORMAT, "SQLite"),
        (b"just words", RefusalKind.WRONG_FORMAT, "not XML at byte 0, on line 1"),
        (b"<html><sms/></html>", RefusalKind.WRONG_FORMAT, "<html>"),
        (b"<?xml version='1.0'?>\n<!-- nothing", RefusalKind.WRONG_FORMAT, "no element"),
        (b"<?xml version='1.0' encoding='klingon'?><smses/>", RefusalKind.WRONG_ENCODING, "encoding"),
        *(
            (b"<?xml version='1.0' encoding='%b'?><smses count='0'/>" % name, RefusalKind.WRONG_ENCODING, "encoding")
            for name in (b"UTF-7", b"shift_jis", b"gb18030", b"base64", b"rot13", b"idna", b"punycode")
        ),
        (b"<?xml version='1.0' encoding='UTF-16'?><smses/>", RefusalKind.WRONG_ENCODING, "encoding"),
        (b"\x00" * 9, RefusalKind.WRONG_FORMAT, "no element"),
    ],
)
def test_what_is_no_backup_is_refused_in_words(content: bytes, kind: RefusalKind, word: str) -> None:
    with pytest.raises(Refused, match=word) as caught:
        read_all(content)

    assert caught.value.kind is kind
    assert inspect_export(io.BytesIO(content)).refused == caught.value.reason


def test_a_doctype_is_refused_at_its_byte() -> None:
    content = PROLOG.encode() + b"<!DOCTYPE smses SYSTEM 'http://127.0.0.1/x'>" + backup(sms())[len(PROLOG) :]

    with pytest.raises(Refused) as caught:
        read_all(content)

    assert caught.value.kind is RefusalKind.DOCTYPE
    assert content[caught.value.offset :].startswith(b"<!DOCTYPE")


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(depth=3), RefusalKind.TOO_DEEP),
        (Limits(attributes=5), RefusalKind.TOO_MANY_ATTRIBUTES),
        (Limits(records=3), RefusalKind.TOO_MANY_RECORDS),
        (Limits(record_bytes=200), RefusalKind.TOO_LARGE),
        (Limits(total_bytes=300), RefusalKind.TOO_LARGE),
        (Limits(parts=1), RefusalKind.TOO_LARGE),
    ],
)
def test_every_limit_refuses_with_the_place(limits: Limits, kind: RefusalKind) -> None:
    mms = "<mms date='1'><parts><part ct='a' text='b'/><part ct='a' text='c'/></parts></mms>"
    content = backup(sms("a"), sms("b"), sms("c"), sms("long " * 40), mms)

    read_all(content)
    with pytest.raises(Refused) as caught:
        read_all(content, limits=limits)

    assert caught.value.kind is kind
    assert "bytes" in caught.value.reason or "on line" in caught.value.reason


@pytest.mark.parametrize("megabytes", [12, 32])
def test_a_large_attachment_is_read(megabytes: int) -> None:
    data = "AAAA" * (megabytes << 18)
    mms = f"<mms date='1512226167463' msg_box='1'><parts><part ct='video/mp4' data='{data}'/></parts></mms>"

    (record, after), anomalies = read_all(backup(mms, sms("after")))

    assert record.attachments[0].size_bytes == megabytes * 3 << 18
    assert (after.body, anomalies) == ("after", [])


def test_an_attachment_of_100_megabytes_is_refused_with_its_place() -> None:
    content = backup(sms("before"), "<mms><parts><part ct='video/mp4' data='" + "A" * (100 << 20) + "'/></parts></mms>")

    found = inspect_export(io.BytesIO(content)).as_json()

    assert found["records"] == 0
    assert found["refused"].startswith("A record is larger than 67,108,864 bytes, at byte ")
    assert "on line 4" in found["refused"]


def test_a_body_full_of_closing_brackets_costs_no_more_than_its_size() -> None:
    records, _ = read_all(backup(sms("a"), sms(">" * 3_000_000), sms("/>" * 1_000_000), sms("b")))

    assert [len(record.body) for record in records] == [1, 3_000_000, 2_000_000, 1]


def test_a_wrong_count_is_noted_at_the_root() -> None:
    content = backup(sms(), count=2444)

    (anomaly,) = read_all(content)[1]

    assert anomaly.kind.value == "wrong_count"
    assert content[anomaly.offset :].startswith(b"<smses ")
    assert "declares 2,444 records and holds 1" in anomaly.text


@pytest.mark.parametrize("trailing", [b"<smses><sms/></smses>", b"more words", b"\xff\xfe"])
def test_what_follows_the_root_is_noted_and_not_counted(trailing: bytes) -> None:
    whole = backup(sms("a"), sms("b"))

    records, anomalies = read_all(whole + trailing)

    assert len(records) == 2
    assert anomalies[0].offset == len(whole)


def test_broken_xml_keeps_what_is_whole_before_it() -> None:
    content = backup(sms("a"), sms("b"), "<sms body='1' body='2'/>", sms("c"))

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["a", "b"]
    assert kinds_of(anomalies) == ["broken_xml", "wrong_count"]
    assert anomalies[0].line == 5


@pytest.mark.parametrize("reference", ["&nothing;", "&", "&#1114112;", "&amp", "&#;", "&#x;"])
def test_a_reference_that_xml_does_not_have_ends_the_reading(reference: str) -> None:
    records, anomalies = read_all(backup(sms("a"), sms("b"), sms(f"c{reference}"), sms("d")))

    assert [record.body for record in records] == ["a", "b"]
    assert kinds_of(anomalies)[0] == "broken_xml"


def test_bytes_that_are_not_utf_8_are_named_and_nothing_wrong_is_read() -> None:
    content = backup(sms("a"), sms("b"), sms("caf\u00e9"), sms("d")).replace(b"\xc3\xa9", b"\xe9")

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["a", "b"]
    assert anomalies[0].kind.value == "wrong_encoding"
    assert (anomalies[0].offset, anomalies[0].line) == (content.index(b"\xe9"), 5)
    assert "0xE9" in anomalies[0].text


@given(st.binary(min_size=1, max_size=4), st.integers(0, 600))
@settings(max_examples=200, deadline=None)
def test_any_bytes_put_anywhere_are_survived_in_words(noise: bytes, at: int) -> None:
    content = backup(sms("a"), sms("b&#10;c"), "<mms date='1'><parts><part ct='a' text='b'/></parts></mms>")
    damaged = content[:at] + noise + content[at:]
    plainly = replace(DEFAULT, has_fast_lane=False)

    found = inspect_export(io.BytesIO(damaged))

    assert found == inspect_export(io.BytesIO(damaged), limits=plainly)
    assert found.refused or found.record_count <= 3


@given(st.integers(0, 600), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_any_byte_changed_is_read_alike_on_both_lanes(at: int, value: int) -> None:
    content = bytearray(backup(sms("a"), sms("b"), sms("c &amp; d"), sms("e")))
    content[at % len(content)] = value

    found = inspect_export(io.BytesIO(bytes(content)))

    assert found == inspect_export(io.BytesIO(bytes(content)), limits=replace(DEFAULT, has_fast_lane=False))


@pytest.mark.parametrize(
    ("written", "read", "kind"),
    [
        ("&#55357;&#56846;", "\U0001f60e", "surrogate_reference"),
        ("&#xD83D;&#xDE0E;", "\U0001f60e", "surrogate_reference"),
        ("&#xd83d;&#56846;", "\U0001f60e", "surrogate_reference"),
        ("&#0000055357;", "\ufffd", "surrogate_reference"),
        ("&#55357;", "\ufffd", "surrogate_reference"),
        ("&#56846;", "\ufffd", "surrogate_reference"),
        ("&#56846;&#55357;&#56846;", "\ufffd\U0001f60e", "surrogate_reference"),
        ("&#65535;", "\ufffd", "surrogate_reference"),
        ("&#0;", "\t", "control_character"),
        ("&#x0;", " ", "control_character"),
        ("&#31;", " ", "control_character"),
        ("&#x0000b;", " ", "control_character"),
        ("\x00", " ", "control_character"),
        ("\x0b\x0c", "  ", "control_character"),
        ("\uffff", "\ufffd", "control_character"),
    ],
)
@pytest.mark.parametrize("piece", [0, 5, 6, 7, 8, 9, 10, 11, 13])
def test_what_xml_forbids_is_replaced_by_as_many_bytes_and_noted(
    written: str, read: str, kind: str, piece: int
) -> None:
    content = backup(sms("first"), sms(f"a{written}z"), sms("last"))

    records, anomalies = read_all(content, piece=piece)

    assert [record.body for record in records] == ["first", f"a{read}z", "last"]
    assert set(kinds_of(anomalies)) == {kind}
    assert anomalies[0].offset == content.index(f"a{written}".encode()) + 1
    assert anomalies[0].line == 4
    assert content[records[2].offset :].startswith(b"<sms ")


def test_references_that_xml_allows_are_left_alone() -> None:
    (record,), anomalies = read_all(backup(sms("&#55295;&#57344;&#9;&#10;&#13;&#32;&#128526;&#x1F60E;&#65533;")))

    assert record.body == "\ud7ff\ue000\t\n\r \U0001f60e\U0001f60e\ufffd"
    assert anomalies == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_repairs_in_utf_16_are_noted_at_their_bytes(encoding: str) -> None:
    text = backup(sms("\u2600 a&#55357;&#56846;"), sms("b\x00")).decode().replace("UTF-8", "UTF-16")
    content = text.encode(encoding)

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["\u2600 a\U0001f60e", "b "]
    assert [a.offset for a in anomalies] == [2 * text.index("&#55357"), 2 * text.index("\x00")]
    assert [a.line for a in anomalies] == [3, 4]


def test_half_a_character_in_utf_16_is_noted_and_not_read_as_another() -> None:
    text = backup(sms("a?z"), sms("b")).decode().replace("UTF-8", "UTF-16")
    content = text.encode("utf-16-le").replace("?z".encode("utf-16-le"), b"\x3d\xd8z\x00")

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["a\ufffdz", "b"]
    assert kinds_of(anomalies) == ["surrogate_reference"]


def test_a_raw_line_end_in_an_attribute_is_noted_and_one_between_attributes_is_not() -> None:
    content = backup(sms("a"), sms("two\nlines"), sms("b").replace(" type", "\n  type"), sms("c\r\nd"))

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["a", "two lines", "b", "c d"]
    assert kinds_of(anomalies) == ["raw_newline"] * 2
    assert anomalies[0].offset == content.index(b"two\n") + 3
    assert [record.line for record in records] == [3, 4, 6, 8]


def test_wrapped_base64_is_no_lost_line_end_but_a_wrapped_text_of_an_mms_is() -> None:
    part = "<part ct='image/png' data='AA\nAA'/>\n<part ct='text/plain' text='one\ntwo'/>"
    content = backup(
        f"<mms date='1512226167463' msg_box='1' address='+13035550148'>\n<parts>\n{part}\n</parts>\n</mms>"
    )

    (record,), (anomaly,) = read_all(content)

    assert record.attachments[0].size_bytes == 3
    assert anomaly.offset == content.index(b"one\n") + 3


def test_many_anomalies_of_a_kind_are_summed_up() -> None:
    content = backup(*[sms(date="today") for _ in range(4_212)])

    records, anomalies = read_all(content)

    assert len(records) == 4_212
    assert len(anomalies) == 1_001
    assert anomalies[-1].text == "And 3,212 more of this kind, from here on."
    assert anomalies[-1].offset == records[1_000].offset


def test_anomalies_stand_between_the_records_they_belong_to() -> None:
    content = backup(sms("a"), sms("b", date="today"), "<other/>", sms("c\x01"))

    events = list(read_export(io.BytesIO(content)))[2:]

    offsets = [event.offset for event in events]  # type: ignore[union-attr]
    assert offsets[:-1] == sorted(offsets[:-1])
    names = [type(event).__name__ for event in events]
    assert names == ["Record", "Record", "Anomaly", "Anomaly", "Record", "Anomaly", "Anomaly"]
