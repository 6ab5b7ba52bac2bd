"""Open and close an investigation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.models import Organization
from hotspots.cases.actions.setting import (
    RECORDERS,
    Officer,
    campaign_of,
    check_operation,
    hold,
    new_identity,
    officer_of,
    owner_id_of,
    statutes_on,
)
from hotspots.cases.models import Investigation, InvestigationStatute, Statute
from hotspots.cases.rules.dates import check_day_not_in_future, check_order, local_day
from hotspots.cases.rules.documents import check_may_void, check_reason, document_number_of
from hotspots.cases.rules.kinds import ChargeState, InvestigationState, MatterState
from hotspots.cases.rules.states import INVESTIGATION_TRANSITIONS, next_state
from hotspots.operations.models import Campaign, Operation
from hotspots.web.county import county_zone


@dataclass(frozen=True, slots=True)
class InvestigationFacts:
    """Into which offenses an investigation is opened, when and by whom."""

    codes: tuple[str, ...]
    opened_on: date
    officer: Officer = field(default_factory=Officer)
    document_number: str = ""
    place_words: str = ""

    LOGGED: ClassVar = ("opened_on",)


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """When an investigation was closed, and why."""

    closed_on: date
    reason: str

    LOGGED: ClassVar = ("closed_on",)


@dataclass(frozen=True, slots=True)
class InvestigationCorrection:
    """What an investigation should have said, and why it is corrected."""

    reason: str
    investigation: InvestigationFacts


@dataclass(frozen=True, slots=True)
class VoidInvestigationFacts:
    """Why an investigation does not stand."""

    reason: str


@action("cases.open_investigation", roles=RECORDERS, subject="credited", changes=["operation"])
def open_investigation(
    *,
    by: Actor,
    credited: Organization,
    facts: InvestigationFacts,
    campaign: Campaign | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Investigation:
    """Open an investigation into offenses under named statutes; it names no person."""
    check_operation(credited, operation)
    _check_opened_on(facts.opened_on, operation, clock)
    statutes = statutes_on(facts.codes, facts.opened_on)
    investigation = Investigation.objects.create(
        **new_identity("N"),
        **officer_of(facts.officer, by, credited),
        campaign=campaign_of(campaign, operation),
        operation=operation,
        owner_id=owner_id_of(by, credited),
        credited=credited,
        night_on=operation.night_on if operation else facts.opened_on,
        opened_on=facts.opened_on,
        document_number=document_number_of(facts.document_number) if facts.document_number.strip() else "",
        place_words=" ".join(facts.place_words.split()),
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    _write_statutes(investigation, statutes)
    return investigation


@action("cases.correct_investigation", roles=RECORDERS, subject="investigation", changes=["investigation"])
def correct_investigation(
    *, by: Actor, investigation: Investigation, facts: InvestigationCorrection, clock: Clock = system_clock
) -> Investigation:
    """Correct what an investigation says, with a reason; the history keeps what it said before."""
    reason, said = check_reason(facts.reason), facts.investigation
    next_state(INVESTIGATION_TRANSITIONS, InvestigationState(investigation.state), "correct_investigation")
    investigation.operation = hold(investigation.operation)
    _check_opened_on(said.opened_on, investigation.operation, clock)
    _check_still_in_order(investigation, said.opened_on)
    before = _described(investigation)
    officer = said.officer if said.officer.user or said.officer.title else _officer_in(investigation)
    for name, value in officer_of(officer, by, investigation.credited).items():
        setattr(investigation, name, value)
    investigation.opened_on = said.opened_on
    investigation.night_on = investigation.operation.night_on if investigation.operation else said.opened_on
    investigation.document_number = document_number_of(said.document_number) if said.document_number.strip() else ""
    investigation.place_words = " ".join(said.place_words.split())
    investigation.save()
    _write_statutes(investigation, statutes_on(said.codes, said.opened_on))
    _note_correction(investigation, before, reason)
    return investigation


@action("cases.void_investigation", roles=RECORDERS, subject="investigation", changes=["investigation"])
def void_investigation(
    *, by: Actor, investigation: Investigation, facts: VoidInvestigationFacts, clock: Clock = system_clock
) -> Investigation:
    """Let an investigation that was opened in error stand no more; it stays in the record and is counted nowhere."""
    reason = check_reason(facts.reason)
    state = next_state(INVESTIGATION_TRANSITIONS, InvestigationState(investigation.state), "void_investigation")
    waiting, charged = Q(state=MatterState.SUBMITTED), Q(charges__state=ChargeState.FILED)
    has_open_matter = investigation.matters.filter(waiting | charged).exists()
    check_may_void(has_open_matter=has_open_matter, noun="investigation")
    note_change(
        investigation,
        investigation.owner.history_key_id,
        state=(str(investigation.state), str(state)),
        reason=(None, reason),
    )
    investigation.state, investigation.voided_on = state, local_day(clock(), county_zone())
    investigation.save()
    return investigation


@action("cases.close_investigation", roles=RECORDERS, subject="investigation", changes=["investigation"])
def close_investigation(
    *, by: Actor, investigation: Investigation, facts: CloseFacts, clock: Clock = system_clock
) -> Investigation:
    """Close an investigation, with a reason."""
    reason = check_reason(facts.reason)
    state = next_state(INVESTIGATION_TRANSITIONS, InvestigationState(investigation.state), "close_investigation")
    check_day_not_in_future(facts.closed_on, local_day(clock(), county_zone()), field="closed_on")
    sentence = _("It is not closed before it was opened.")
    check_order(investigation.opened_on, facts.closed_on, field="closed_on", sentence=sentence)
    note_change(
        investigation,
        investigation.owner.history_key_id,
        state=(str(investigation.state), str(state)),
        reason=(None, reason),
    )
    investigation.state, investigation.closed_on = state, facts.closed_on
    investigation.save()
    return investigation


def _check_opened_on(on: date, operation: Operation | None, clock: Clock) -> None:
    check_day_not_in_future(on, local_day(clock(), county_zone()), field="opened_on")
    if operation is not None:
        sentence = _("An investigation that came out of an operation is not opened before its night.")
        check_order(operation.night_on, on, field="opened_on", sentence=sentence)


def _check_still_in_order(investigation: Investigation, opened_on: date) -> None:
    """Refuse a day of opening that lies after what followed from it."""
    first = investigation.matters.standing().order_by("submitted_on").first()
    if investigation.closed_on is not None:
        sentence = _("It is not closed before it was opened.")
        check_order(opened_on, investigation.closed_on, field="opened_on", sentence=sentence)
    if first is not None:
        sentence = _("A matter is not submitted before what it is about.")
        check_order(opened_on, first.submitted_on, field="opened_on", sentence=sentence)


def _officer_in(investigation: Investigation) -> Officer:
    return Officer(investigation.officer, investigation.officer_title)


def _write_statutes(investigation: Investigation, statutes: Sequence[Statute]) -> None:
    """Write what an investigation is into, numbered from one, in place of what it was into."""
    investigation.counts.all().delete()
    InvestigationStatute.objects.bulk_create(
        InvestigationStatute(investigation=investigation, number=number, statute=statute)
        for number, statute in enumerate(statutes, start=1)
    )
    note_fact(codes=", ".join(statute.code for statute in statutes))


def _described(investigation: Investigation) -> dict[str, str]:
    names = ("opened_on", "night_on", "officer_title", "document_number", "place_words")
    codes = ", ".join(investigation.counts.values_list("statute__code", flat=True))
    return {**{name: str(getattr(investigation, name)) for name in names}, "statutes": codes}


def _note_correction(investigation: Investigation, before: dict[str, str], reason: str) -> None:
    after = _described(investigation)
    changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changed:
        raise errors.RuleBroken("cases.nothing_changed", _("Nothing was changed."))
    note_change(investigation, investigation.owner.history_key_id, reason=(None, reason), **changed)
