"""The bytes of a log entry, its hash, and Merkle roots: final, because outsiders verify them.

Source: RFC 9162 section 2.1 (leaf 0x00, node 0x01); RFC 8785 for the order of keys.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sealing import pae

FORMAT_VERSION = 1
OWN_KEYS = frozenset({"refs", "changes"})  # of a body: the log writes them itself
ZERO_HASH = bytes(32)
HEAD = re.compile(r"[1-9][0-9]{0,17}:[0-9a-fA-F]{64}")
BLOCK_LEAVES = 1024  # hashed together; a power of two, so that a whole block is a whole tree


@dataclass(frozen=True, slots=True)
class Head:
    """An entry by its number and its hash, as somebody notes it outside: `412:9f2c…`."""

    seq: int
    entry_hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.entry_hash.hex()}"


def head_of(text: str) -> Head:
    """Read a noted head; ValueError where it is none."""
    if not HEAD.fullmatch(text):
        raise ValueError("a head is the number of an entry, a colon, and 64 hexadecimal digits")
    number, _colon, digits = text.partition(":")
    return Head(int(number), bytes.fromhex(digits))


def canonical_json(value: Any) -> str:
    """Write a value with sorted keys and no spaces; floats are refused, since they have no one way to be written."""
    _check_no_float(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check_no_float(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a log entry holds no floating-point number")
    if isinstance(value, dict):
        for inner in value.values():
            _check_no_float(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_no_float(inner)


def canonical_bytes(
    *, seq: int, at: datetime, actor_id: uuid.UUID | None, action: str, body: str, prev_hash: bytes
) -> bytes:
    """Give the exact bytes that an entry's hash is taken over.

    One JSON object with the keys action, actor, at, body, prev, seq, v in this order; `at` in UTC with six
    digits of microseconds and a Z; `body` is the stored text as it stands, itself canonical JSON, never
    re-serialised; UTF-8.
    """
    head = {"action": action, "actor": str(actor_id) if actor_id else None, "at": timestamp_of(at)}
    tail = {"prev": prev_hash.hex(), "seq": seq, "v": FORMAT_VERSION}
    return f'{canonical_json(head)[:-1]},"body":{body},{canonical_json(tail)[1:]}'.encode()


def timestamp_of(at: datetime) -> str:
    """Write an aware time as UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def change_context(change_id: uuid.UUID, record_id: uuid.UUID) -> bytes:
    """Give the context that a change is sealed in, so that it opens in its own place alone."""
    return pae(b"audit/change/1", change_id.bytes, record_id.bytes)


def change_digest(
    *, change_id: uuid.UUID, record_kind: str, record_id: uuid.UUID, key_id: uuid.UUID, sealed: bytes
) -> bytes:
    """Give the digest that binds a readable change to its entry: over the sealed bytes, so it outlives the key."""
    ids = (change_id.bytes, record_kind.encode(), record_id.bytes, key_id.bytes)
    return hashlib.sha256(pae(b"audit/change-digest/1", *ids, sealed)).digest()


def changes_told(digests: Iterable[bytes]) -> dict[str, int | str]:
    """Give what a body tells of its changes: their count and the RFC 9162 root over their digests, ids ascending."""
    count, root = merkle_root(digests)
    return {"count": count, "root": root.hex()}


def salted_digest(value: str, salt: bytes) -> str:
    """Give the digest of a text under a salt of its record: all that the log may hold of a text."""
    return hashlib.sha256(pae(b"audit/digest/1", salt, value.encode())).hexdigest()


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf: SHA-256 over 0x00 and the bytes (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two nodes: SHA-256 over 0x01, left, right (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Iterable[bytes]) -> tuple[int, bytes]:
    """Give the count and the RFC 9162 root of leaf data that comes in order; keeps log n hashes.

    The root of nothing is SHA-256 of nothing, as RFC 9162 says.

    >>> merkle_root([])[1].hex()[:8]
    'e3b0c442'
    >>> merkle_root([b"a", b"b"])[1] == node_hash(leaf_hash(b"a"), leaf_hash(b"b"))
    True
    """
    stack: list[bytes] = []  # roots of whole blocks, as high as the bits of their count say
    blocks_count = rest_count = 0
    remaining = iter(leaves)
    rest: list[bytes] = []
    while block := list(itertools.islice(remaining, BLOCK_LEAVES)):
        if len(block) < BLOCK_LEAVES:
            rest, rest_count = block, len(block)
            break
        digest = _root_of_block(block)
        blocks_count += 1
        position = blocks_count
        while position % 2 == 0:
            digest = node_hash(stack.pop(), digest)
            position //= 2
        stack.append(digest)
    if rest:
        stack.append(_root_of_block(rest))
    if not stack:
        return 0, hashlib.sha256(b"").digest()
    root = stack.pop()
    while stack:
        root = node_hash(stack.pop(), root)
    return blocks_count * BLOCK_LEAVES + rest_count, root


def _root_of_block(block: list[bytes]) -> bytes:
    """Hash some leaves level by level, the odd one out going up as it is, which is the root that RFC 9162 defines."""
    sha256 = hashlib.sha256
    level = [sha256(b"\x00" + data).digest() for data in block]
    while len(level) > 1:
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*above, level[-1]] if len(level) % 2 else above
    return level[0]
