"""Sealed identities and words, opened. Pages reach an identity through the verb `open_subject` alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from hotspots.cases.models import Encounter, Subject
from hotspots.keys import actions as keys
from sealing import decrypt_small


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a subject is."""

    name: str = ""
    birth_on: date | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.birth_on or self.words)


def identity_of(subject: Subject) -> Identity:
    """Open the sealed identity of a subject; an empty one where nobody wrote any."""
    if subject.sealed is None:
        return Identity()
    key = keys.open_key(subject.key_id)
    told = json.loads(decrypt_small(key, bytes(subject.sealed), associated=subject.pk.bytes))
    birth = date.fromisoformat(told["birth_on"]) if told["birth_on"] else None
    return Identity(told["name"], birth, told["words"])


def words_of_encounter(encounter: Encounter) -> str:
    """Open the words beside the answers of an encounter."""
    if encounter.sealed is None or encounter.key_id is None:
        return ""
    return decrypt_small(
        keys.open_key(encounter.key_id), bytes(encounter.sealed), associated=encounter.pk.bytes
    ).decode()
