"""From the attributes of an element to a record, in the words of SMS Backup & Restore.

Source: the maker's page "Fields in XML Backup Files" (synctech.com.au) and intake.md 1.1. Values are copied from the
phone's database, where missing is the text "null"; dates are milliseconds since 1970, in an MMS too; `date_sent`,
which is not, is left out.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from hotspots.intake.readers.attachments import decode_attachment
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import AnomalyKind, Attachment, Direction, Record, RecordKind
from hotspots.intake.rules.addresses import is_withheld

_IN, _OUT, _OTHER = Direction.INBOUND, Direction.OUTBOUND, Direction.OTHER
_UNKNOWN = (_OTHER, "unknown")
MESSAGE_TYPES = {
    "1": (_IN, "received"),
    "2": (_OUT, "sent"),
    "3": (_OTHER, "draft"),
    "4": (_OTHER, "outbox"),
    "5": (_OTHER, "failed"),
    "6": (_OTHER, "queued"),
}
_CALL_TYPES = {
    "1": (_IN, "incoming"),
    "2": (_OUT, "outgoing"),
    "3": (_IN, "missed"),
    "4": (_IN, "voicemail"),
    "5": (_IN, "rejected"),
    "6": (_IN, "refused"),
}
_FROM, _RECIPIENTS = "137", frozenset(("151", "130", "129"))
_OWN_TOKEN = "insert-address-token"
_NULL = "null"
# X-Mms-Message-Type (OMA MMS encapsulation, 7.3.30): what tells of a message that was sent, and is none itself.
_REPORTS = {"134": (_OTHER, "delivered"), "136": (_OTHER, "read")}
_EARLIEST_MS = 946_684_800_000  # 2000-01-01
_LATEST_MS = 4_102_444_800_000  # 2100-01-01
_FIRST_MS = -62_135_596_800_000  # the year 1, where calendars of programs begin
_LAST_MS = 253_402_300_799_999  # the end of 9999
_new_record = tuple.__new__  # a named tuple made this way takes half the time


class Place(NamedTuple):
    """Where a record stands; the first fields of Record."""

    ordinal: int
    member: int
    offset: int
    length: int
    line: int


class _Layout:
    """The attributes that are wanted of an element; missing ones are empty.

    A file nearly always writes them in the same order, so their positions are kept until the order changes.
    """

    def __init__(self, *wanted: str) -> None:
        self._wanted = wanted
        self._names: list[str] = []
        self._pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*(-1 for _ in wanted))

    def values_of(self, attributes: list[str]) -> tuple[str, ...]:
        """Pick the wanted values out of a flat list of names and values."""
        names = attributes[::2]
        if names != self._names:
            where = {name: position for position, name in enumerate(names)}
            self._pick = itemgetter(*(where.get(name, -1) for name in self._wanted))
            self._names = names
        values = attributes[1::2]
        values.append("")
        return self._pick(values)


class RecordBuilder:
    """Makes the records of one file, and notes what is wrong with them."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._sms = _Layout("address", "date", "type", "body")
        self._mms = _Layout("address", "date", "msg_box", "m_id", "m_type")
        self._call = _Layout("number", "date", "type", "duration")
        self._part = _Layout("seq", "ct", "text", "data", "name", "cl", "fn")
        self._addr = _Layout("address", "type")
        self.clear_parts()

    def clear_parts(self) -> None:
        """Forget the parts of the last MMS."""
        self._texts: list[str] = []
        self._attachments: list[Attachment] = []
        self._part_number = 0
        self._sender = ""
        self._recipients: dict[str, None] = {}

    def sms(self, place: Place, attributes: list[str]) -> Record:
        """Make a text message."""
        address, date, kind, body = self._sms.values_of(attributes)
        has_attributes = bool(attributes)
        direction, state = MESSAGE_TYPES.get(kind) or self._note_type(place, kind, has_attributes)
        sent_at_ms = self._read_date(place, date, has_attributes)
        hidden = address[:1] != "+" and is_withheld(address)
        fields = (RecordKind.SMS, direction, state, address, (), hidden, sent_at_ms, body, "", None, ())
        return _new_record(Record, (*place, *fields))

    def call(self, place: Place, attributes: list[str]) -> Record:
        """Make a call."""
        number, date, kind, duration = self._call.values_of(attributes)
        direction, state = _CALL_TYPES.get(kind) or self._note_type(place, kind, bool(attributes))
        sent_at_ms = self._read_date(place, date, bool(attributes))
        seconds = int(duration) if duration.isascii() and duration.isdecimal() and len(duration) < 10 else None
        hidden = number[:1] != "+" and is_withheld(number)
        fields = (RecordKind.CALL, direction, state, number, (), hidden, sent_at_ms, "", "", seconds, ())
        return _new_record(Record, (*place, *fields))

    def mms(self, place: Place, attributes: list[str]) -> Record:
        """Make a multimedia message of its own attributes and of the parts and addresses seen since it began."""
        address, date, box, m_id, m_type = self._mms.values_of(attributes)
        told = _REPORTS.get(m_type) or MESSAGE_TYPES.get(box)
        direction, state = told or self._note_type(place, box, bool(attributes))
        if direction is _IN:
            address = self._sender_of(place, address)
        recipients = tuple(self._recipients) or _group_of(address, direction)
        record = Record(
            *place,
            kind=RecordKind.MMS,
            direction=direction,
            state=state,
            address=address,
            recipients=tuple(one for one in recipients if direction is not _IN or one != address),
            is_withheld=is_withheld(address),
            sent_at_ms=self._read_date(place, date, bool(attributes)),
            body="\n".join(self._texts),
            m_id="" if m_id == _NULL else m_id,
            duration_seconds=None,
            attachments=tuple(self._attachments),
        )
        self.clear_parts()
        return record

    def take_part(self, attributes: list[str], *, offset: int, line: int) -> None:
        """Take a part of the MMS that is open: text joins its body, layout is dropped, the rest is attached."""
        self._part_number += 1
        seq, content_type, text, data, *names = self._part.values_of(attributes)
        if seq == "-1" or content_type == "application/smil":
            return
        text, data = ("" if value == _NULL else value for value in (text, data))
        if content_type == "text/plain" and not data:
            if text:
                self._texts.append(text)
            return
        name = next((name for name in names if name and name != _NULL), "")
        attachment, problem, sentence = decode_attachment(
            content_type, name, text=text, data=data, number=self._part_number
        )
        self._attachments.append(attachment)
        if problem is not None:
            self._notes.add(problem, offset, line, sentence)

    def take_addr(self, attributes: list[str]) -> None:
        """Take an address of the MMS that is open: 137 sent it, 151, 130 and 129 received it."""
        address, role = self._addr.values_of(attributes)
        if not address or address in (_NULL, _OWN_TOKEN):
            return
        if role == _FROM:
            self._sender = self._sender or address
        elif role in _RECIPIENTS:
            self._recipients[address] = None

    @property
    def part_count(self) -> int:
        """Count what the MMS that is open holds so far."""
        return len(self._texts) + len(self._attachments) + len(self._recipients)

    def _sender_of(self, place: Place, address: str) -> str:
        """Say who sent an inbound MMS: its 137 address, for the message's own names all of a group."""
        if self._sender:
            return self._sender
        if "~" in address:
            text = "a message to a group that does not say who sent it"
            self._notes.add(AnomalyKind.NO_SENDER, place.offset, place.line, text)
        return address

    def _note_type(self, place: Place, kind: str, has_attributes: bool) -> tuple[Direction, str]:
        """Note a record whose direction cannot be known."""
        if not has_attributes:
            text = "a record without any attribute"
            self._notes.add(AnomalyKind.EMPTY_RECORD, place.offset, place.line, text)
        else:
            text = f"type {_quote(kind)} is none that we know, counted as neither in nor out"
            self._notes.add(AnomalyKind.UNKNOWN_TYPE, place.offset, place.line, text)
        return _UNKNOWN

    def _read_date(self, place: Place, date: str, has_attributes: bool) -> int | None:
        """Read milliseconds since 1970."""
        if len(date) == 13 and date.isascii() and date.isdecimal():
            sent_at_ms = int(date)
            if _EARLIEST_MS <= sent_at_ms < _LATEST_MS:
                return sent_at_ms
        return self._read_odd_date(place, date) if has_attributes else None

    def _read_odd_date(self, place: Place, date: str) -> int | None:
        """Read a date that is not of this century, or note that it is none."""
        digits = date.removeprefix("-")
        if digits.isascii() and digits.isdecimal() and len(digits) < 16 and _FIRST_MS <= int(date) <= _LAST_MS:
            text = f"date {_quote(date)} is before 2000 or after 2100"
            if not _EARLIEST_MS <= int(date) < _LATEST_MS:
                self._notes.add(AnomalyKind.IMPLAUSIBLE_DATE, place.offset, place.line, text)
            return int(date)
        text = f"date {_quote(date)} is no number of milliseconds, kept without a time"
        self._notes.add(AnomalyKind.BAD_DATE, place.offset, place.line, text)
        return None


def _group_of(address: str, direction: Direction) -> tuple[str, ...]:
    """Take a group apart that is written as one address."""
    return tuple(address.split("~")) if "~" in address and direction is not _IN else ()


def _quote(value: str) -> str:
    """Show a value of the file in a sentence, cut if it is long."""
    return repr(value if len(value) <= 40 else value[:40] + "…")
