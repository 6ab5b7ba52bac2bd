"""Make, open and destroy data keys; keyed digests for search.

Wrapping: AES-256-GCM under a key derived from the master key (HKDF-SHA256, RFC 5869), with the row's id as
associated data, so that a wrapped key moved to another row does not open. Destroying a key is deletion of
everything under it, in every backup too, because backups never hold the master key.
"""

from __future__ import annotations

import functools
import hashlib
import os
import struct
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import uuid_utils
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from hotspots import errors
from hotspots.keys.models import DataKey
from sealing import pae

NONCE_BYTES = 12
INDEX_VERSION = 1
_LENGTH = struct.Struct(">I")  # as `pae` writes the length of a part
IDS_PER_QUERY = 900


@functools.cache
def _derived(purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=pae(b"hotspots/keys/1", purpose)).derive(settings.MASTER_KEY)


@functools.cache
def _wrapper() -> AESGCM:
    return AESGCM(_derived(b"wrap"))


class NewKey(NamedTuple):
    """A key that is made and not written yet: the 16 bytes of its id, what its row holds, and the key itself."""

    id: bytes
    wrapped: bytes
    key: bytes


def new_keys(count: int) -> list[NewKey]:
    """Make keys without writing their rows, for bulk work that inserts them itself."""
    wrapper, made = _wrapper(), []
    for _ in range(count):
        key_id, key, nonce = uuid_utils.uuid7().bytes, os.urandom(32), os.urandom(NONCE_BYTES)
        made.append(NewKey(key_id, nonce + wrapper.encrypt(nonce, key, key_id), key))
    return made


def make_key(purpose: str) -> tuple[uuid.UUID, bytes]:
    """Make a key, write its row, and give its id and bytes."""
    [new] = new_keys(1)
    row = DataKey.objects.create(id=uuid.UUID(bytes=new.id), purpose=purpose, wrapped=new.wrapped)
    return row.id, new.key


def open_row(row: DataKey) -> bytes:
    """Unwrap the key of a row.

    Raises Unavailable when the key was destroyed or the master key is not the one that wrapped it.
    """
    if row.wrapped is None:
        raise errors.Unavailable("keys.destroyed", "This was deleted: its key is gone. Everything else still works.")
    wrapped = bytes(row.wrapped)
    try:
        return _wrapper().decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], row.id.bytes)
    except InvalidTag as error:
        sentence = "The master key does not fit this database. Public pages still work; protected contents stay closed."
        raise errors.Unavailable("keys.master", sentence) from error


def open_key(key_id: uuid.UUID) -> bytes:
    """Give the bytes of one key."""
    row = DataKey.objects.filter(pk=key_id).first()
    if row is None:
        raise errors.Unavailable(
            "keys.missing", "The key of this record is missing. The rest of the record still works."
        )
    return open_row(row)


def open_keys(key_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """Give the bytes of many keys; destroyed ones are left out."""
    wanted = list(dict.fromkeys(key_ids))
    found: dict[uuid.UUID, bytes] = {}
    for start in range(0, len(wanted), IDS_PER_QUERY):
        for row in DataKey.objects.filter(pk__in=wanted[start : start + IDS_PER_QUERY], wrapped__isnull=False):
            found[row.pk] = open_row(row)
    return found


def destroy_key(key_id: uuid.UUID, *, at: datetime) -> bool:
    """Destroy a key, and with it all it protects; give whether there was one left to destroy."""
    return bool(DataKey.objects.filter(pk=key_id, destroyed_at__isnull=True).update(wrapped=None, destroyed_at=at))


def index_digest(purpose: str, value: str | bytes) -> bytes:
    """Give the keyed digest under which an encrypted value can be found (HMAC-SHA256, 32 bytes)."""
    return next(index_digests(purpose, [value.encode() if isinstance(value, str) else value]))


def index_digests(purpose: str, values: Iterable[bytes]) -> Iterator[bytes]:
    """Give the keyed digest of each value."""
    inner_begun, outer_begun = _index_hashes(purpose)
    pack = _LENGTH.pack
    for value in values:
        inner, outer = inner_begun.copy(), outer_begun.copy()
        inner.update(pack(len(value)) + value)
        outer.update(inner.digest())
        yield outer.digest()


@functools.cache
def _index_hashes(purpose: str) -> tuple[Any, Any]:
    """Begin the two hashes of HMAC (RFC 2104) over `pae("index", version, purpose, value)`, up to the value's length.

    An import takes two digests a record: copying what was begun is three times as fast as beginning anew.
    """
    key = _derived(b"index").ljust(hashlib.sha256().block_size, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))
    inner.update(pae(b"index", INDEX_VERSION, purpose.encode(), b"")[: -_LENGTH.size])
    return inner, outer
