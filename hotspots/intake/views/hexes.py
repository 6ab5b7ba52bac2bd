"""The bytes of one record as rows of sixteen, its words marked; and what its attributes say."""

from __future__ import annotations

import html
import re
from typing import Any

ROW_BYTES = 16
# The words of a message: the body of a text, the text parts of a picture message.
WORDS = (
    re.compile(rb"""\sbody=(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')"""),
    re.compile(rb"""<part\b[^<>]*?\sct="text/plain"[^<>]*?\stext=(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')"""),
)
ATTRIBUTE = re.compile(r"""\s([A-Za-z_][\w.-]*)=(?:"([^"]*)"|'([^']*)')""")
REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
PLAIN = range(0x20, 0x7F)


def words_ranges(content: bytes) -> list[range]:
    """Find where in a record's bytes the words of the message stand."""
    found = []
    for pattern in WORDS:
        for hit in pattern.finditer(content):
            name = "a" if hit["a"] is not None else "b"
            found.append(range(*hit.span(name)))
    return found


def hex_rows(content: bytes, offset: int) -> list[dict[str, Any]]:
    """Lay out a range of bytes under their offsets; a cell outside of it stays blank, whatever the file holds there."""
    marked = words_ranges(content)
    begin = offset - offset % ROW_BYTES
    rows = []
    for start in range(begin, offset + len(content), ROW_BYTES):
        cells = [_cell(content, at - offset, marked) for at in range(start, start + ROW_BYTES)]
        rows.append({"offset": str(start), "cells": cells})
    return rows


def _cell(content: bytes, at: int, marked: list[range]) -> dict[str, Any] | None:
    if not 0 <= at < len(content):
        return None
    byte = content[at]
    char = chr(byte) if byte in PLAIN else "·"
    return {"hex": f"{byte:02x}", "char": char, "is_mark": any(at in one for one in marked)}


def attributes_of(content: bytes) -> dict[str, str]:
    """Read the attributes of a record's first tag as the phone wrote them, references resolved."""
    tag = content.decode("utf-8", "replace").partition(">")[0]
    found: dict[str, str] = {}
    for name, double, single in ATTRIBUTE.findall(tag):
        found.setdefault(name, unescaped(double or single))
    return found


def words_of(content: bytes) -> str:
    """Read the words of a record from its bytes."""
    parts = [content[one.start : one.stop].decode("utf-8", "replace") for one in words_ranges(content)]
    return "\n".join(unescaped(part) for part in parts)


def unescaped(text: str) -> str:
    """Resolve references; the two halves of an emoji, each written as a reference, become the one character."""
    halves = REFERENCE.sub(_surrogate, text)
    joined = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return html.unescape(joined)


def _surrogate(hit: re.Match[str]) -> str:
    code = int(hit[1], 16) if hit[1] else int(hit[2])
    return chr(code) if 0xD800 <= code <= 0xDFFF else hit[0]
