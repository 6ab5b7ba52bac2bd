"""Keep bytes, open them, destroy them.

Bytes are sealed and fsynced outside any transaction; only then does a verb of the room above log the item that
they belong to. The same bytes are kept once.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import uuid_utils.compat as uuid_utils
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from hotspots import errors
from hotspots.keys import actions as keys
from hotspots.store.models import Blob, Part
from sealing import SealBroken, SealedReader, Sealer, pae

COPY_BYTES = 1 << 20


class Readable(Protocol):
    """Anything with `read`."""

    def read(self, size: int = -1, /) -> bytes: ...


def _root() -> Path:
    return Path(settings.STORE_ROOT)


def path_of(blob: Blob) -> Path:
    """Give the file of a blob: under the first two digits of its SHA-256, named by the rest and its key."""
    return _root() / blob.sha256[:2] / f"{blob.sha256[2:]}.{blob.key_id}"


def _check_outside_transaction() -> None:
    if connection.in_atomic_block and not getattr(settings, "STORE_ALLOWS_TRANSACTION", False):
        raise RuntimeError("bytes are kept outside any transaction, or a rollback would leave them without a row")


def _write_sealed(chunks: Iterable[bytes], key: bytes, context: bytes, target: Path) -> tuple[str, int, int]:
    """Seal chunks into a file and fsync it; give the SHA-256, size and sealed size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size, is_whole = hashlib.sha256(), 0, False
    sealer = Sealer(key, context)
    try:
        with target.open("wb") as file:
            file.write(sealer.header)
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(sealer.update(chunk))
            file.write(sealer.finish())
            file.flush()
            os.fsync(file.fileno())
            is_whole = True
            return digest.hexdigest(), size, file.tell()
    except OSError as error:
        sentence = f"The store cannot keep the bytes ({error.strerror}). Nothing was lost; reading still works."
        raise errors.Unavailable("store.write", sentence) from error
    finally:
        if not is_whole:
            target.unlink(missing_ok=True)


def _chunks_of(source: Readable) -> Iterable[bytes]:
    while chunk := source.read(COPY_BYTES):
        yield chunk


def put_bytes(source: Readable, *, at: datetime) -> Blob:
    """Keep the bytes of a source, sealed under a key of their own; give their blob, the old one if they are known."""
    _check_outside_transaction()
    key_id, key = keys.make_key("blob")
    waiting = _root() / "incoming" / str(key_id)
    sha256, size, sealed = _write_sealed(_chunks_of(source), key, _blob_context(key_id), waiting)
    known = Blob.objects.filter(sha256=sha256, destroyed_at__isnull=True).first()
    if known is None:
        blob = Blob(sha256=sha256, size_bytes=size, sealed_bytes=sealed, key_id=key_id, stored_at=at)
        _move_into_place(waiting, path_of(blob))
        try:
            with transaction.atomic():
                blob.save(force_insert=True)
            return blob
        except IntegrityError:  # someone else kept the same bytes in the meantime
            path_of(blob).unlink(missing_ok=True)
            known = Blob.objects.get(sha256=sha256, destroyed_at__isnull=True)
    waiting.unlink(missing_ok=True)
    keys.destroy_key(key_id, at=at)
    return known


