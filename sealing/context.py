"""Unambiguous encoding of lists, and the contexts that bind a ciphertext to its place."""

import struct

_PROTOCOL = b"wall/1"


def pae(*parts: bytes | int) -> bytes:
    """Encode a list of parts so that no two lists give the same bytes.

    Their count, then each part's length and bytes, as unsigned 32-bit big-endian numbers; an integer part is 64 bits.
    Source: wall.md 4.1 (pre-authentication encoding).
    """
    out = [struct.pack(">I", len(parts))]
    for part in parts:
        content = struct.pack(">Q", part) if isinstance(part, int) else part
        out += (struct.pack(">I", len(content)), content)
    return b"".join(out)


def ctx(label: bytes, *parts: bytes | int) -> bytes:
    """Name a use of a key in this protocol, so that what is made for one use opens in no other."""
    return pae(_PROTOCOL, label, *parts)
