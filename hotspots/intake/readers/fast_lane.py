"""The fast lane: whole text messages, in the exact layout that most of a backup has, read without the XML parser.

Expat needs some six microseconds for the fifteen attributes of a message, of which four are wanted; this lane needs
two. It is no second idea of what XML is: it takes only bytes that are one well-formed `<sms … />` between two
records, with attributes that expat has accepted in that order. Everything else goes to expat, which sees a document
that is as well-formed without these elements as with them. A test reads generated files both ways.
"""

import re
from collections.abc import Callable

from hotspots.intake.readers.records import Limits, Record, RecordKind
from hotspots.intake.readers.sms_records import EARLIEST_MS, LATEST_MS, MESSAGE_TYPES, Place, RecordBuilder

_WANTED = ["address", "date", "type", "body"]
_LAYOUT_LIMIT = 8  # a hostile file could write each record in another order
_VALUE = rb"[^\"<&\t\r\n]*"
_BODY = rb"[^\"<\t\r\n]*"  # references in it are resolved below
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|#([0-9]{1,9});|#x([0-9a-fA-F]{1,7});)?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_KINDS = {kind.encode(): meaning for kind, meaning in MESSAGE_TYPES.items()}
_SMS = RecordKind.SMS
_Match = Callable[[bytearray, int], "re.Match[bytes] | None"]


class FastLane:
    """Takes whole messages off a window as long as they look like those before."""

    def __init__(self, builder: RecordBuilder, limits: Limits, *, member: int) -> None:
        self._builder = builder
        self._member = member
        self._record_limit = limits.records
        self._byte_limit = limits.record_bytes
        self._layouts: dict[tuple[str, ...], _Match] = {}
        self._match: _Match | None = None

    def learn(self, names: list[str]) -> None:
        """Look out for the layout of a message that expat has accepted."""
        layout = tuple(names)
        known = self._layouts.get(layout)
        if known is None and len(self._layouts) < _LAYOUT_LIMIT and [n for n in names if n in _WANTED] == _WANTED:
            known = self._layouts[layout] = _pattern_of(layout).match
        self._match = known or self._match

    def take(
        self, window: bytearray, at: int, *, base: int, ordinal: int, line: int, done: list[Record]
    ) -> tuple[int, int]:
        """Take messages from an index of the window on, and say at which index and line it has come to its end."""
        match = self._match
        while match is not None and ordinal < self._record_limit and (found := match(window, at)) is not None:
            start = found.start(1)
            line_here = line + window.count(b"\n", at, start)
            try:
                record = self._record_of(found.groups(), ordinal, base + start, line_here)
            except ValueError:  # expat must judge it
                break
            done.append(record)
            ordinal += 1
            at, line = found.end(), line_here
        return at, line

    def _record_of(self, found: tuple[bytes, ...], ordinal: int, offset: int, line: int) -> Record:
        """Make a record, or raise ValueError for one that is not plainly right."""
        whole, address, date, kind, body = found
        if len(whole) > self._byte_limit:
            raise ValueError("larger than the limit")
        if not whole.isascii():
            whole.decode("utf-8")
        text = body.decode("utf-8")
        if b"&" in body:
            text = _REFERENCE.sub(_character_of, text)
        shown = address.decode("utf-8")
        meaning = _KINDS.get(kind)
        if meaning is not None and address[:1] == b"+" and len(date) == 13 and date.isdigit():
            sent_at_ms = int(date)
            if EARLIEST_MS <= sent_at_ms < LATEST_MS:
                direction, state = meaning
                place = (ordinal, self._member, offset, len(whole), line)
                rest = (_SMS, direction, state, shown, (), False, sent_at_ms, text, "", None, ())
                return tuple.__new__(Record, place + rest)
        placed = Place(ordinal, self._member, offset, len(whole), line)
        return self._builder.text(placed, shown, date.decode("utf-8"), kind.decode("utf-8"), text)


def _pattern_of(layout: tuple[str, ...]) -> re.Pattern[bytes]:
    """Write down what a message of this layout looks like, to the byte; the first group is the element."""
    attributes = []
    for name in layout:
        value = b"(%b)" % (_BODY if name == "body" else _VALUE) if name in _WANTED else _VALUE
        attributes.append(b' %b="%b"' % (re.escape(name.encode("utf-8")), value))
    return re.compile(rb"[ \t\r\n]*(<sms%b ?/>)" % b"".join(attributes))


def _character_of(reference: re.Match[str]) -> str:
    """Resolve a reference, or raise ValueError for one that XML does not have."""
    name, decimal, hexadecimal = reference.groups()
    if name is not None:
        return _NAMED[name]
    code = int(decimal) if decimal is not None else int(hexadecimal or "-1", 16)
    if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code)
    raise ValueError(reference[0])
