"""Record, correct and void a citation."""

from __future__ import annotations

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.models import Organization
from hotspots.cases.actions.hearings import schedule_hearing
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
from hotspots.cases.models import Citation
from hotspots.cases.rules.documents import check_reason
from hotspots.operations.models import Campaign, Operation


@action("cases.record_citation", roles=RECORDERS, subject="credited", changes=["operation"])
def record_citation(
    *,
    by: Actor,
    credited: Organization,
    facts: StopFacts,
    campaign: Campaign | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Citation:
    """Record a citation, its counts under the law of that day, the person and the first hearing."""
    check_operation(credited, operation)
    of_campaign = campaign_of(campaign, operation)
    subject = person_of(by, credited, operation, facts, clock)
    citation = new_stop(Citation, "C", by, credited, subject, clock)
    citation.campaign, citation.operation = of_campaign, operation
    statutes = fill_stop(by, citation, facts, clock)
    citation.save(force_insert=True)
    write_counts(citation, statutes)
    if facts.hearing is not None:
        schedule_hearing(by=by, record=citation, facts=facts.hearing, clock=clock)
    return citation


@action("cases.correct_citation", roles=RECORDERS, subject="citation", changes=["citation"])
def correct_citation(*, by: Actor, citation: Citation, facts: StopCorrection, clock: Clock = system_clock) -> Citation:
    """Correct what a citation says, with a reason; the history keeps what it said before."""
    reason, before = check_reason(facts.reason), described(citation)
    statutes = correct_stop(by, citation, facts, clock)
    finish_correction(citation, statutes, before, reason)
    return citation


@action("cases.void_citation", roles=RECORDERS, subject="citation", changes=["citation"])
def void_citation(*, by: Actor, citation: Citation, facts: VoidFacts, clock: Clock = system_clock) -> Citation:
    """Let a citation stand no more; it stays in the record and is counted nowhere."""
    void_stop(citation, facts, clock)
    return citation
