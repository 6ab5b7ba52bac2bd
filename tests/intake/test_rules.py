"""Places, addresses, duplicates and references."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.intake.rules import (
    Address,
    AddressKind,
    duplicate_key_parts,
    is_withheld,
    normalize_address,
    place_id,
    reference_of,
)
from hotspots.intake.rules.addresses import contact_key_of

PLACES = st.tuples(st.integers(0, 4_095), st.integers(0, (1 << 30) - 1))


@given(st.binary(min_size=32, max_size=32), PLACES, PLACES)
def test_the_ids_of_a_file_sort_in_reading_order(
    sha256: bytes, first: tuple[int, int], second: tuple[int, int]
) -> None:
    assert (place_id(sha256, *first) < place_id(sha256, *second)) == (first < second)
    assert (place_id(sha256, *first) == place_id(sha256, *second)) == (first == second)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32), PLACES, PLACES)
def test_the_ids_of_two_files_lie_apart(a: bytes, b: bytes, first: tuple[int, int], second: tuple[int, int]) -> None:
    if a[:10] != b[:10]:
        assert (place_id(a, *first) < place_id(b, *second)) == (a < b)


def test_a_place_is_a_uuid_of_version_8() -> None:
    made = place_id(bytes.fromhex("00112233445566778899") + bytes(22), 3, 7)

    assert made.version == 8
    assert made.variant == uuid.RFC_4122
    assert str(made).startswith("00112233-4455-8667")


def test_a_place_that_does_not_fit_is_refused() -> None:
    for sha256, member, ordinal in [(b"", 0, 0), (bytes(32), 4_096, 0), (bytes(32), 0, 1 << 30), (bytes(32), -1, 0)]:
        with pytest.raises(ValueError):
            place_id(sha256, member, ordinal)


@pytest.mark.parametrize(
    ("raw", "kind", "key"),
    [
        ("+15550000001", AddressKind.PHONE, "+15550000001"),
        ("773-338-7786", AddressKind.PHONE, "+17733387786"),
        ("(303) 555-0148", AddressKind.PHONE, "+13035550148"),
        ("1 303 555 0148", AddressKind.PHONE, "+13035550148"),
        ("+49 30 901820", AddressKind.PHONE, "+4930901820"),
        ("\u202a+1\u200b555\u00a0000 0001\u202c", AddressKind.PHONE, "+15550000001"),
        ("tel:+13035550148", AddressKind.PHONE, "+13035550148"),
        ("303-555-0148 ext. 5", AddressKind.PHONE, "+13035550148"),
        ("Someone@Example.org", AddressKind.EMAIL, "someone@example.org"),
        ("group_8@rcs.google.com", AddressKind.RAW, "raw:group_8@rcs.google.com"),
        ("72345", AddressKind.SHORT_CODE, "short:72345"),
        ("911", AddressKind.SHORT_CODE, "short:911"),
        ("262966", AddressKind.SHORT_CODE, "short:262966"),
        ("Google", AddressKind.ALPHANUMERIC, "name:google"),
        ("1800FLOWERS", AddressKind.ALPHANUMERIC, "name:1800flowers"),
        ("", AddressKind.WITHHELD, "withheld:"),
        (" ", AddressKind.WITHHELD, "withheld:"),
        ("-1", AddressKind.WITHHELD, "withheld:"),
        ("-2", AddressKind.WITHHELD, "withheld:"),
        ("null", AddressKind.WITHHELD, "withheld:"),
        ("\u202a\u202c", AddressKind.WITHHELD, "withheld:"),
        ("insert-address-token", AddressKind.WITHHELD, "me"),
        ("+15550000001~+15550000002", AddressKind.RAW, "raw:+15550000001~+15550000002"),
        ("+1", AddressKind.RAW, "raw:+1"),
        ("12", AddressKind.RAW, "raw:12"),
        ("+999999999999999999999", AddressKind.RAW, "raw:+999999999999999999999"),
    ],
)
def test_an_address_is_counted_under_its_key(raw: str, kind: AddressKind, key: str) -> None:
    found = normalize_address(raw)

    assert (found.kind, found.key) == (kind, key)
    assert is_withheld(raw) == (kind is AddressKind.WITHHELD)
    assert found.is_contact_point == (kind in (AddressKind.PHONE, AddressKind.EMAIL))


def test_a_possible_number_has_a_key_though_it_is_not_valid() -> None:
    assert normalize_address("+15550000001") == Address(AddressKind.PHONE, "+15550000001", False)
    assert normalize_address("+13032345678").is_valid


@given(st.from_regex(r"\+[01][0-9]{9,10}", fullmatch=True) | st.text(max_size=12))
def test_the_key_of_a_contact_is_that_of_its_address(raw: str) -> None:
    address = normalize_address(raw)

    assert contact_key_of(raw) == (address.key if address.is_contact_point else None)


@given(st.text(max_size=30))
def test_every_string_has_a_kind(raw: str) -> None:
    assert normalize_address(raw).key


PARTS = st.fixed_dictionaries(
    {
        "own_phone": st.text(max_size=3),
        "address": st.text(max_size=3),
        "sent_at_ms": st.none() | st.integers(0, 20),
        "direction": st.sampled_from(["inbound", "outbound"]),
        "body": st.text(max_size=3),
        "m_id": st.text(max_size=3),
    }
)


@given(PARTS, PARTS)
def test_only_equal_events_have_equal_parts(first: dict[str, object], second: dict[str, object]) -> None:
    assert (duplicate_key_parts(**first) == duplicate_key_parts(**second)) == (first == second)  # type: ignore[arg-type]


@given(st.uuids())
def test_a_reference_is_a_letter_and_six_characters_that_nobody_confuses(id: uuid.UUID) -> None:
    assert re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{6}", reference_of("R", id))
    assert reference_of("R", id) == reference_of("R", id)


def test_references_of_neighbors_are_far_apart() -> None:
    first, second = (reference_of("R", uuid.UUID(int=n)) for n in (1, 2))

    assert sum(a != b for a, b in zip(first, second, strict=True)) > 2


def test_a_reference_needs_a_capital_letter() -> None:
    for prefix in ("", "r", "R-", "LONG"):
        with pytest.raises(ValueError):
            reference_of(prefix, uuid.UUID(int=1))
