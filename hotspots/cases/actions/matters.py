"""Submit a matter to the prosecutor; the prosecutor declines it or files charges. Void one submitted in error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.rules import Role
from hotspots.cases.actions.setting import RECORDERS, hold, new_identity, owner_id_of
from hotspots.cases.models import Arrest, Charge, Citation, Hearing, Investigation, Matter, Subject
from hotspots.cases.rules.dates import check_day_not_in_future, check_order, day_of, local_day
from hotspots.cases.rules.documents import check_matter_may_void, check_reason
from hotspots.cases.rules.kinds import (
    ChargeState,
    DeclineReason,
    HearingOutcome,
    InvestigationState,
    MatterState,
    RecordState,
    TreatedAs,
)
from hotspots.cases.rules.people import check_not_a_victim
from hotspots.cases.rules.states import INVESTIGATION_TRANSITIONS, MATTER_TRANSITIONS, STOP_TRANSITIONS, next_state
from hotspots.web.county import county_zone

Source = Citation | Arrest | Investigation


@dataclass(frozen=True, slots=True)
class SubmitFacts:
    """When a matter was submitted."""

    submitted_on: date

    LOGGED: ClassVar = ("submitted_on",)


@dataclass(frozen=True, slots=True)
class DeclineFacts:
    """When and why a prosecutor declined a matter: a code, and words for the history."""

    declined_on: date
    reason: DeclineReason
    words: str = ""

    LOGGED: ClassVar = ("declined_on", "reason")


@dataclass(frozen=True, slots=True)
class VoidMatterFacts:
    """Why a matter was submitted in error."""

    reason: str


@action("cases.submit_matter", roles=RECORDERS, subject="source", changes=["source"])
def submit_matter(
    *, by: Actor, source: Source, facts: SubmitFacts, person: Subject | None = None, clock: Clock = system_clock
) -> Matter:
    """Submit a citation, an arrest, or one person of an investigation to the prosecutor."""
    subject = hold(_subject_of(source, person))
    for met in subject.encounters.filter(state=RecordState.RECORDED):
        check_not_a_victim(TreatedAs(met.treated_as))
    check_day_not_in_future(facts.submitted_on, local_day(clock(), county_zone()), field="submitted_on")
    sentence = _("A matter is not submitted before what it is about.")
    check_order(_began_on(source), facts.submitted_on, field="submitted_on", sentence=sentence)
    origin: dict[str, Any] = {str(source._meta.model_name): source}
    if Matter.objects.standing().filter(subject=subject, **origin).exclude(state=MatterState.DECLINED).exists():
        raise errors.RuleBroken("cases.matter_once", _("This was submitted already and is not declined."))
    matter = Matter(
        **new_identity("M"),
        **origin,
        subject=subject,
        campaign_id=source.campaign_id,
        operation_id=source.operation_id,
        credited_id=source.credited_id,
        owner_id=owner_id_of(by, source.credited),
        night_on=source.night_on,
        submitted_on=facts.submitted_on,
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    _save_once(matter)
    return matter


@action("cases.decline_matter", roles=[Role.PROSECUTOR], subject="matter", changes=["matter"])
def decline_matter(*, by: Actor, matter: Matter, facts: DeclineFacts, clock: Clock = system_clock) -> Matter:
    """Decline a matter, with a reason; as easy as to file it."""
    state = next_state(MATTER_TRANSITIONS, MatterState(matter.state), "decline_matter")
    check_day_not_in_future(facts.declined_on, local_day(clock(), county_zone()), field="declined_on")
    sentence = _("It is not declined before it was submitted.")
    check_order(matter.submitted_on, facts.declined_on, field="declined_on", sentence=sentence)
    words = f": {check_reason(facts.words)}" if facts.words.strip() else ""
    note_change(
        matter,
        matter.owner.history_key_id,
        state=(str(matter.state), str(state)),
        reason=(None, f"{facts.reason.value.replace('_', ' ')}{words}"),
    )
    matter.state, matter.declined_on, matter.decline_reason = state, facts.declined_on, facts.reason
    matter.prosecutor_id = by.user_id
    matter.save()
    return matter


@action("cases.void_matter", roles=RECORDERS, subject="matter", changes=["matter"])
def void_matter(*, by: Actor, matter: Matter, facts: VoidMatterFacts, clock: Clock = system_clock) -> Matter:
    """Let a matter that was submitted in error stand no more; it stays in the record and is counted nowhere."""
    reason = check_reason(facts.reason)
    check_matter_may_void(
        charge=_standing_charge(by, matter),
        hearing=_standing_hearing(by, matter),
        is_declined=matter.state == MatterState.DECLINED,
        is_prosecutor=by.covers([Role.PROSECUTOR], matter.scopes()),
    )
    state = next_state(MATTER_TRANSITIONS, MatterState(matter.state), "void_matter")
    note_change(matter, matter.owner.history_key_id, state=(str(matter.state), str(state)), reason=(None, reason))
    matter.state, matter.voided_on = state, local_day(clock(), county_zone())
    matter.save()
    return matter


def _standing_charge(by: Actor, matter: Matter) -> str:
    """Name a charge that is not void, as far as the actor sees it."""
    rows = Charge.objects.filter(matter=matter).exclude(state=ChargeState.VOIDED)
    seen = rows.visible_to(by).select_related("statute").first()
    if seen is not None:
        return _("Count %(number)s (%(code)s)") % {"number": seen.number, "code": seen.statute.code}
    return _("A charge") if rows.exists() else ""


def _standing_hearing(by: Actor, matter: Matter) -> str:
    """Name a hearing that was not vacated, as far as the actor sees it."""
    rows = Hearing.objects.filter(matter=matter).exclude(outcome=HearingOutcome.VACATED)
    seen = rows.visible_to(by).first()
    if seen is not None:
        return _("The hearing on %(day)s") % {"day": day_of(seen.hearing_on)}
    return _("A hearing") if rows.exists() else ""


def _save_once(matter: Matter) -> None:
    """Save a new matter; the database refuses a second one of the same source and person that came in between."""
    try:
        with transaction.atomic():
            matter.save(force_insert=True)
    except IntegrityError as error:
        raise errors.Stale("cases.matter_once", _("Someone else submitted this a moment ago.")) from error


def _subject_of(source: Source, person: Subject | None) -> Subject:
    if isinstance(source, Investigation):
        next_state(INVESTIGATION_TRANSITIONS, InvestigationState(source.state), "submit_matter")
        if person is None:
            raise errors.RuleBroken("cases.matter_subject", _("Choose the person it is about."), field="person")
        return person
    next_state(STOP_TRANSITIONS, RecordState(source.state), "submit_matter")
    if person is not None and person.pk != source.subject_id:
        raise errors.RuleBroken("cases.matter_subject", _("This record is about another person."), field="person")
    return source.subject


def _began_on(source: Source) -> date:
    return source.opened_on if isinstance(source, Investigation) else local_day(source.occurred_at, county_zone())
