"""The fast lane: whole text messages, in the exact layout that most of a backup has, read without the XML parser.

Expat needs some six microseconds for the fifteen attributes of a message, of which four are wanted; this lane needs
three, with all else. It is no second idea of what XML is: it takes only bytes that are one well-formed `<sms … />`
between two records, with attributes that expat has accepted in that order and an ordinary date and type. Everything
else goes to expat, which sees a document that is as well-formed without these elements as with them. A test reads
generated files both ways.
"""

import re
from collections.abc import Callable

from hotspots.intake.readers.records import Limits, Record, RecordKind
from hotspots.intake.readers.sms_records import MESSAGE_TYPES
from hotspots.intake.rules.addresses import is_withheld

_VALUE = rb"[^\"<&\t\r\n]*+"
_WANTED = {
    "address": rb"(%b)" % _VALUE,
    "date": rb"([1-3][0-9]{12})",  # from 2001 to 2096, in milliseconds since 1970
    "type": rb"([1-6])",
    "body": rb"([^\"<\t\r\n]*+)",  # references in it are resolved below
}
_LAYOUT_LIMIT = 8  # a hostile file could write each record in another order
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|#([0-9]{1,9});|#x([0-9a-fA-F]{1,7});)?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TYPES = {kind.encode(): meaning for kind, meaning in MESSAGE_TYPES.items()}
_SMS = RecordKind.SMS
_Match = Callable[[bytearray, int], "re.Match[bytes] | None"]
_new_record = tuple.__new__  # as in sms_records


class FastLane:
    """Takes whole messages off a window as long as they look like those before."""

    def __init__(self, limits: Limits, *, member: int) -> None:
        self._member = member
        self._record_limit = limits.records
        self._byte_limit = limits.record_bytes
        self._layouts: dict[tuple[str, ...], _Match] = {}
        self._match: _Match | None = None

    def learn(self, names: list[str]) -> None:
        """Look out for the layout of a message that expat has accepted."""
        layout = tuple(names)
        known = self._layouts.get(layout)
        is_usual = [name for name in names if name in _WANTED] == list(_WANTED)
        if known is None and is_usual and len(self._layouts) < _LAYOUT_LIMIT:
            known = self._layouts[layout] = _pattern_of(layout).match
        self._match = known or self._match

    def take(
        self, window: bytearray, at: int, *, base: int, ordinal: int, line: int, done: list[Record]
    ) -> tuple[int, int]:
        """Take messages from an index of the window on, and say at which index and line it has come to its end."""
        match, member = self._match, self._member
        while match is not None and ordinal < self._record_limit:
            found = match(window, at)
            if found is None or found.end() - at > self._byte_limit:
                break
            whole, address, date, kind, body = found.groups()
            try:
                shown, text = address.decode(), _text_of(whole, body)
            except ValueError:  # expat must judge it
                break
            start = found.start(1)
            line += window.count(b"\n", at, start)
            direction, state = _TYPES[kind]
            hidden = address[:1] != b"+" and is_withheld(shown)
            place = (ordinal, member, base + start, len(whole), line)
            meaning = (_SMS, direction, state, shown, (), hidden, int(date), text, "", None, ())
            done.append(_new_record(Record, place + meaning))
            ordinal += 1
            at = found.end()
        return at, line


def _pattern_of(layout: tuple[str, ...]) -> re.Pattern[bytes]:
    """Write down what a message of this layout looks like, to the byte; the first group is the element."""
    attributes = [b' %b="%b"' % (re.escape(name.encode()), _WANTED.get(name, _VALUE)) for name in layout]
    return re.compile(rb"[ \t\r\n]*+(<sms%b ?/>)" % b"".join(attributes))


def _text_of(whole: bytes, body: bytes) -> str:
    """Read a body, or raise ValueError where it or anything beside it is not plainly right."""
    if not whole.isascii():
        whole.decode()
    text = body.decode()
    return _REFERENCE.sub(_character_of, text) if "&" in text else text


def _character_of(reference: re.Match[str]) -> str:
    """Resolve a reference, or raise ValueError for one that XML does not have."""
    name, decimal, hexadecimal = reference.groups()
    if name is not None:
        return _NAMED[name]
    code = int(decimal) if decimal is not None else int(hexadecimal or "-1", 16)
    if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code)
    raise ValueError(reference[0])
