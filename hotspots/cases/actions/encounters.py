"""Record that an officer met a person, with the questions of PC 236.2 where they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.models import Organization
from hotspots.cases.actions.setting import (
    RECORDERS,
    Officer,
    campaign_of,
    check_operation,
    new_identity,
    night_of,
    officer_of,
    owner_id_of,
)
from hotspots.cases.models import Encounter, Subject
from hotspots.cases.rules.dates import check_not_in_future
from hotspots.cases.rules.documents import check_place
from hotspots.cases.rules.kinds import AdvocateOffer, Answer, ChargeState, EncounterBasis, RecordState, TreatedAs
from hotspots.cases.rules.people import check_not_a_subject
from hotspots.cases.rules.questions import QUESTION_KEYS, check_all_or_none
from hotspots.keys import actions as keys
from hotspots.operations.models import Campaign, Operation
from sealing import encrypt_small


@dataclass(frozen=True, slots=True)
class EncounterFacts:
    """Where, when and on what basis an officer met a person, the answers, and what was offered."""

    occurred_at: datetime
    place_words: str
    basis: EncounterBasis
    answers: Mapping[str, Answer] = field(default_factory=dict)
    words: str = ""
    rights_explained: Answer = Answer.UNKNOWN
    advocate: AdvocateOffer = AdvocateOffer.UNKNOWN
    treated_as: TreatedAs = TreatedAs.UNDECIDED
    officer: Officer = field(default_factory=Officer)
    subject: Subject | None = None

    LOGGED: ClassVar = ("occurred_at", "basis", "rights_explained")


@action("cases.record_encounter", roles=RECORDERS, subject="credited")
def record_encounter(
    *,
    by: Actor,
    credited: Organization,
    facts: EncounterFacts,
    campaign: Campaign | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Encounter:
    """Record that an officer met a person; the words beside the answers are sealed."""
    check_operation(credited, operation)
    check_not_in_future(facts.occurred_at, clock(), field="occurred_at")
    check_all_or_none(facts.answers)
    check_not_a_subject(facts.treated_as, is_subject=_stands_as_subject(facts.subject))
    encounter = Encounter(
        **new_identity("E"),
        **officer_of(facts.officer, by, credited),
        **{key: facts.answers.get(key, "") for key in QUESTION_KEYS},
        campaign=campaign_of(campaign, operation),
        operation=operation,
        owner_id=owner_id_of(by, credited),
        credited=credited,
        night_on=night_of(facts.occurred_at, operation),
        subject=facts.subject,
        occurred_at=facts.occurred_at,
        place_words=check_place(facts.place_words),
        basis=facts.basis,
        rights_explained=facts.rights_explained,
        advocate=facts.advocate,
        treated_as=facts.treated_as,
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    _seal_words(encounter, facts.words.strip())
    encounter.save(force_insert=True)
    return encounter


def _seal_words(encounter: Encounter, words: str) -> None:
    if words:
        encounter.key_id, key = keys.make_key("encounter")
        encounter.sealed = encrypt_small(key, encounter.key_id.bytes, words.encode(), associated=encounter.pk.bytes)


def _stands_as_subject(subject: Subject | None) -> bool:
    if subject is None:
        return False
    return (
        subject.citations.filter(state=RecordState.RECORDED).exists()
        or subject.arrests.filter(state=RecordState.RECORDED).exists()
        or subject.charges.filter(state=ChargeState.FILED).exists()
    )
