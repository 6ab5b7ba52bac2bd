"""Make, open and destroy data keys; keyed digests for search.

Wrapping: AES-256-GCM under a key derived from the master key (HKDF-SHA256, RFC 5869), with the row's id as
associated data, so that a wrapped key moved to another row does not open. Destroying a key is deletion of
everything under it, in every backup too, because backups never hold the master key.
"""

from __future__ import annotations

import functools
import hmac
import os
import uuid
from collections.abc import Iterable
from datetime import datetime

import uuid_utils.compat as uuid_utils
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
IDS_PER_QUERY = 900


@functools.cache
def _derived(purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=pae(b"hotspots/keys/1", purpose)).derive(settings.MASTER_KEY)


@functools.cache
def _wrapper() -> AESGCM:
    return AESGCM(_derived(b"wrap"))


def new_keys(purpose: str, count: int) -> list[tuple[DataKey, bytes]]:
    """Make keys without writing their rows, for bulk work that inserts them itself."""
    made = []
    for _ in range(count):
        key = os.urandom(32)
        row = DataKey(id=uuid_utils.uuid7(), purpose=purpose)
        nonce = os.urandom(NONCE_BYTES)
        row.wrapped = nonce + _wrapper().encrypt(nonce, key, row.id.bytes)
        made.append((row, key))
    return made


def make_key(purpose: str) -> tuple[uuid.UUID, bytes]:
    """Make a key, write its row, and give its id and bytes."""
    [(row, key)] = new_keys(purpose, 1)
    row.save(force_insert=True)
    return row.id, key


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
    raw = value.encode() if isinstance(value, str) else value
    return hmac.digest(_derived(b"index"), pae(b"index", INDEX_VERSION, purpose.encode(), raw), "sha256")