def _move_into_place(waiting: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _blob_context(key_id: uuid.UUID) -> bytes:
    return pae(b"store/blob/1", key_id.bytes)


class StoredReader(SealedReader):
    """The bytes of a blob as a file that seeks; closing it closes the file on disk."""

    def __init__(self, file: BinaryIO, key: bytes, context: bytes) -> None:
        super().__init__(file, key, context)
        self._file = file

    def close(self) -> None:
        """Close the reader and its file."""
        super().close()
        if hasattr(self, "_file"):
            self._file.close()


def open_blob(blob: Blob) -> StoredReader:
    """Open a blob for reading and seeking.

    Raises Unavailable when the file is missing, cut or altered, or its key was destroyed.
    """
    key = keys.open_key(blob.key_id)
    try:
        file: BinaryIO = path_of(blob).open("rb")
    except OSError as error:
        sentence = f"The stored bytes {blob.sha256[:12]}… are missing. Every other file still opens."
        raise errors.Unavailable("store.missing", sentence) from error
    try:
        return StoredReader(file, key, _blob_context(blob.key_id))
    except SealBroken as error:
        file.close()
        sentence = f"The stored bytes {blob.sha256[:12]}… were altered or cut. Every other file still opens."
        raise errors.Unavailable("store.altered", sentence) from error


def read_range(blob: Blob, offset_bytes: int, length_bytes: int) -> bytes:
    """Give exactly one range of a blob's bytes."""
    reader = open_blob(blob)
    try:
        return reader.range(offset_bytes, length_bytes)
    except (SealBroken, ValueError) as error:
        sentence = f"The stored bytes {blob.sha256[:12]}… were altered or cut near byte {offset_bytes:,}."
        raise errors.Unavailable("store.altered", sentence) from error
    finally:
        reader.close()


def verify_blob(blob: Blob) -> bool:
    """Read a blob whole and answer whether it still gives its SHA-256."""
    reader = open_blob(blob)
    digest = hashlib.sha256()
    try:
        for chunk in _chunks_of(reader):
            digest.update(chunk)
    except SealBroken:
        return False
    finally:
        reader.close()
    return digest.hexdigest() == blob.sha256


def destroy_blob(blob: Blob, *, at: datetime) -> None:
    """Destroy the key of a blob and remove its file; the caller has checked that no item uses it.

    The file goes once the transaction around has come to its end, so that a rollback loses nothing.
    """
    keys.destroy_key(blob.key_id, at=at)
    Blob.objects.filter(pk=blob.pk).update(destroyed_at=at)
    transaction.on_commit(lambda: path_of(blob).unlink(missing_ok=True))


def _part_path(part: Part) -> Path:
    return _root() / "incoming" / f"{part.upload_id}.{part.offset_bytes}.{part.key_id}"


def _part_context(part: Part) -> bytes:
    return pae(b"store/part/1", part.upload_id.bytes, part.offset_bytes)


def put_part(upload_id: uuid.UUID, offset_bytes: int, source: Readable) -> Part:
    """Keep one part of an upload, sealed; a part that comes again at the same offset replaces nothing."""
    known = Part.objects.filter(upload_id=upload_id, offset_bytes=offset_bytes).first()
    if known is not None:
        return known
    key_id, key = keys.make_key("part")
    part = Part(id=uuid_utils.uuid7(), upload_id=upload_id, offset_bytes=offset_bytes, key_id=key_id)
    _sha, part.size_bytes, part.sealed_bytes = _write_sealed(
        _chunks_of(source), key, _part_context(part), _part_path(part)
    )
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError:  # the same part came twice at once; the first stays
        _part_path(part).unlink(missing_ok=True)
        return Part.objects.get(upload_id=upload_id, offset_bytes=offset_bytes)
    return part


def parts_of(upload_id: uuid.UUID) -> list[Part]:
    """Give the parts of an upload by offset."""
    return list(Part.objects.filter(upload_id=upload_id).order_by("offset_bytes"))


def _open_part(part: Part) -> StoredReader:
    left = keys.open_keys([part.key_id])
    try:
        key, file = left[part.key_id], _part_path(part).open("rb")
    except (KeyError, FileNotFoundError) as error:
        sentence = "A part of this upload is gone: it was dropped in between. Send the file again."
        raise errors.Stale("store.part", sentence) from error
    return StoredReader(file, key, _part_context(part))


class PartsReader:
    """Reads the parts of an upload one after the other."""

    def __init__(self, parts: list[Part]) -> None:
        self._waiting = list(parts)
        self._open: StoredReader | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes, or none at the end."""
        while True:
            if self._open is None and not self._waiting:
                return b""
            try:
                self._open = self._open or _open_part(self._waiting.pop(0))
                data = self._open.read(size)
            except SealBroken as error:
                sentence = "A part of this upload is damaged. Drop it and send the file again; nothing else is touched."
                raise errors.Unavailable("store.part", sentence) from error
            if data:
                return data
            self._open.close()
            self._open = None


def join_parts(upload_id: uuid.UUID, *, at: datetime) -> Blob:
    """Join the parts of an upload into one blob, and let the parts go."""
    parts = parts_of(upload_id)
    blob = put_bytes(PartsReader(parts), at=at)
    drop_parts(upload_id, at=at)
    return blob


def drop_parts(upload_id: uuid.UUID, *, at: datetime) -> None:
    """Destroy the parts of an upload."""
    for part in parts_of(upload_id):
        keys.destroy_key(part.key_id, at=at)
        _part_path(part).unlink(missing_ok=True)
        part.delete()
