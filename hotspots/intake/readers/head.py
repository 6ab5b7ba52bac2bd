"""What a file is, from its first bytes to its first element."""

import re
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import Header, Limits, RefusalKind, Refused
from hotspots.intake.readers.repair import Repairer, Script

_ROOTS = ("smses", "calls")
_PIECE = 64 << 10
_DECLARATION_BYTES = 200
_PROLOG_LIMIT = 4 << 20
_OURS = "a backup of SMS Backup & Restore"
_SIGNATURES = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"Rar!", "a RAR file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_ENCODING_ERRORS = (
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a backup says, and where its first element stands."""

    header: Header
    script: Script
    offset: int
    line: int


class _RootFound(Exception):
    """Raised to stop at the first element."""


def read_head(src: BinaryIO, *, member: int, limits: Limits) -> Head:
    """Read as far as the first element, or refuse a file that is no backup.

    The stream is left where it happens to stand.
    """
    start = src.read(_PIECE)
    while len(start) < _DECLARATION_BYTES and (more := src.read(_PIECE)):
        start += more
    check_signature(start, member=member)
    script = Script(_encoding_of(start))
    parser = _HeadParser(script, member=member, limits=limits)
    repairer = Repairer(script, Notes(0), offset=0, line=1)
    piece, fed = start, 0
    while piece and fed < _PROLOG_LIMIT:
        fed += len(piece)
        head = parser.feed(repairer.repair(piece))
        if head is not None:
            return head
        piece = src.read(_PIECE)
    head = parser.feed(repairer.finish())
    if head is None:
        reason = f"The first {min(fed, _PROLOG_LIMIT):,} bytes of the file hold no element, so it is not {_OURS}."
        raise Refused(reason, RefusalKind.WRONG_FORMAT, offset=fed, member=member)
    return head


def check_signature(start: bytes, *, member: int) -> None:
    """Refuse a file whose first bytes say that it is something else."""
    if not start:
        raise Refused("The file is empty.", RefusalKind.EMPTY, member=member)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            raise Refused(f"The file is {name}, not {_OURS}.", RefusalKind.WRONG_FORMAT, member=member)


def _encoding_of(start: bytes) -> str:
    """Say how the file is encoded: by its byte order mark, then its declaration, else UTF-8."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    declared = _DECLARED.match(start[:_DECLARATION_BYTES])
    return declared[1].decode("ascii").lower() if declared else "utf-8"


class _HeadParser:
    """Reads XML up to the first element."""

    def __init__(self, script: Script, *, member: int, limits: Limits) -> None:
        self._script = script
        self._seen = bytearray()
        self._member = member
        self._limits = limits
        self._found: tuple[Header, int, int] | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._take_root
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, piece: bytes) -> Head | None:
        """Read a piece, and give the head once the first element has been met."""
        self._seen += piece
        try:
            self._parser.Parse(piece, False)
        except _RootFound:
            pass
        except (expat.ExpatError, LookupError, ValueError) as error:  # a ValueError for several bytes a character
            raise self._refusal(error) from None
        return Head(self._found[0], self._script, *self._found[1:]) if self._found else None

    def _take_root(self, name: str, attributes: dict[str, str]) -> None:
        """Take the first element, and stop there."""
        offset, line = self._parser.CurrentByteIndex, self._parser.CurrentLineNumber
        if name not in _ROOTS:
            reason = f"The first element, <{name[:40]}> on line {line}, is not one of {_OURS} (<smses> or <calls>)."
            raise Refused(reason, RefusalKind.WRONG_FORMAT, offset=offset, member=self._member)
        if len(attributes) > self._limits.attributes:
            reason = f"The first element, at byte {offset:,}, has more than {self._limits.attributes:,} attributes."
            raise Refused(reason, RefusalKind.TOO_MANY_ATTRIBUTES, offset=offset, member=self._member)
        count = attributes.get("count", "")
        header = Header(
            declared_count=int(count) if count.isascii() and count.isdecimal() and len(count) < 16 else None,
            backup_set=attributes.get("backup_set", ""),
            backup_type=attributes.get("type", ""),
            root=name,
        )
        self._found = header, offset, line
        raise _RootFound

    def _refuse_doctype(self, *_: object) -> None:
        """Refuse a file with a DOCTYPE: a backup never has one, and only an attack needs it."""
        # Expat tells where the declaration opens its body or ends, not where it begins.
        offset = self._seen.rfind(self._script.encode("<!DOCTYPE"), 0, self._parser.CurrentByteIndex)
        line = 1 + self._script.count_lines(self._seen, 0, offset)
        place = f"at byte {offset:,}, on line {line:,}"
        reason = f"The file has a DOCTYPE {place}; a backup never has one."
        raise Refused(reason, RefusalKind.DOCTYPE, offset=offset, member=self._member)

    def _refusal(self, error: Exception) -> Refused:
        """Say why these bytes are not XML."""
        offset, line = self._parser.ErrorByteIndex, self._parser.ErrorLineNumber
        place = f"at byte {offset:,}, on line {line:,}"
        is_unreadable = isinstance(error, (LookupError, ValueError))
        if is_unreadable or getattr(error, "code", 0) in _ENCODING_ERRORS:
            told = (
                "declares an encoding that is not read here" if is_unreadable else "is not in the encoding it declares"
            )
            reason = f"The file {told}, {place}. Backups of SMS Backup & Restore are in UTF-8."
            return Refused(reason, RefusalKind.WRONG_ENCODING, offset=offset, member=self._member)
        reason = f"The file is not XML {place}, so it is not {_OURS}."
        return Refused(reason, RefusalKind.WRONG_FORMAT, offset=offset, member=self._member)
