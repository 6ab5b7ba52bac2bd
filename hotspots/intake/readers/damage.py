"""Where a backup is damaged, and in which words that is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from hotspots.intake.readers.head import Head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import Anomaly, AnomalyKind
from hotspots.intake.readers.repair import Script

_ENDS = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_JUNK = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.:-]*)\s*=\s*("[^"]*"|'[^']*')""", re.ASCII)
_WHITE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading had to stop: the byte of the error, and where what is not whole begins.

    `found` are the first bytes at the error; `file_bytes` is known when the file had ended.
    """

    code: int
    offset: int
    line: int
    cut_at: int
    cut_line: int
    found: bytes
    file_bytes: int | None


def note_stop(notes: Notes, stop: Stop, script: Script) -> AnomalyKind:
    """Note why the rest of a file cannot be read; its whole records before that stay."""
    here = f"at byte {stop.offset:,}, on line {stop.line:,},"
    offset, line = stop.offset, stop.line
    if stop.code == _JUNK:
        kind = AnomalyKind.TRAILING_CONTENT
        text = f"after the end of the backup something else follows {here} and is not read"
    elif stop.file_bytes is not None and stop.code in _ENDS:
        kind, offset, line = AnomalyKind.TRUNCATED, stop.cut_at, stop.cut_line
        text = (
            f"the file ends at byte {stop.file_bytes:,}, before the backup does; what begins at byte {offset:,}, "
            f"on line {line:,}, is cut off"
        )
    elif script.is_utf8 and _is_no_utf8(stop.found):
        kind = AnomalyKind.WRONG_ENCODING
        text = f"byte 0x{stop.found[0]:02X} {here} is not UTF-8, as the file is; from its record on nothing is read"
    else:
        kind = AnomalyKind.BROKEN_XML
        text = f"what stands {here} is not XML ({expat.ErrorString(stop.code)}); from its record on nothing is read"
    notes.add(kind, offset, line, text)
    return kind


def note_wrong_count(head: Head, count: int, *, member: int) -> Iterator[Anomaly]:
    """Compare what the file declares with what it holds."""
    declared = head.header.declared_count
    if declared is not None and declared != count:
        text = f"The file declares {declared:,} records and holds {count:,} whole ones."
        yield Anomaly(AnomalyKind.WRONG_COUNT, member, head.offset, head.line, text)


def find_raw_newline(record: bytes | bytearray, script: Script) -> int | None:
    """Find the first line end inside an attribute of a record, base64 left out.

    A line end before the next tag is between elements, for no attribute holds a bare `<`; only others are looked at
    closely.
    """
    units = script.units_of(record)
    at = units.find("\n")
    while at >= 0 and _is_between_tags(units, at):
        at = units.find("\n", at + 1)
    if at < 0:
        return None
    for match in _ATTRIBUTE.finditer(units):
        newline = units.find("\n", match.start(2), match.end(2))
        if newline >= 0 and match[1] != "data":
            return newline * script.width
    return None


def _is_between_tags(units: str, newline: int) -> bool:
    """Tell whether the next character that is not white is the beginning of a tag."""
    at = newline
    while at < len(units) and units[at] in _WHITE:
        at += 1
    return units[at : at + 1] == "<"


def _is_no_utf8(found: bytes) -> bool:
    """Tell whether bytes begin with something that is no character of UTF-8."""
    try:
        found.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start == 0
    return False
