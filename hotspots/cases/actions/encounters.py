"""Record that an officer met a person, with the questions of PC 236.2 where they are asked; correct it, void it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Organization
from hotspots.cases.actions.setting import (
    RECORDERS,
    Officer,
    campaign_of,
    check_operation,
    hold,
    new_identity,
    night_of,
    officer_of,
    owner_id_of,
)
from hotspots.cases.actions.stops import has_asked_before, linked
from hotspots.cases.models import Arrest, Charge, Citation, Encounter, Statute, Subject
from hotspots.cases.rules.dates import check_not_in_future, local_day
from hotspots.cases.rules.documents import check_encounter_may_void, check_place, check_reason
from hotspots.cases.rules.kinds import AdvocateOffer, Answer, ChargeState, EncounterBasis, RecordState, TreatedAs
from hotspots.cases.rules.people import check_not_a_subject, check_questions_asked
from hotspots.cases.rules.questions import QUESTION_KEYS, check_all_or_none
from hotspots.cases.rules.states import ENCOUNTER_TRANSITIONS, next_state
from hotspots.keys import actions as keys
from hotspots.operations.models import Campaign, Operation
from hotspots.web.county import county_zone
from sealing import encrypt_small

PLAIN_FIELDS = ("occurred_at", "basis", "rights_explained", "advocate", "treated_as")


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


@dataclass(frozen=True, slots=True)
class EncounterCorrection:
    """What an encounter should have said, and why it is corrected; the sealed words stay as they were written."""

    reason: str
    encounter: EncounterFacts


@dataclass(frozen=True, slots=True)
class VoidEncounterFacts:
    """Why an encounter does not stand."""

    reason: str


@action("cases.record_encounter", roles=RECORDERS, subject="credited", changes=["operation"])
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
    check_not_a_subject(facts.treated_as, is_subject=_stands_as_subject(hold(facts.subject)))
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


@action("cases.correct_encounter", roles=RECORDERS, subject="encounter", changes=["encounter"])
def correct_encounter(
    *, by: Actor, encounter: Encounter, facts: EncounterCorrection, clock: Clock = system_clock
) -> Encounter:
    """Correct what an encounter says, with a reason; what stands on it must still stand."""
    reason, said = check_reason(facts.reason), facts.encounter
    next_state(ENCOUNTER_TRANSITIONS, RecordState(encounter.state), "correct_encounter")
    check_not_in_future(said.occurred_at, clock(), field="occurred_at")
    check_all_or_none(said.answers)
    encounter.operation = hold(encounter.operation)
    before, known = _described(encounter), encounter.subject
    _fill(by, encounter, said)
    after = _described(encounter)
    changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changed:
        raise errors.RuleBroken("cases.nothing_changed", _("Nothing was changed."))
    encounter.save()
    # Read after the save: a refusal rolls it back.
    people = {one.pk: one for one in (known, said.subject, *_persons_of(encounter)) if one is not None}
    for pk in sorted(people):
        _check_still_stands(encounter, hold(people[pk]))
    note_change(encounter, encounter.owner.history_key_id, reason=(None, reason), **changed)
    return encounter


@action("cases.void_encounter", roles=RECORDERS, subject="encounter", changes=["encounter"])
def void_encounter(
    *, by: Actor, encounter: Encounter, facts: VoidEncounterFacts, clock: Clock = system_clock
) -> Encounter:
    """Let an encounter that was entered in error stand no more; it stays in the record, and nothing may rest on it."""
    reason = check_reason(facts.reason)
    state = next_state(ENCOUNTER_TRANSITIONS, RecordState(encounter.state), "void_encounter")
    check_encounter_may_void(_resting_on(by, encounter))
    note_change(
        encounter, encounter.owner.history_key_id, state=(str(encounter.state), str(state)), reason=(None, reason)
    )
    encounter.state, encounter.voided_on = state, local_day(clock(), county_zone())
    encounter.save()
    # Read after the save: a refusal rolls it back.
    check_encounter_may_void(_unasked(by, hold(encounter.subject)))
    return encounter


def _resting_on(by: Actor, encounter: Encounter) -> str:
    """Name a citation or an arrest that stands and says that it came of the encounter, as far as the actor sees it."""
    for model in (Citation, Arrest):
        rows = model.objects.filter(encounter=encounter, state=RecordState.RECORDED)
        if rows.exists():
            return _named(rows.visible_to(by).first())
    return ""


def _unasked(by: Actor, person: Subject | None) -> str:
    """Name what the person stands accused of under a statute that needs questions nobody has asked now."""
    for record, met, statutes, at in _accusations(person) if person is not None else ():
        if any(one.needs_questions for one in statutes) and not has_asked_before(record.subject, met, at):
            return _named(type(record).objects.visible_to(by).filter(pk=record.pk).first())
    return ""


def _named(record: Citation | Arrest | Charge | None) -> str:
    return str(record) if record is not None else _("A record that you do not see")


def _fill(by: Actor, encounter: Encounter, said: EncounterFacts) -> None:
    is_named = said.officer.user is not None or said.officer.title
    officer = said.officer if is_named else Officer(encounter.officer, encounter.officer_title)
    columns: dict[str, Any] = {
        **officer_of(officer, by, encounter.credited),
        **{key: said.answers.get(key, "") for key in QUESTION_KEYS},
        "night_on": night_of(said.occurred_at, encounter.operation),
        "place_words": check_place(said.place_words),
        **{name: getattr(said, name) for name in PLAIN_FIELDS},
        "subject": linked(by, encounter, "subject", said.subject),
    }
    for name, value in columns.items():
        setattr(encounter, name, value)


def _described(encounter: Encounter) -> dict[str, str]:
    names = ("night_on", "place_words", "officer_title", "basis", "rights_explained", "advocate", "treated_as")
    return {
        **{name: str(getattr(encounter, name)) for name in (*names, *QUESTION_KEYS)},
        "occurred_at": f"{encounter.occurred_at.astimezone(county_zone()):%Y-%m-%d %H:%M}",
        "subject": encounter.subject.reference if encounter.subject else "",
    }


def _persons_of(encounter: Encounter) -> list[Subject]:
    return [stop.subject for stop in (*encounter.citations.all(), *encounter.arrests.all())]


def _check_still_stands(encounter: Encounter, person: Subject) -> None:
    """Refuse a correction that makes a subject of a victim, or that takes the questions from under an accusation."""
    standing = {"state": RecordState.RECORDED}
    stops = [*person.citations.filter(**standing), *person.arrests.filter(**standing)]
    here = [stop for stop in stops if stop.encounter_id == encounter.pk]
    is_met_here = bool(here) or encounter.subject_id == person.pk
    if is_met_here:
        check_not_a_subject(TreatedAs(encounter.treated_as), is_subject=_stands_as_subject(person))
    if here and encounter.subject_id not in (None, person.pk):
        raise errors.RuleBroken("cases.encounter", _("A record says it was with another person."), field="subject")
    for _record, met, statutes, at in _accusations(person):
        for statute in statutes:
            if statute.needs_questions:
                check_questions_asked(statute, has_asked=has_asked_before(person, met, at))


Accusation = tuple[Citation | Arrest | Charge, Encounter | None, Sequence[Statute], datetime]


def _accusations(person: Subject) -> Iterator[Accusation]:
    """Give what a person stands accused of: the record, the encounter it names, its statutes and the moment."""
    standing = {"state": RecordState.RECORDED}
    for stop in (*person.citations.filter(**standing), *person.arrests.filter(**standing)):
        yield stop, stop.encounter, [one.statute for one in stop.counts.all()], stop.occurred_at
    for charge in person.charges.filter(state=ChargeState.FILED):
        end_of_day = datetime.combine(charge.offense_on, time(23, 59), tzinfo=county_zone())
        yield charge, getattr(charge.matter.source, "encounter", None), [charge.statute], end_of_day


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
