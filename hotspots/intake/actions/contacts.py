"""The contact points of one import: found by their keyed digests, or made with a key of their own.

Raw keys are kept, not cipher objects: 21,656 of those took 50 MB.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import uuid_utils
from django.db import IntegrityError, transaction

from hotspots.intake.actions.bulk import CONTACT_POINTS, DATA_KEYS, Forms, known_contacts
from hotspots.intake.queries.answers import contact_digest, last_four_digest
from hotspots.intake.rules import Address, AddressKind, normalize_address
from hotspots.intake.rules.states import ContactKind
from hotspots.keys import actions as keys
from sealing import encrypt_small

KEY_PURPOSE = "contact"
_PHONE, _EMAIL = ContactKind.PHONE.value, ContactKind.EMAIL.value
_last_four = functools.lru_cache(maxsize=10_000)(last_four_digest)
_PLAIN_US_NUMBER = re.compile(r"\+1[2-9][0-9]{9}")


def address_of(raw: str) -> Address:
    """Find the key of an address; a plain American number is its own (a test compares): that saves 100 microseconds."""
    if _PLAIN_US_NUMBER.fullmatch(raw):
        return Address(AddressKind.PHONE, raw, True)
    return normalize_address(raw)


class Contact(NamedTuple):
    """A contact point as the encoder needs it; `id` in the form of the database."""

    id: Any
    key: bytes
    key_id: bytes
    digest: bytes


class NewContact(NamedTuple):
    """The rows of a contact point that is not written yet."""

    key_row: tuple[Any, ...]
    contact_row: tuple[Any, ...]


def _id_of(contact: Contact | None) -> Any:
    return contact.id if contact else None


def _insert(new: dict[bytes, NewContact]) -> None:
    DATA_KEYS.insert([one.key_row for one in new.values()])
    CONTACT_POINTS.insert([one.contact_row for one in new.values()])


class Contacts:
    """The contact points met so far, by the address as it was written."""

    def __init__(self, own_address: str, forms: Forms) -> None:
        self.by_written: dict[str, Contact | None] = {}
        self._own_address = own_address
        self._forms = forms
        self._by_digest: dict[bytes, Contact | None] = {}
        self._new: dict[bytes, NewContact] = {}

    def meet(self, written: Iterable[str]) -> None:
        """Find or make the contact points behind addresses; what can answer nothing is remembered as none."""
        wanted: dict[bytes, Address] = {}
        digests: dict[str, bytes] = {}
        for raw in written:
            address = address_of(raw)
            if not address.is_contact_point or address.key == self._own_address:
                self.by_written[raw] = None
                continue
            digest = digests[raw] = contact_digest(address.key)
            if digest not in self._by_digest:
                wanted[digest] = address
        self._load(list(wanted))
        self._make({digest: address for digest, address in wanted.items() if digest not in self._by_digest})
        self.by_written.update((raw, self._by_digest[digest]) for raw, digest in digests.items())

    def write_new(self) -> bool:
        """Write the new ones; answer whether another import was first with one, so that rows must be encoded again."""
        if not self._new:
            return False
        mine, self._new = self._new, {}
        try:
            with transaction.atomic():
                _insert(mine)
        except IntegrityError:
            self._give_way(mine)
            return True
        return False

    def _give_way(self, mine: dict[bytes, NewContact]) -> None:
        """Write those that nobody else has written meanwhile, and take the others as they are."""
        self._load(list(mine))
        lost = {digest for digest, new in mine.items() if _id_of(self._by_digest[digest]) != new.contact_row[0]}
        _insert({digest: new for digest, new in mine.items() if digest not in lost})
        for raw, contact in self.by_written.items():
            if contact is not None and contact.digest in lost:
                self.by_written[raw] = self._by_digest[contact.digest]

    def _load(self, digests: list[bytes]) -> None:
        found = known_contacts(digests)
        opened = keys.open_keys(self._forms.uuid_of(key_id) for _pk, key_id in found.values())
        for digest, (pk, key_form) in found.items():
            key_id = self._forms.uuid_of(key_form)
            # A number whose key was destroyed and that is met again is no contact point any more.
            known = key_id in opened
            self._by_digest[digest] = Contact(pk, opened[key_id], key_id.bytes, digest) if known else None

    def _make(self, wanted: dict[bytes, Address]) -> None:
        id_of, bytes_of = self._forms.id_of, self._forms.bytes_of
        made = keys.new_keys(len(wanted))
        for (digest, address), (key_id, wrapped, key) in zip(wanted.items(), made, strict=True):
            pk = uuid_utils.uuid7().bytes
            contact = self._by_digest[digest] = Contact(id_of(pk), key, key_id, digest)
            is_phone = address.kind is AddressKind.PHONE
            key_form = id_of(key_id)
            self._new[digest] = NewContact(
                (key_form, KEY_PURPOSE, bytes_of(wrapped)),
                (
                    contact.id,
                    _PHONE if is_phone else _EMAIL,
                    bytes_of(digest),
                    bytes_of(_last_four(address.key[-4:])) if is_phone else None,
                    bytes_of(encrypt_small(key, key_id, address.key.encode(), associated=pk)),
                    key_form,
                ),
            )
