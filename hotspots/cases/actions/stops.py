"""What a citation and an arrest share: the facts, the person, the checks, the counts, the correction and the void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.cases.actions.hearings import HearingFacts
from hotspots.cases.actions.moving import StopPlace, move_matters, move_stop, placed
from hotspots.cases.actions.setting import (
    Officer,
    hold,
    new_identity,
    night_of,
    officer_of,
    owner_id_of,
    statutes_on,
)
from hotspots.cases.actions.subjects import PersonFacts, identify_subject
from hotspots.cases.models import Arrest, Citation, Encounter, Statute, Subject
from hotspots.cases.queries.identities import identity_of
from hotspots.cases.rules.dates import check_not_in_future, local_day
from hotspots.cases.rules.documents import (
    check_encounter_stands,
    check_may_void,
    check_number_is_free,
    check_place,
    check_reason,
    document_number_of,
)
from hotspots.cases.rules.kinds import (
    AgeBand,
    Answer,
    ChargeState,
    MatterState,
    RecordState,
    TreatedAs,
    VoidReason,
)
from hotspots.cases.rules.minors import check_minor_fits
from hotspots.cases.rules.people import band_on, check_may_be_subject, check_not_a_victim, check_questions_asked
from hotspots.cases.rules.states import STOP_TRANSITIONS, next_state
from hotspots.evidence.models import Item
from hotspots.intake.models import Response
from hotspots.operations.models import Operation
from hotspots.web.county import county_zone

Stop = Citation | Arrest
NOUNS = {Citation: "citation", Arrest: "arrest"}
PLAIN_FIELDS = (
    "document_number",
    "occurred_at",
    "place_words",
    "officer_title",
    "rights_explained",
    "is_actual_minor",
    "is_portrayed_as_minor",
)
LINKS = ("encounter", "response", "document")


@dataclass(frozen=True, slots=True)
class StopFacts:
    """What a citation or an arrest says; a person who is not in the record yet is identified with it."""

    document_number: str
    codes: tuple[str, ...]
    occurred_at: datetime
    place_words: str
    officer: Officer = field(default_factory=Officer)
    subject: Subject | None = None
    person: PersonFacts | None = None
    encounter: Encounter | None = None
    response: Response | None = None
    document: Item | None = None
    rights_explained: Answer = Answer.UNKNOWN
    is_actual_minor: bool | None = None
    is_portrayed_as_minor: bool | None = None
    hearing: HearingFacts | None = None

    LOGGED: ClassVar = ("occurred_at", "rights_explained", "is_actual_minor", "is_portrayed_as_minor")


@dataclass(frozen=True, slots=True)
class StopCorrection:
    """What a citation or an arrest should have said, whose it should have been, and why it is corrected."""

    reason: str
    stop: StopFacts
    place: StopPlace | None = None  # nothing lets it stay where it is


@dataclass(frozen=True, slots=True)
class VoidFacts:
    """Why a citation or an arrest does not stand: a code, and words for the history."""

    reason: VoidReason
    words: str

    LOGGED: ClassVar = ("reason",)


def person_of(
    by: Actor, credited: Organization, operation: Operation | None, facts: StopFacts, clock: Clock
) -> Subject:
    """Give the person of a stop: the one named, the one known behind the response, or one who is identified now."""
    check_not_in_future(facts.occurred_at, clock(), field="occurred_at")
    point = facts.response.contact_point if facts.response else None
    if facts.subject is not None:
        return facts.subject
    known = Subject.objects.visible_to(by).filter(contact_point=point).first() if point else None
    return known or identify_subject(
        by=by,
        credited=credited,
        facts=facts.person or PersonFacts(identified_on=local_day(facts.occurred_at, county_zone())),
        operation=operation,
        contact_point=point,
        encounter=facts.encounter,
        clock=clock,
    )


def check_person(
    by: Actor, subject: Subject, encounter: Encounter | None, statutes: Sequence[Statute], at: datetime
) -> None:
    """Refuse a victim, an age that a statute does not reach, and the seller's side before the questions of PC 236.2.

    The caller holds the encounter; the person is held here: who corrects or voids what was met of them waits.
    """
    subject = hold(subject)
    met = [encounter] if encounter is not None else []
    for one in (*met, *subject.encounters.filter(state=RecordState.RECORDED)):
        check_not_a_victim(TreatedAs(one.treated_as))
    if encounter is not None and encounter.subject_id not in (None, subject.pk):
        raise errors.RuleBroken("cases.encounter", _("This encounter was with another person."), field="encounter")
    has_asked = has_asked_before(subject, encounter, at)
    birth_on = identity_of(subject).birth_on
    band = band_on(birth_on, AgeBand(subject.age_band), local_day(at, county_zone()))
    for statute in statutes:
        check_questions_asked(statute, has_asked=has_asked)
        check_may_be_subject(statute, band, is_prosecutor=by.holds_any(Role.PROSECUTOR))


def has_asked_before(subject: Subject, encounter: Encounter | None, at: datetime) -> bool:
    """Tell whether the person was asked the questions of PC 236.2 before a moment, in one encounter or another."""
    met = [encounter] if encounter is not None else []
    standing = [one for one in (*met, *subject.encounters.all()) if not one.is_void]
    return any(one.has_asked_questions for one in standing if one.occurred_at <= at)


def check_number(by: Actor, stop: Stop, number: str) -> None:
    """Refuse a number that another standing record of the credited agency has; name it only to who may see it."""
    rows = type(stop).objects.filter(credited_id=stop.credited_id, document_number=number, state=RecordState.RECORDED)
    taken = rows.exclude(pk=stop.pk)
    is_seen = taken.visible_to(by).exists()
    check_number_is_free(number, is_taken=is_seen or taken.exists(), is_seen=is_seen, noun=NOUNS[type(stop)])


def new_stop(model: type[Stop], prefix: str, by: Actor, credited: Organization, subject: Subject, clock: Clock) -> Any:
    """Make a stop that has its person and agencies, and not yet what it says."""
    made = model(**new_identity(prefix), credited=credited, owner_id=owner_id_of(by, credited), subject=subject)
    made.recorded_by_id, made.recorded_at = by.user_id, clock()
    return made


def fill_stop(by: Actor, stop: Stop, facts: StopFacts, clock: Clock) -> list[Statute]:
    """Set what a stop says, checked, and give its statutes; nothing is saved."""
    check_not_in_future(facts.occurred_at, clock(), field="occurred_at")
    statutes = statutes_on(facts.codes, local_day(facts.occurred_at, county_zone()))
    check_minor_fits(facts.codes, is_actual=facts.is_actual_minor, is_portrayed=facts.is_portrayed_as_minor)
    stop.night_on = night_of(facts.occurred_at, stop.operation)
    stop.document_number = document_number_of(facts.document_number)
    check_number(by, stop, stop.document_number)
    encounter = hold(linked(by, stop, "encounter", facts.encounter))
    if encounter is not None:
        check_encounter_stands(is_void=encounter.is_void)
    check_person(by, stop.subject, encounter, statutes, facts.occurred_at)
    for name, value in officer_of(_officer_in(stop, facts), by, stop.credited).items():
        setattr(stop, name, value)
    stop.occurred_at, stop.place_words = facts.occurred_at, check_place(facts.place_words)
    for name in LINKS:
        setattr(stop, name, linked(by, stop, name, getattr(facts, name)))
    stop.rights_explained = facts.rights_explained
    stop.is_actual_minor, stop.is_portrayed_as_minor = facts.is_actual_minor, facts.is_portrayed_as_minor
    note_fact(codes=", ".join(statute.code for statute in statutes))
    return statutes


def linked(by: Actor, record: Stop | Encounter, name: str, given: Any) -> Any:
    """Give the record that is named; where none is, what the stop names already and the actor does not see."""
    kept, model = getattr(record, name), record._meta.get_field(name).related_model
    if given is not None or kept is None or model.objects.visible_to(by).filter(pk=kept.pk).exists():  # type: ignore[union-attr]
        return given
    return kept


def _officer_in(stop: Stop, facts: StopFacts) -> Officer:
    """Give the officer that is named; where none is, whoever the record names already."""
    is_named = facts.officer.user is not None or facts.officer.title
    return facts.officer if is_named or not stop.officer_title else Officer(stop.officer, stop.officer_title)


def write_counts(stop: Stop, statutes: Sequence[Statute]) -> None:
    """Write the counts of a stop, numbered from one, in place of those it had."""
    counts: Any = stop.counts
    counts.all().delete()
    origin: dict[str, Any] = {str(stop._meta.model_name): stop}
    counts.bulk_create(
        counts.model(**origin, number=number, statute=statute) for number, statute in enumerate(statutes, start=1)
    )


def described(stop: Stop) -> dict[str, str]:
    """Describe a stop as its history does."""
    said = {name: _said(getattr(stop, name)) for name in PLAIN_FIELDS} | placed(stop)
    said |= {name: _said(getattr(stop, name)) for name in LINKS}
    said["statutes"] = ", ".join(stop.counts.values_list("statute__code", flat=True)) if not stop._state.adding else ""
    return said


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    if isinstance(value, datetime):
        return f"{value.astimezone(county_zone()):%Y-%m-%d %H:%M}"
    return str(value)


def correct_stop(by: Actor, stop: Stop, facts: StopCorrection, clock: Clock) -> list[Statute]:
    """Set what a stop should have said, in its own place or another; nothing is saved."""
    next_state(STOP_TRANSITIONS, RecordState(stop.state), "correct")
    if facts.place is not None:
        move_stop(by, stop, facts.place)
    else:
        stop.operation = hold(stop.operation)
    return fill_stop(by, stop, facts.stop, clock)


def finish_correction(stop: Stop, statutes: Sequence[Statute], before: dict[str, str], reason: str) -> None:
    """Save a corrected stop with its counts, let its matters follow, and keep what it said before."""
    stop.save()
    write_counts(stop, statutes)
    note_correction(stop, before, reason)
    move_matters(stop)


def note_correction(stop: Stop, before: dict[str, str], reason: str) -> None:
    """Keep what a correction changed, with its reason; refuse one that changed nothing."""
    after = described(stop)
    changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changed:
        raise errors.RuleBroken("cases.nothing_changed", _("Nothing was changed."))
    note_change(stop, stop.owner.history_key_id, reason=(None, reason), **changed)


def void_stop(stop: Stop, facts: VoidFacts, clock: Clock) -> None:
    """Let a stop stand no more; it stays in the record, is counted nowhere, and says why."""
    words, noun = check_reason(facts.words), NOUNS[type(stop)]
    state = next_state(STOP_TRANSITIONS, RecordState(stop.state), "void")
    waiting, charged = Q(state=MatterState.SUBMITTED), Q(charges__state=ChargeState.FILED)
    check_may_void(has_open_matter=stop.matters.filter(waiting | charged).exists(), noun=noun)
    note_change(
        stop,
        stop.owner.history_key_id,
        state=(str(stop.state), str(state)),
        reason=(None, f"{facts.reason.value.replace('_', ' ')}: {words}"),
    )
    stop.state, stop.void_reason = state, facts.reason
    stop.voided_on = local_day(clock(), county_zone())
    stop.save()
