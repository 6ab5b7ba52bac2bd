"""Whom a message is from: one key for the many ways in which an address is written."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers

_NO_NUMBERS = ("", "-1", "-2", "-3", "null")
_NO_NAMES = ("unknown", "private", "anonymous", "restricted", "withheld", "unavailable", "blocked")
_WITHHELD_WORDS = frozenset(_NO_NUMBERS + _NO_NAMES)
_OWN_TOKEN = "insert-address-token"
_EMAIL = re.compile(r"[^@\s~,;:<>]+@[^@\s~,;:<>]+\.[^@\s~,;:<>]+")
_GROUP_DOMAIN = "@rcs.google.com"
_SHORT_CODE = re.compile(r"[0-9]{3,6}")
_DIALED = re.compile(r"\+?[0-9\s().\-/\u2010-\u2015\u00a0]+(?:(?:;?ext[.=]?|x|#)\s*[0-9]{1,6})?", re.IGNORECASE)
_WRITTEN_AS_KEY = re.compile(r"\+1[2-9][0-9]{9}")
_NAME = re.compile(r"[^~@]{1,40}")


class AddressKind(StrEnum):
    """What sort of sender an address is; only a phone or an e-mail can be a contact point."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    EMAIL = "email"
    WITHHELD = "withheld"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Address:
    """An address under its key: E.164 for a phone, otherwise text under a prefix of its kind."""

    kind: AddressKind
    key: str
    is_valid: bool

    @property
    def is_contact_point(self) -> bool:
        """Tell whether somebody can be reached under this address, so that it can answer an ad."""
        return self.kind in (AddressKind.PHONE, AddressKind.EMAIL)


def is_withheld(raw: str) -> bool:
    """Tell whether an address names nobody.

    Source: intake.md 1.1 (restricted: empty, -1 or -2; missing is the string "null"; insert-address-token means the
    phone itself) and Android's CallerInfo (-3 is a pay phone).
    """
    word = _shown(raw).lower()
    return word in _WITHHELD_WORDS or word == _OWN_TOKEN


@lru_cache(maxsize=32_768)
def normalize_address(raw: str, default_region: str = "US") -> Address:
    """Find the key under which an address is counted; the caller keeps what was written.

    Source: intake.md 1.12: `is_possible` decides the key and `is_valid` is only a flag; impossible strings get a
    `raw:` key; short codes of three to six digits and alphanumeric senders are classes of their own and never contact
    points.
    """
    shown = _shown(raw)
    if is_withheld(shown):
        return Address(AddressKind.WITHHELD, "me" if shown.lower() == _OWN_TOKEN else "withheld:", False)
    shown = shown[4:] if shown.lower().startswith("tel:") else shown
    if _SHORT_CODE.fullmatch(shown):
        return Address(AddressKind.SHORT_CODE, f"short:{shown}", False)
    if "@" in shown:
        return _email(shown)
    if _DIALED.fullmatch(shown):
        return _phone(shown, default_region)
    if any(c.isalpha() for c in shown) and _NAME.fullmatch(shown):
        return Address(AddressKind.ALPHANUMERIC, f"name:{shown.casefold()}", False)
    return _raw(shown)


def contact_key_of(raw: str) -> str | None:
    """Find the key of an address that somebody can be reached under, None for any other: for counting many.

    A North American number in international form is its own key, for ten digits are possible whatever they are.
    """
    if _WRITTEN_AS_KEY.fullmatch(raw):
        return raw
    address = normalize_address(raw)
    return address.key if address.is_contact_point else None


def _shown(raw: str) -> str:
    """Leave out what cannot be seen: controls, zero-width characters and marks of direction."""
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    return "".join(c for c in raw if unicodedata.category(c) not in ("Cf", "Cc")).strip()


def _email(shown: str) -> Address:
    """Key an e-mail address; a group's address in RCS has the shape of one and names no person."""
    key = shown.lower()
    if _EMAIL.fullmatch(key) and not key.endswith(_GROUP_DOMAIN):
        return Address(AddressKind.EMAIL, key, True)
    return _raw(shown)


def _phone(shown: str, default_region: str) -> Address:
    """Key a telephone number by E.164 when its length is possible."""
    try:
        number = phonenumbers.parse(shown, default_region)
    except phonenumbers.NumberParseException:
        return _raw(shown)
    if not phonenumbers.is_possible_number(number):
        return _raw(shown)
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Address(AddressKind.PHONE, key, phonenumbers.is_valid_number(number))


def _raw(shown: str) -> Address:
    """Keep a string that is no address that we know under itself."""
    return Address(AddressKind.RAW, f"raw:{shown}", False)
