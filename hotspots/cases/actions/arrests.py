"""Record, correct and void an arrest."""

from __future__ import annotations

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.models import Organization
from hotspots.cases.actions.setting import RECORDERS, campaign_of, check_operation
from hotspots.cases.actions.stops import (
    StopCorrection,
    StopFacts,
    VoidFacts,
    correct_stop,
    described,
    fill_stop,
    finish_correction,
    new_stop,
    person_of,
    void_stop,
    write_counts,
)
from hotspots.cases.models import Arrest
from hotspots.cases.rules.documents import check_reason
from hotspots.cases.rules.statutes import most_serious
from hotspots.operations.models import Campaign, Operation


@action("cases.record_arrest", roles=RECORDERS, subject="credited", changes=["operation"])
def record_arrest(
    *,
    by: Actor,
    credited: Organization,
    facts: StopFacts,
    campaign: Campaign | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Arrest:
    """Record an arrest, its counts under the law of that day, and the person."""
    check_operation(credited, operation)
    of_campaign = campaign_of(campaign, operation)
    subject = person_of(by, credited, operation, facts, clock)
    arrest = new_stop(Arrest, "A", by, credited, subject, clock)
    arrest.campaign, arrest.operation = of_campaign, operation
    statutes = fill_stop(by, arrest, facts, clock)
    arrest.family = most_serious(statute.family for statute in statutes)
    arrest.save(force_insert=True)
    write_counts(arrest, statutes)
    return arrest


@action("cases.correct_arrest", roles=RECORDERS, subject="arrest", changes=["arrest"])
def correct_arrest(*, by: Actor, arrest: Arrest, facts: StopCorrection, clock: Clock = system_clock) -> Arrest:
    """Correct what an arrest says, with a reason; the history keeps what it said before."""
    reason, before = check_reason(facts.reason), described(arrest)
    statutes = correct_stop(by, arrest, facts, clock)
    arrest.family = most_serious(statute.family for statute in statutes)
    finish_correction(arrest, statutes, before, reason)
    return arrest


@action("cases.void_arrest", roles=RECORDERS, subject="arrest", changes=["arrest"])
def void_arrest(*, by: Actor, arrest: Arrest, facts: VoidFacts, clock: Clock = system_clock) -> Arrest:
    """Let an arrest stand no more; it stays in the record and is counted nowhere."""
    void_stop(arrest, facts, clock)
    return arrest
