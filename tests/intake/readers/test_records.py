"""What the attributes of a backup mean."""

import base64
import hashlib

import pytest

from hotspots.intake.readers import Attachment, Direction, Record, RecordKind
from tests.intake.readers.backups import backup, kinds_of, read_all, sms


def only(element: str) -> tuple[Record, list[str]]:
    """Read a single record, and the kinds of anomaly with it."""
    (record,), anomalies = read_all(backup(element))
    return record, kinds_of(anomalies)


def mms(inside: str = "", *, box: str = "1", address: str = "+13035550148", more: str = "") -> str:
    """Write an MMS."""
    return f"<mms date='1512226167463' date_sent='1512226166' msg_box='{box}' address='{address}' {more}>{inside}</mms>"


def addrs(*pairs: tuple[str, str]) -> str:
    """Write the addresses of an MMS."""
    return "<addrs>" + "".join(f"<addr address='{a}' type='{t}' charset='106'/>" for a, t in pairs) + "</addrs>"


@pytest.mark.parametrize(
    ("kind", "direction", "state"),
    [
        ("1", Direction.INBOUND, "received"),
        ("2", Direction.OUTBOUND, "sent"),
        ("3", Direction.OTHER, "draft"),
        ("4", Direction.OTHER, "outbox"),
        ("5", Direction.OTHER, "failed"),
        ("6", Direction.OTHER, "queued"),
        ("77", Direction.OTHER, "unknown"),
    ],
)
def test_the_type_of_a_message_is_its_direction_and_state(kind: str, direction: Direction, state: str) -> None:
    for element in (sms(kind=kind), mms(box=kind)):
        record, anomalies = only(element)

        assert (record.direction, record.state) == (direction, state)
        assert anomalies == (["unknown_type"] if state == "unknown" else [])


@pytest.mark.parametrize(
    ("kind", "direction", "state"),
    [
        ("1", Direction.INBOUND, "incoming"),
        ("2", Direction.OUTBOUND, "outgoing"),
        ("3", Direction.INBOUND, "missed"),
        ("4", Direction.INBOUND, "voicemail"),
        ("5", Direction.INBOUND, "rejected"),
        ("6", Direction.INBOUND, "refused"),
        ("9", Direction.OTHER, "unknown"),
    ],
)
def test_a_call_is_inbound_unless_it_was_dialed(kind: str, direction: Direction, state: str) -> None:
    record, _ = only(f"<call number='+13035550148' duration='42' date='1700000000064' type='{kind}' presentation='1'/>")

    assert (record.kind, record.direction, record.state) == (RecordKind.CALL, direction, state)
    assert (record.duration_seconds, record.sent_at_ms, record.body) == (42, 1700000000064, "")


@pytest.mark.parametrize("number", ["", "-1", "-2", "null"])
def test_a_record_without_a_number_is_withheld(number: str) -> None:
    assert only(f"<call number='{number}' date='1700000000064' type='1' presentation='2'/>")[0].is_withheld
    assert only(sms(address=number))[0].is_withheld
    assert not only(sms())[0].is_withheld


@pytest.mark.parametrize(
    ("date", "sent_at_ms", "anomaly"),
    [
        ("today", None, "bad_date"),
        ("", None, "bad_date"),
        ("1_512_226_167_463", None, "bad_date"),
        ("\u0661" * 13, None, "bad_date"),
        ("9" * 5_000, None, "bad_date"),
        ("9" * 15, None, "bad_date"),
        ("0", 0, "implausible_date"),
        ("-1", -1, "implausible_date"),
        ("1512226166", 1512226166, "implausible_date"),
        ("4102444800000", 4102444800000, "implausible_date"),
        ("946684800000", 946684800000, None),
        ("4102444799999", 4102444799999, None),
    ],
)
def test_a_date_is_read_or_noted(date: str, sent_at_ms: int | None, anomaly: str | None) -> None:
    record, anomalies = only(sms(date=date))

    assert record.sent_at_ms == sent_at_ms
    assert anomalies == ([anomaly] if anomaly else [])


def test_an_element_without_attributes_is_kept_as_neither_in_nor_out() -> None:
    record, anomalies = only("<sms/>")

    assert (record.direction, record.address, record.body, record.sent_at_ms) == (Direction.OTHER, "", "", None)
    assert anomalies == ["empty_record"]


