"""Keys are wrapped, bound to their rows, and destroyed for good."""

from __future__ import annotations

import hmac

import pytest

from hotspots import errors
from hotspots.keys.actions import INDEX_VERSION, _derived, destroy_key, index_digest, make_key, open_key, open_keys
from hotspots.keys.models import DataKey
from sealing import pae
from tests.build import NOON

pytestmark = pytest.mark.django_db


def test_a_key_opens_to_what_was_made() -> None:
    key_id, key = make_key("blob")

    assert open_key(key_id) == key
    assert key not in bytes(DataKey.objects.get(pk=key_id).wrapped)


def test_a_wrapped_key_moved_to_another_row_does_not_open() -> None:
    first, _key = make_key("blob")
    second, _key = make_key("blob")
    DataKey.objects.filter(pk=second).update(wrapped=DataKey.objects.get(pk=first).wrapped)

    with pytest.raises(errors.Unavailable, match="master key"):
        open_key(second)


def test_a_destroyed_key_is_gone() -> None:
    key_id, _key = make_key("blob")

    assert destroy_key(key_id, at=NOON)
    assert not destroy_key(key_id, at=NOON)

    with pytest.raises(errors.Unavailable, match="deleted"):
        open_key(key_id)
    assert open_keys([key_id]) == {}


def test_a_digest_depends_on_its_purpose() -> None:
    assert index_digest("number", "+12095550104") == index_digest("number", "+12095550104")
    assert index_digest("number", "+12095550104") != index_digest("last_four", "+12095550104")


def test_a_digest_is_hmac_of_the_purpose_and_the_value() -> None:
    key = _derived(b"index")

    told = pae(b"index", INDEX_VERSION, b"number", b"+12095550104")

    assert index_digest("number", "+12095550104") == hmac.digest(key, told, "sha256")
