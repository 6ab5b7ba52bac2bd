"""Sealed blobs: encrypted in chunks, so that they stream in and any range of them can be opened.

Layout (wall.md 4.1): 0x01 ‖ 32 bytes salt ‖ 32 bytes key commitment ‖ chunks of 64 KiB, each AES-256-GCM with a
16-byte tag. The chunk key and the commitment are HKDF-SHA256(K, salt, ctx("sym", context)). A chunk's nonce is its
number in 88 bits and a byte that is 1 on the last chunk alone.
"""

import hmac
import io
import os
from collections.abc import Callable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.context import ctx
from sealing.errors import NotSealed, SealDamaged, WrongKeyOrPlace

FORMAT = b"\x01"
SALT_BYTES = 32
COMMITMENT_BYTES = 32
HEADER_BYTES = len(FORMAT) + SALT_BYTES + COMMITMENT_BYTES
CHUNK_BYTES = 64 << 10
TAG_BYTES = 16
_STEP = CHUNK_BYTES + TAG_BYTES
_READ_BYTES = 1 << 20


def sealed_size(plain_bytes: int) -> int:
    """Compute how many bytes a plaintext of this size takes when sealed."""
    return HEADER_BYTES + plain_bytes + TAG_BYTES * max(1, -(-plain_bytes // CHUNK_BYTES))


def seal(key: bytes, context: bytes, plaintext: bytes) -> bytes:
    """Seal bytes under a key for one place."""
    sealer = Sealer(key, context)
    return b"".join((sealer.header, sealer.update(plaintext), sealer.finish()))


def open_sealed(key: bytes, context: bytes, blob: bytes) -> bytes:
    """Open a whole blob, or raise if key, place or any byte of it is another."""
    return SealedReader(io.BytesIO(blob), key, context).read()


def seal_stream(
    key: bytes, context: bytes, src: BinaryIO, dst: BinaryIO, *, on_chunk: Callable[[bytes], object] | None = None
) -> int:
    """Seal a stream into another and return the number of plain bytes; `on_chunk` sees them pass, to hash them."""
    sealer = Sealer(key, context)
    dst.write(sealer.header)
    plain_bytes = 0
    while data := src.read(_READ_BYTES):
        plain_bytes += len(data)
        if on_chunk is not None:
            on_chunk(data)
        dst.write(sealer.update(data))
    dst.write(sealer.finish())
    return plain_bytes


class Sealer:
    """A blob in the making: its `header`, then what each `update` gives, then what `finish` gives."""

    def __init__(self, key: bytes, context: bytes, *, salt: bytes | None = None) -> None:
        salt = os.urandom(SALT_BYTES) if salt is None else salt
        self._chunk_key, commitment = _derive_keys(key, context, salt)
        self.header = FORMAT + salt + commitment
        self._cipher = AESGCM(self._chunk_key)
        self._pending = bytearray()
        self._number = 0
        self._is_finished = False

    def update(self, data: bytes) -> bytes:
        """Take plain bytes and give the chunks that they fill; what may be the last chunk waits for `finish`."""
        if self._is_finished:
            raise ValueError("This blob is finished.")
        self._pending += data
        out = []
        start = 0
        while len(self._pending) - start > CHUNK_BYTES:
            out.append(self._encrypt(start, is_last=False))
            start += CHUNK_BYTES
        del self._pending[:start]
        return b"".join(out)

    def finish(self) -> bytes:
        """Give the last chunk."""
        if self._is_finished:
            raise ValueError("This blob is finished.")
        self._is_finished = True
        return self._encrypt(0, is_last=True)

    def _encrypt(self, start: int, *, is_last: bool) -> bytes:
        nonce = _nonce_of(self._number, is_last)
        self._number += 1
        return self._cipher.encrypt(nonce, bytes(self._pending[start : start + CHUNK_BYTES]), None)


class SealedReader(io.RawIOBase):
    """The plaintext of a blob as a file that seeks: it opens only the chunks that a range touches.

    Making one opens the last chunk, so that a blob that was cut is refused at once. It keeps the raw key, not a
    cipher object: a process may hold tens of thousands of readers. Closing it leaves the source open.
    """

    def __init__(self, src: BinaryIO, key: bytes, context: bytes) -> None:
        super().__init__()
        self._src = src
        blob_bytes = src.seek(0, io.SEEK_END)
        src.seek(0)
        header = src.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES or header[:1] != FORMAT:
            raise NotSealed("These bytes are not a sealed blob of format 1.")
        self._chunk_key, commitment = _derive_keys(key, context, header[1 : 1 + SALT_BYTES])
        if not hmac.compare_digest(commitment, header[1 + SALT_BYTES :]):
            raise WrongKeyOrPlace("The key or the place is not the one this blob was sealed with.")
        body_bytes = blob_bytes - HEADER_BYTES
        self._chunk_count = max(1, -(-body_bytes // _STEP))
        self.size = body_bytes - self._chunk_count * TAG_BYTES
        if self.size < 0 or (self._chunk_count > 1 and self.size <= (self._chunk_count - 1) * CHUNK_BYTES):
            raise SealDamaged("The blob ends inside a tag.")
        self._position = 0
        self._open_number = -1
        self._open_chunk = b""
        self._chunk(self._chunk_count - 1)

    def range(self, offset: int, length: int) -> bytes:
        """Open exactly the bytes of a range, which must lie inside the plaintext."""
        end = offset + length
        if offset < 0 or length < 0 or end > self.size:
            raise ValueError(f"Bytes {offset} to {end} are not inside a plaintext of {self.size}.")
        if not length:
            return b""
        first, last = offset // CHUNK_BYTES, (end - 1) // CHUNK_BYTES
        out = []
        for number in range(first, last + 1):
            start = number * CHUNK_BYTES
            out.append(self._chunk(number)[max(0, offset - start) : end - start])
        return b"".join(out)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on from the position, to the end unless a size is told."""
        left = max(0, self.size - self._position)
        wanted = left if size is None or size < 0 else min(size, left)
        out = self.range(self._position, wanted) if wanted else b""
        self._position += len(out)
        return out

    def readall(self) -> bytes:
        """Read on to the end."""
        return self.read(-1)

    def readinto(self, buffer: memoryview | bytearray, /) -> int:  # type: ignore[override]
        """Fill a buffer, for the wrappers of `io`."""
        out = self.read(len(buffer))
        buffer[: len(out)] = out
        return len(out)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a byte of the plaintext."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("A position before the first byte.")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Say at which byte of the plaintext reading goes on."""
        return self._position

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can seek."""
        return True

    def _chunk(self, number: int) -> bytes:
        """Open one chunk, unless it is the one that is open already."""
        if number != self._open_number:
            self._src.seek(HEADER_BYTES + number * _STEP)
            nonce = _nonce_of(number, number == self._chunk_count - 1)
            try:
                chunk = AESGCM(self._chunk_key).decrypt(nonce, self._src.read(_STEP), None)
            except InvalidTag:
                raise SealDamaged(f"Chunk {number} of {self._chunk_count} is not what was sealed.") from None
            self._open_number, self._open_chunk = number, chunk
        return self._open_chunk


def _derive_keys(key: bytes, context: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Derive the chunk key and the commitment to it (HKDF-SHA256, RFC 5869, 64 bytes)."""
    if len(key) != 32 or len(salt) != SALT_BYTES:
        raise ValueError("A key and a salt have 32 bytes each.")
    info = ctx(b"sym", context)
    extracted = hmac.digest(salt, key, "sha256")
    chunk_key = hmac.digest(extracted, info + b"\x01", "sha256")
    return chunk_key, hmac.digest(extracted, chunk_key + info + b"\x02", "sha256")


def _nonce_of(number: int, is_last: bool) -> bytes:
    """Compose a chunk's nonce: its number in 88 bits, and whether it is the last."""
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
