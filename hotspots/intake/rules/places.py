"""The identity of what is read from a file: where it stands in which bytes."""

import uuid

_MEMBER_BITS = 12
_ORDINAL_BITS = 30
_FILE_BITS = 122 - _MEMBER_BITS - _ORDINAL_BITS  # a UUIDv8 leaves 122 of its 128 bits free


def place_id(sha256: bytes, member: int, ordinal: int) -> uuid.UUID:
    """Name the record at one place of one file, the same at every reading.

    The first 80 free bits are the file's SHA-256, then 12 bits of member and 30 of ordinal: the identifiers of a file
    lie together and sort in reading order. Source: RFC 9562, section 5.8 (UUID version 8).
    """
    if len(sha256) != 32:
        raise ValueError("A SHA-256 has 32 bytes.")
    if not 0 <= member < 1 << _MEMBER_BITS or not 0 <= ordinal < 1 << _ORDINAL_BITS:
        raise ValueError(f"Member {member}, record {ordinal} is no place that an identifier can hold.")
    file_bits = int.from_bytes(sha256, "big") >> (256 - _FILE_BITS)
    free = (file_bits << _MEMBER_BITS | member) << _ORDINAL_BITS | ordinal
    high, middle, low = free >> 74, free >> 62 & 0xFFF, free & ((1 << 62) - 1)
    return uuid.UUID(int=high << 80 | 0x8 << 76 | middle << 64 | 0b10 << 62 | low)