def test_the_words_of_a_message_stay_as_they_are() -> None:
    assert only(sms("null"))[0].body == "null"
    assert only(sms(" a  b "))[0].body == " a  b "


def test_attributes_may_come_in_any_order_and_number() -> None:
    elements = [
        "<sms body='b' type='2' date='1512226167463' address='+13035550148'/>",
        sms("a"),
        "<sms type='1'/>",
        sms("c"),
    ]

    records, anomalies = read_all(backup(*elements))

    assert [(r.body, r.direction.value) for r in records] == [
        ("b", "outbound"),
        ("a", "inbound"),
        ("", "inbound"),
        ("c", "inbound"),
    ]
    assert kinds_of(anomalies) == ["bad_date"]


def test_the_date_of_an_mms_is_in_milliseconds_and_its_date_sent_is_left_out() -> None:
    assert only(mms())[0].sent_at_ms == 1512226167463


def test_the_sender_of_a_group_message_is_its_137_address() -> None:
    group = "+13035550101~+13035550102~+13035550103"
    inside = addrs(
        ("+13035550102", "137"), ("+13035550102", "130"), ("+13035550101", "151"), ("insert-address-token", "151")
    )

    record, anomalies = only(mms(inside, address=group))

    assert (record.address, record.recipients) == ("+13035550102", ("+13035550101",))
    assert anomalies == []


def test_a_group_message_that_names_no_sender_is_noted() -> None:
    record, anomalies = only(mms(addrs(("insert-address-token", "137")), address="+13035550101~+13035550102"))

    assert record.address == "+13035550101~+13035550102"
    assert anomalies == ["no_sender"]


def test_an_outbound_group_message_goes_to_each_of_the_group() -> None:
    record, _ = only(mms(box="2", address="+13035550101~+13035550102"))

    assert record.address == "+13035550101~+13035550102"
    assert record.recipients == ("+13035550101", "+13035550102")


def test_the_parts_of_one_message_do_not_get_into_the_next() -> None:
    first = mms("<parts><part ct='text/plain' text='one'/></parts>" + addrs(("+13035550199", "137")))

    records, _ = read_all(backup(first, "<sms><part ct='text/plain' text='two'/></sms>", mms()))

    assert [(r.body, r.address) for r in records] == [("one", "+13035550199"), ("", ""), ("", "+13035550148")]


def test_the_body_of_an_mms_is_its_text_without_the_layout() -> None:
    inside = (
        "<parts><part seq='-1' ct='application/smil' text='&lt;smil/&gt;'/>"
        "<part seq='0' ct='text/plain' text='one'/><part seq='0' ct='text/plain' text='null'/>"
        "<part seq='1' ct='text/plain' text='two'/></parts>"
    )

    record, anomalies = only(mms(inside, more="m_id='abc'"))

    assert (record.body, record.m_id, record.attachments, anomalies) == ("one\ntwo", "abc", (), [])


def test_an_attachment_is_hashed_as_the_bytes_that_were_sent() -> None:
    content = bytes(range(256)) * 5_000
    data = base64.b64encode(content).decode()
    inside = f"<parts><part seq='0' ct='image/png' name='null' cl='a.png' text='null' data='{data}'/></parts>"

    record, anomalies = only(mms(inside, more="m_id='null'"))

    assert record.attachments == (Attachment("image/png", "a.png", len(content), hashlib.sha256(content).digest()),)
    assert (record.m_id, anomalies) == ("", [])


@pytest.mark.parametrize("data", ["AAA", "A===", "AA==AAAA", "not base64!!", "AAAA\u00e9AAA"])
def test_broken_base64_is_noted_and_has_no_hash(data: str) -> None:
    record, anomalies = only(mms(f"<parts><part ct='image/png' data='{data}'/></parts>"))

    assert record.attachments == (Attachment("image/png", "", 0, None),)
    assert anomalies == ["broken_attachment"]


def test_an_attachment_that_is_only_named_is_noted() -> None:
    record, anomalies = only(mms("<parts><part ct='video/mp4' name='a.mp4'/></parts>"))

    assert record.attachments == (Attachment("video/mp4", "a.mp4", 0, None),)
    assert anomalies == ["missing_attachment"]
