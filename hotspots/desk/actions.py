"""The one verb of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.rules import Role


@dataclass(frozen=True, slots=True)
class VerificationFacts:
    """What the verification of the whole chain found."""

    entries_count: int
    head: bytes
    first_bad_seq: int | None

    LOGGED: ClassVar[tuple[str, ...]] = ("entries_count", "head", "first_bad_seq")


@action("desk.record_verification", roles=[Role.AUDITOR])
def record_verification(*, by: Actor, facts: VerificationFacts) -> None:
    """Record that the whole log was verified, and what was found."""
