"""Small values: a body, a number, a wrapped key.

Layout, final: 1 byte format (0x01), 16 bytes key id, 12 bytes random nonce, AES-256-GCM ciphertext and tag. The
format byte and the key id are authenticated along with the associated data.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.errors import NotSealed, SealDamaged

FORMAT = 0x01
_FORMAT = bytes((FORMAT,))
KEY_ID_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = 1 + KEY_ID_BYTES
OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES


class SmallKey:
    """A key that is made ready for many values: making it takes longer than using it, and some 2 kB."""

    __slots__ = ("_encrypt", "_header")

    def __init__(self, key: bytes, key_id: bytes) -> None:
        if len(key) != 32 or len(key_id) != KEY_ID_BYTES:
            raise ValueError("A key has 32 bytes, a key id 16.")
        self._header = _FORMAT + key_id
        self._encrypt = AESGCM(key).encrypt

    def encrypt(self, plaintext: bytes, *, associated: bytes) -> bytes:
        """Encrypt a small value, bound to the record whose id is the associated data."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._encrypt(nonce, plaintext, self._header + associated)


def encrypt_small(key: bytes, key_id: bytes, plaintext: bytes, *, associated: bytes) -> bytes:
    """Encrypt a small value under a 32-byte key, bound to the record whose id is the associated data."""
    return SmallKey(key, key_id).encrypt(plaintext, associated=associated)


def decrypt_small(key: bytes, value: bytes, *, associated: bytes) -> bytes:
    """Decrypt a small value, or raise if key, place or bytes are not those it was made with."""
    _check_header(value)
    start = HEADER_BYTES + NONCE_BYTES
    try:
        return AESGCM(key).decrypt(value[HEADER_BYTES:start], value[start:], value[:HEADER_BYTES] + associated)
    except InvalidTag:
        raise SealDamaged("An encrypted value does not open: its key, its place or its bytes are others.") from None


def key_id_of(value: bytes) -> bytes:
    """Read which key opens a value; not authenticated until it has been opened."""
    _check_header(value)
    return value[1:HEADER_BYTES]


def _check_header(value: bytes) -> None:
    """Refuse bytes that are too short or of another format."""
    if len(value) < OVERHEAD_BYTES or value[0] != FORMAT:
        raise NotSealed("These bytes are not an encrypted value of format 1.")
