"""Small values: bound to their key, their record and their header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import NotSealed, SealBroken, SealDamaged, decrypt_small, encrypt_small, key_id_of

KEY, KEY_ID = bytes(range(32)), bytes(range(16))


@given(st.binary(max_size=500), st.binary(max_size=40))
def test_a_value_opens_in_its_place(plaintext: bytes, associated: bytes) -> None:
    value = encrypt_small(KEY, KEY_ID, plaintext, associated=associated)

    assert decrypt_small(KEY, value, associated=associated) == plaintext
    assert key_id_of(value) == KEY_ID


def test_the_header_is_format_and_key_id() -> None:
    value = encrypt_small(KEY, KEY_ID, b"text", associated=b"")

    assert value[:17] == b"\x01" + KEY_ID
    assert len(value) == 1 + 16 + 12 + 4 + 16


def test_no_nonce_is_used_twice() -> None:
    values = {encrypt_small(KEY, KEY_ID, b"text", associated=b"")[17:29] for _ in range(1_000)}

    assert len(values) == 1_000


@given(st.integers(0, (1 + 16 + 12 + 4 + 16) * 8 - 1))
def test_any_flipped_bit_of_a_value_is_found(bit: int) -> None:
    value = bytearray(encrypt_small(KEY, KEY_ID, b"text", associated=b"record"))
    value[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealBroken):
        decrypt_small(KEY, bytes(value), associated=b"record")


def test_another_key_or_record_does_not_open_a_value() -> None:
    value = encrypt_small(KEY, KEY_ID, b"text", associated=b"record")

    with pytest.raises(SealDamaged):
        decrypt_small(bytes(32), value, associated=b"record")
    with pytest.raises(SealDamaged):
        decrypt_small(KEY, value, associated=b"another")


def test_bytes_of_another_format_are_not_a_value() -> None:
    value = encrypt_small(KEY, KEY_ID, b"", associated=b"")

    for other in (b"", value[:-1], b"\x02" + value[1:]):
        with pytest.raises(NotSealed):
            key_id_of(other)
    with pytest.raises(ValueError):
        encrypt_small(KEY[:16], KEY_ID, b"", associated=b"")
