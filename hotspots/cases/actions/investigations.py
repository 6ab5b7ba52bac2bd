"""Open and close an investigation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

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
    new_identity,
    officer_of,
    owner_id_of,
    statutes_on,
)
from hotspots.cases.models import Investigation, InvestigationStatute
from hotspots.cases.rules.dates import check_day_not_in_future, check_order, local_day
from hotspots.cases.rules.documents import check_reason, document_number_of
from hotspots.cases.rules.kinds import InvestigationState
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


@action("cases.open_investigation", roles=RECORDERS, subject="credited")
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
    check_day_not_in_future(facts.opened_on, local_day(clock(), county_zone()), field="opened_on")
    if operation is not None:
        sentence = _("An investigation that came out of an operation is not opened before its night.")
        check_order(operation.night_on, facts.opened_on, field="opened_on", sentence=sentence)
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
    InvestigationStatute.objects.bulk_create(
        InvestigationStatute(investigation=investigation, number=number, statute=statute)
        for number, statute in enumerate(statutes, start=1)
    )
    note_fact(codes=", ".join(statute.code for statute in statutes))
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
