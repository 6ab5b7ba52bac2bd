"""Same-length repair of what a phone writes and XML forbids.

SMS Backup & Restore can write an emoji as two surrogate references, and bodies can hold control characters. Every XML
parser stops there and would lose all that follows. Each is replaced by as many bytes, so that offsets stay true, and
noted. Source: intake.md 1.1, "Emoji and other illegal characters".
"""

import re
import sys
from array import array
from itertools import pairwise

from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import AnomalyKind

_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r")
_REFERENCE = (
    r"&#(?:0{0,40}(?:5[5-7][0-9]{3}|[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])"
    r"|x0{0,40}(?:[dD][89a-fA-F][0-9a-fA-F]{2}|[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
_SUSPECT = re.compile(_REFERENCE)
_SUSPECT_BYTES = re.compile(_REFERENCE.encode())
_CONTROL_RUN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]+")
_NONCHARACTER_UTF8 = re.compile("\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF, as bytes
_NONCHARACTER_UTF16 = re.compile(
    "[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"
)
# What the next piece may go on with: a reference that is not whole yet, one that may be the first of a pair, half a
# character.
_FIRST_OF_PAIR = (
    "&#(?:0{0,40}5(?:529[6-9]|5[3-9][0-9]{2}|6[0-2][0-9]{2}|63[01][0-9])|x0{0,40}[dD][89abAB][0-9a-fA-F]{2});"
)
_HELD = re.compile(
    f"(?:{_FIRST_OF_PAIR})?(?:&(?:#[0-9xa-fA-F]{{0,48}})?)?\\Z|\xef\xbf?\\Z|[\ud800-\udbff]\\Z", re.ASCII
)
_HELD_UNITS = 128


class Script:
    """How characters are bytes: one unit is one byte, or the two of UTF-16 in either order."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.is_utf8 = encoding == "utf-8"
        self.width = 2 if encoding.startswith("utf-16") else 1
        self._is_swapped = self.width == 2 and encoding.endswith("be") == (sys.byteorder == "little")
        self.newline = self.encode("\n")

    def encode(self, text: str) -> bytes:
        """Write ASCII text in this script."""
        return text.encode(self.encoding if self.width == 2 else "ascii")

    def units_of(self, content: bytes | bytearray) -> str:
        """Show bytes as text with one character for each unit, so that an index is a place."""
        if self.width == 1:
            return content.decode("latin-1")
        units = array("H", bytes(content))
        if self._is_swapped:
            units.byteswap()
        return "".join(map(chr, units))

    def bytes_of(self, units: str) -> bytes:
        """Turn units back into bytes."""
        if self.width == 1:
            return units.encode("latin-1")
        out = array("H", map(ord, units))
        if self._is_swapped:
            out.byteswap()
        return out.tobytes()

    def count_lines(self, content: bytes | bytearray, start: int, end: int) -> int:
        """Count the line ends in a range of bytes."""
        if self.width == 1:
            return content.count(b"\n", start, end)
        return self.units_of(content[start:end]).count("\n")


class Repairer:
    """Takes a file piece by piece, and gives the same number of bytes that XML allows."""

    def __init__(self, script: Script, notes: Notes, *, offset: int, line: int) -> None:
        self._script = script
        self._notes = notes
        self._offset = offset
        self._line = line
        self._held = b""

    def repair(self, piece: bytes) -> bytes:
        """Repair a piece; its last few bytes may wait for the next one."""
        content = self._held + piece if self._held else piece
        even = len(content) - len(content) % self._script.width
        tail = self._script.units_of(content[max(0, even - _HELD_UNITS * self._script.width) : even])
        held = _HELD.search(tail)
        cut = even - (len(tail) - (held.start() if held else len(tail))) * self._script.width
        self._held = content[cut:]
        return self._pass(content[:cut])

    def finish(self) -> bytes:
        """Give the bytes that waited."""
        content, self._held = self._held, b""
        if len(content) % self._script.width:
            return content
        return self._pass(content)

    def _pass(self, content: bytes) -> bytes:
        """Repair whole units, and count on to the next piece."""
        if not self._is_clean(content):
            content = self._script.bytes_of(self._mend(self._script.units_of(content)))
        self._offset += len(content)
        self._line += self._script.count_lines(content, 0, len(content))
        return content

    def _is_clean(self, content: bytes) -> bool:
        """Tell quickly that there is nothing to do, which is nearly always so."""
        if self._script.width == 2 or len(content.translate(None, _CONTROLS)) != len(content):
            return False
        if b"&#" in content and _SUSPECT_BYTES.search(content):
            return False
        return b"\xef" not in content or (b"\xef\xbf\xbe" not in content and b"\xef\xbf\xbf" not in content)

    def _mend(self, units: str) -> str:
        """Replace what XML forbids, noting each place."""
        changes = _changed_references(units)
        changes += [
            (m.start(), " " * len(m[0]), AnomalyKind.CONTROL_CHARACTER, f"{_name_controls(m[0])}, read as space")
            for m in _CONTROL_RUN.finditer(units)
        ]
        changes += self._changed_noncharacters(units)
        changes.sort()
        out: list[str] = []
        last, line = 0, self._line
        for at, new, kind, text in changes:
            line += units.count("\n", last, at)
            self._notes.add(kind, self._offset + at * self._script.width, line, text)
            out += (units[last:at], new)
            last = at + len(new)
        return "".join(out) + units[last:]

    def _changed_noncharacters(self, units: str) -> list[tuple[int, str, AnomalyKind, str]]:
        """Find characters, written as they are, that no text has."""
        text = "a code that is no character, read as U+FFFD"
        if self._script.width == 2:
            found = _NONCHARACTER_UTF16.finditer(units)
            return [(m.start(), "\ufffd", AnomalyKind.SURROGATE_REFERENCE, text) for m in found]
        if self._script.is_utf8:
            found = _NONCHARACTER_UTF8.finditer(units)
            return [(m.start(), "\xef\xbf\xbd", AnomalyKind.CONTROL_CHARACTER, text) for m in found]
        return []


def _changed_references(units: str) -> list[tuple[int, str, AnomalyKind, str]]:
    """Find references to halves of characters, controls and codes that are no character."""
    changes = []
    matches = [(m.start(), m.end(), _code_of(m[0])) for m in _SUSPECT.finditer(units)]
    is_second = False
    for (start, end, code), (next_start, next_end, next_code) in pairwise([*matches, (-1, -1, 0)]):
        if is_second:
            is_second = False
        elif 0xD800 <= code < 0xDC00 and next_start == end and 0xDC00 <= next_code < 0xE000:
            is_second = True
            character = 0x10000 + ((code - 0xD800) << 10) + (next_code - 0xDC00)
            text = f"two surrogate references, read as the one character U+{character:X} that they stand for"
            new = _reference(character, next_end - start)
            changes.append((start, new, AnomalyKind.SURROGATE_REFERENCE, text))
        elif code < 32:
            text = f"a reference to control character {code}, read as white space"
            new = "&#9;" if end - start == 4 else _reference(32, end - start)
            changes.append((start, new, AnomalyKind.CONTROL_CHARACTER, text))
        elif 0xD800 <= code < 0xE000 or code >= 0xFFFE:
            text = f"a reference to {code}, which is no character, read as U+FFFD"
            changes.append((start, _reference(0xFFFD, end - start), AnomalyKind.SURROGATE_REFERENCE, text))
    return changes


def _code_of(reference: str) -> int:
    """Read the number in a character reference."""
    digits = reference[2:-1]
    return int(digits[1:], 16) if digits[0] == "x" else int(digits)


def _reference(code: int, width: int) -> str:
    """Write a character reference of so many characters."""
    return f"&#{code:0{width - 3}d};"


def _name_controls(run: str) -> str:
    """Describe a run of control characters."""
    if len(run) == 1:
        return f"control character {ord(run)}"
    return f"{len(run):,} control characters, the first of them {ord(run[0])}"
