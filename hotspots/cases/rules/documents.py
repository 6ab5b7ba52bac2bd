"""What a document of a case must say: its number, and whose it is.

Source: PC 853.6 (a notice to appear names the offense, the time and the place of the appearance); domain.md, cases.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection

from hotspots import errors

DOCUMENT_NUMBER_LIMIT = 40
REASON_LIMIT = 300
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]*")


def document_number_of(written: str) -> str:
    """Give a document number as it is kept: capital letters, single spaces."""
    number = " ".join(written.upper().split())
    if not number:
        raise errors.RuleBroken("cases.document_number", "Write the number on the document.", field="document_number")
    if len(number) > DOCUMENT_NUMBER_LIMIT or not _NUMBER.fullmatch(number):
        sentence = "A document number has letters, digits, dashes, dots and slashes, 40 at the most."
        raise errors.RuleBroken("cases.document_number", sentence, field="document_number")
    return number


def check_number_is_free(number: str, *, is_taken: bool, is_seen: bool = True, noun: str) -> None:
    """Refuse a document number that the agency has used already; say where only to who sees that record."""
    if is_taken:
        sentence = f"This agency has {noun} {number} already. Check the number, or correct that record."
        sentence = sentence if is_seen else "This number cannot be used here."
        raise errors.RuleBroken("cases.document_number_once", sentence, field="document_number")


def check_reason(words: str) -> str:
    """Give the reason of a correction, or refuse an empty one."""
    reason = " ".join(words.split())
    if not reason:
        raise errors.RuleBroken("cases.reason", "Say why. The reason is kept in the history.", field="reason")
    if len(reason) > REASON_LIMIT:
        raise errors.RuleBroken("cases.reason", f"Say it in {REASON_LIMIT} characters.", field="reason")
    return reason


def check_place(words: str) -> str:
    """Give the place in words, or refuse none."""
    place = " ".join(words.split())
    if not place:
        raise errors.RuleBroken("cases.place", "Say where, in words.", field="place_words")
    return place


def check_takes_part(credited: uuid.UUID, agencies: Collection[uuid.UUID], *, name: str) -> None:
    """Refuse to credit an agency with what was done in an operation it took no part in."""
    if credited not in agencies:
        refusal = f"{name} takes no part in this operation."
        sentence = f"{refusal} Choose an agency that does, or record it outside of the operation."
        raise errors.RuleBroken("cases.takes_part", sentence, field="credited")


def check_may_void(*, has_open_matter: bool, noun: str) -> None:
    """Refuse to void what a matter stands on."""
    if has_open_matter:
        sentence = (
            f"A matter stands on this {noun}. It is declined, or its charges are dismissed, before the {noun} is void."
        )
        raise errors.RuleBroken("cases.void_matter", sentence)


def check_matter_may_void(*, charge: str, hearing: str, is_declined: bool, is_prosecutor: bool) -> None:
    """Refuse to void a matter in which something stands, and say what goes first; a decision is the prosecutor's."""
    if charge:
        sentence = f"{charge} stands in this matter. Void its charges first."
        raise errors.RuleBroken("cases.void_charges", sentence)
    if hearing:
        sentence = f"{hearing} stands in this matter. Record its outcome as vacated first."
        raise errors.RuleBroken("cases.void_hearings", sentence)
    if is_declined and not is_prosecutor:
        raise errors.RuleBroken("cases.void_declined", "A prosecutor alone voids a matter that was declined.")


def check_encounter_may_void(resting: str) -> None:
    """Refuse to void an encounter on which a record rests."""
    if resting:
        sentence = f"{resting} rests on this encounter. Void that record first, or correct it."
        raise errors.RuleBroken("cases.void_encounter", sentence)


def check_encounter_stands(*, is_void: bool) -> None:
    """Refuse to let a record rest on an encounter that is void."""
    if is_void:
        sentence = "This encounter is void. Choose another, or record it again."
        raise errors.RuleBroken("cases.encounter_void", sentence, field="encounter")


def check_codes(codes: Collection[str]) -> None:
    """Refuse a record without a statute, and the same statute twice."""
    if not codes:
        raise errors.RuleBroken("cases.statutes", "Choose a statute.", field="statute")
    if len(set(codes)) < len(codes):
        raise errors.RuleBroken("cases.statutes_once", "The same statute stands twice.", field="statute")
