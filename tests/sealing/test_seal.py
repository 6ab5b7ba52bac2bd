"""Sealed blobs: what goes in comes out, any part of it too, and nothing else ever does."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import (
    NotSealed,
    SealBroken,
    SealDamaged,
    SealedReader,
    Sealer,
    WrongKeyOrPlace,
    ctx,
    open_sealed,
    pae,
    seal,
    seal_stream,
    sealed_size,
)
from sealing.seal import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES

VECTORS = json.loads((Path(__file__).parent / "vectors" / "wall1-vectors.json").read_text(encoding="utf-8"))
KEY = bytes(range(32))
PLACE = b"a place"
STEP = CHUNK_BYTES + TAG_BYTES
BORDERS = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]


def text_of(size: int) -> bytes:
    """Make bytes that differ from chunk to chunk."""
    return b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(size // 32 + 1))[:size]


def test_a_list_of_parts_is_encoded_as_in_the_vectors() -> None:
    assert pae(b"a", b"", 5).hex() == VECTORS["pae"]


@pytest.mark.parametrize("content", [b"", b"\x01"])
def test_a_blob_is_byte_for_byte_that_of_the_vectors(content: bytes) -> None:
    vector = next(v for v in VECTORS["syms"] if v["n"] == len(content))
    assert hashlib.sha256(content).hexdigest() == vector["pt"]

    sealer = Sealer(bytes.fromhex(vector["key"]), bytes.fromhex(vector["ctx"]), salt=bytes.fromhex(vector["salt"]))
    blob = sealer.header + sealer.update(content) + sealer.finish()

    assert hashlib.sha256(blob).hexdigest() == vector["blob_sha"]


@pytest.mark.parametrize("size", BORDERS)
def test_what_is_sealed_opens_again(size: int) -> None:
    blob = seal(KEY, PLACE, text_of(size))

    assert open_sealed(KEY, PLACE, blob) == text_of(size)
    assert len(blob) == sealed_size(size)


@given(st.binary(max_size=200), st.lists(st.integers(0, 2 * CHUNK_BYTES), max_size=5))
def test_pieces_of_any_size_make_the_same_blob(start: bytes, sizes: list[int]) -> None:
    pieces = [start, *(text_of(size) for size in sizes)]
    salt = bytes(32)
    whole, streamed = Sealer(KEY, PLACE, salt=salt), Sealer(KEY, PLACE, salt=salt)

    in_one = whole.update(b"".join(pieces)) + whole.finish()
    in_pieces = b"".join(streamed.update(piece) for piece in pieces) + streamed.finish()

    assert in_pieces == in_one


def test_a_stream_is_sealed_and_seen_as_it_passes() -> None:
    digest, out = hashlib.sha256(), io.BytesIO()

    size = seal_stream(KEY, PLACE, io.BytesIO(text_of(3_000_000)), out, on_chunk=digest.update)

    assert size == 3_000_000
    assert digest.digest() == hashlib.sha256(text_of(3_000_000)).digest()
    assert open_sealed(KEY, PLACE, out.getvalue()) == text_of(3_000_000)


@given(st.sampled_from(BORDERS), st.data())
def test_a_range_is_the_slice_of_the_plaintext(size: int, data: st.DataObject) -> None:
    plain = text_of(size)
    reader = SealedReader(io.BytesIO(seal(KEY, PLACE, plain)), KEY, PLACE)
    offset = data.draw(st.integers(0, size))
    length = data.draw(st.integers(0, size - offset))

    assert reader.range(offset, length) == plain[offset : offset + length]


def test_a_range_beyond_the_end_is_a_mistake_of_the_caller() -> None:
    reader = SealedReader(io.BytesIO(seal(KEY, PLACE, b"four")), KEY, PLACE)

    for offset, length in [(0, 5), (-1, 1), (4, 1), (0, -1)]:
        with pytest.raises(ValueError):
            reader.range(offset, length)


def test_a_range_opens_only_the_chunks_it_touches() -> None:
    blob = bytearray(seal(KEY, PLACE, text_of(4 * CHUNK_BYTES)))
    blob[HEADER_BYTES] ^= 1

    reader = SealedReader(io.BytesIO(bytes(blob)), KEY, PLACE)

    assert reader.range(CHUNK_BYTES, 10) == text_of(CHUNK_BYTES + 10)[-10:]
    with pytest.raises(SealDamaged, match="Chunk 0 of 4"):
        reader.range(0, 1)


@given(st.sampled_from(BORDERS), st.lists(st.integers(0, 3 * CHUNK_BYTES + 50), max_size=6))
def test_the_reader_is_a_file_like_any_other(size: int, places: list[int]) -> None:
    plain = text_of(size)
    ours, plainly = SealedReader(io.BytesIO(seal(KEY, PLACE, plain)), KEY, PLACE), io.BytesIO(plain)

    for place in places:
        assert ours.seek(place) == plainly.seek(place)
        assert ours.read(1_000) == plainly.read(1_000)
        assert ours.tell() == plainly.tell()
    assert ours.seek(-min(5, size), io.SEEK_END) == plainly.seek(-min(5, size), io.SEEK_END)
    assert ours.read() == plainly.read()
    assert io.BufferedReader(SealedReader(io.BytesIO(seal(KEY, PLACE, plain)), KEY, PLACE)).read() == plain


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES + 1])
@given(data=st.data())
def test_any_flipped_bit_is_found(size: int, data: st.DataObject) -> None:
    blob = bytearray(seal(KEY, PLACE, text_of(size)))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealBroken):
        open_sealed(KEY, PLACE, bytes(blob))


@given(st.sampled_from(BORDERS), st.data())
def test_a_blob_cut_anywhere_is_found_when_it_is_opened(size: int, data: st.DataObject) -> None:
    blob = seal(KEY, PLACE, text_of(size))
    end = data.draw(
        st.integers(0, len(blob) - 1) | st.sampled_from([HEADER_BYTES, min(HEADER_BYTES + STEP, len(blob) - 1)])
    )

    with pytest.raises(SealBroken):
        SealedReader(io.BytesIO(blob[:end]), KEY, PLACE)


@given(st.sampled_from(BORDERS), st.integers(1, STEP + 1))
def test_bytes_added_at_the_end_are_found(size: int, more: int) -> None:
    with pytest.raises(SealBroken):
        SealedReader(io.BytesIO(seal(KEY, PLACE, text_of(size)) + bytes(more)), KEY, PLACE)


def test_chunks_in_another_order_or_left_out_are_found() -> None:
    blob = seal(KEY, PLACE, text_of(3 * CHUNK_BYTES))
    header, chunks = blob[:HEADER_BYTES], [blob[HEADER_BYTES + n * STEP :][:STEP] for n in range(3)]

    for order in [(1, 0, 2), (0, 0, 2), (0, 2), (0, 1), (0, 1, 1)]:
        with pytest.raises(SealDamaged):
            open_sealed(KEY, PLACE, header + b"".join(chunks[n] for n in order))


def test_another_key_another_place_and_another_format_are_told_apart() -> None:
    blob = seal(KEY, PLACE, b"text")

    with pytest.raises(WrongKeyOrPlace):
        open_sealed(bytes(32), PLACE, blob)
    with pytest.raises(WrongKeyOrPlace):
        open_sealed(KEY, b"another place", blob)
    with pytest.raises(NotSealed):
        open_sealed(KEY, PLACE, b"\x02" + blob[1:])
    with pytest.raises(NotSealed):
        open_sealed(KEY, PLACE, b"")


def test_two_seals_of_one_text_share_no_byte_of_salt_or_chunk() -> None:
    first, second = seal(KEY, PLACE, b"text"), seal(KEY, PLACE, b"text")

    assert first[1:33] != second[1:33]
    assert first[HEADER_BYTES:] != second[HEADER_BYTES:]


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_no_two_contexts_are_the_same_bytes(first: list[bytes], second: list[bytes]) -> None:
    assert (ctx(b"label", *first) == ctx(b"label", *second)) == (first == second)


def test_a_finished_blob_takes_no_more() -> None:
    sealer = Sealer(KEY, PLACE)
    sealer.finish()

    with pytest.raises(ValueError):
        sealer.update(b"more")
    with pytest.raises(ValueError):
        sealer.finish()
