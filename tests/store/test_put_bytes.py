"""Bytes are kept once, sealed, and found again exactly."""

from __future__ import annotations

import hashlib
import io
import uuid

import pytest

from hotspots import errors
from hotspots.keys.models import DataKey
from hotspots.store.actions import (
    destroy_blob,
    join_parts,
    open_blob,
    path_of,
    put_bytes,
    put_part,
    read_range,
    verify_blob,
)
from hotspots.store.models import Blob, Part
from tests.build import NOON

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = b"hi saw your ad\n" * 20_000


def test_kept_bytes_come_back_whole_and_in_part() -> None:
    blob = put_bytes(io.BytesIO(WORDS), at=NOON)

    assert blob.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert open_blob(blob).read() == WORDS
    assert read_range(blob, 100_000, 70_000) == WORDS[100_000:170_000]
    assert verify_blob(blob)


def test_the_file_on_disk_shows_nothing() -> None:
    blob = put_bytes(io.BytesIO(WORDS), at=NOON)

    assert b"saw your ad" not in path_of(blob).read_bytes()


def test_the_same_bytes_are_kept_once() -> None:
    first, second = (put_bytes(io.BytesIO(WORDS), at=NOON) for _ in range(2))

    assert first == second
    assert Blob.objects.count() == 1
    assert DataKey.objects.filter(destroyed_at__isnull=True).count() == 1


def test_destroyed_bytes_do_not_open_and_come_again_under_a_new_key() -> None:
    blob = put_bytes(io.BytesIO(WORDS), at=NOON)

    destroy_blob(blob, at=NOON)
    again = put_bytes(io.BytesIO(WORDS), at=NOON)

    with pytest.raises(errors.Unavailable):
        open_blob(blob)
    assert again.key_id != blob.key_id
    assert open_blob(again).read() == WORDS


def test_a_flipped_bit_is_found() -> None:
    blob = put_bytes(io.BytesIO(WORDS), at=NOON)
    raw = bytearray(path_of(blob).read_bytes())
    raw[70_000] ^= 1
    path_of(blob).write_bytes(raw)

    assert not verify_blob(blob)
    with pytest.raises(errors.Unavailable, match="altered"):
        read_range(blob, 65_536, 10_000)


def test_a_cut_file_is_found_at_once() -> None:
    blob = put_bytes(io.BytesIO(WORDS), at=NOON)
    path_of(blob).write_bytes(path_of(blob).read_bytes()[:-100])

    with pytest.raises(errors.Unavailable, match="altered or cut"):
        open_blob(blob)


def test_parts_join_into_one_blob_and_leave_nothing_behind() -> None:
    upload_id = uuid.uuid4()
    for offset in range(0, len(WORDS), 100_000):
        put_part(upload_id, offset, io.BytesIO(WORDS[offset : offset + 100_000]))
    put_part(upload_id, 0, io.BytesIO(b"sent again"))

    blob = join_parts(upload_id, at=NOON)

    assert open_blob(blob).read() == WORDS
    assert not Part.objects.exists()
