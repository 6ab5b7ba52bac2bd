"""Schedule a hearing, correct it, record what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.rules import Role
from hotspots.cases.actions.setting import RECORDERS, hold
from hotspots.cases.models import Citation, Hearing, Matter
from hotspots.cases.rules.courts import check_hearing_in_reach, hearing_warning
from hotspots.cases.rules.dates import check_order, local_day, moment_of
from hotspots.cases.rules.documents import check_reason
from hotspots.cases.rules.kinds import HearingKind, HearingOutcome, MatterState, RecordState
from hotspots.cases.rules.states import STOP_TRANSITIONS, next_state
from hotspots.web.county import county_zone

HELD_OUTCOMES = (HearingOutcome.HELD, HearingOutcome.NOT_APPEARED)


@dataclass(frozen=True, slots=True)
class HearingFacts:
    """Where, on which local day and at what local time a court hears a record."""

    court: str
    department: str
    hearing_on: date
    time: time
    hearing_kind: HearingKind = HearingKind.ARRAIGNMENT

    LOGGED: ClassVar = ("hearing_on", "hearing_kind")


@dataclass(frozen=True, slots=True)
class HearingCorrection:
    """What is right about a hearing, and why it is corrected."""

    reason: str
    hearing: HearingFacts


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What became of a hearing."""

    outcome: HearingOutcome

    LOGGED: ClassVar = ("outcome",)


@action("cases.schedule_hearing", roles=RECORDERS, subject="record", changes=["record"])
def schedule_hearing(
    *, by: Actor, record: Citation | Matter, facts: HearingFacts, clock: Clock = system_clock
) -> Hearing:
    """Schedule a hearing on a citation or a matter; a day on which courts do not sit is noted, not refused."""
    hearing = Hearing(recorded_by_id=by.user_id, recorded_at=clock())
    if isinstance(record, Citation):
        next_state(STOP_TRANSITIONS, RecordState(record.state), "schedule_hearing")
        hearing.citation = record
    else:
        if record.state == MatterState.DECLINED:
            raise errors.RuleBroken("cases.hearing_declined", _("This matter was declined: no court hears it."))
        _check_not_void(record)
        hearing.matter = record
    _fill(hearing, facts)
    hearing.save(force_insert=True)
    return hearing


@action("cases.correct_hearing", roles=RECORDERS, subject="hearing", changes=["hearing"])
def correct_hearing(*, by: Actor, hearing: Hearing, facts: HearingCorrection) -> Hearing:
    """Correct where and when a court hears a record, with a reason."""
    reason = check_reason(facts.reason)
    _check_not_void(_held_record(hearing))
    before = _described(hearing)
    _fill(hearing, facts.hearing)
    after = _described(hearing)
    changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changed:
        raise errors.RuleBroken("cases.nothing_changed", _("Nothing was changed."))
    hearing.save()
    note_change(hearing, hearing.of_record.owner.history_key_id, reason=(None, reason), **changed)
    return hearing


@action(
    "cases.record_hearing_outcome",
    roles=[Role.COORDINATOR, Role.PROSECUTOR],
    subject="hearing",
    changes=["hearing"],
)
def record_hearing_outcome(*, by: Actor, hearing: Hearing, facts: OutcomeFacts, clock: Clock = system_clock) -> Hearing:
    """Record what became of a hearing; what was held, was held after it began. On a void record it is vacated."""
    record = _held_record(hearing)
    if facts.outcome != HearingOutcome.VACATED:
        _check_not_void(record)
    if facts.outcome in HELD_OUTCOMES and clock() < hearing.starts_at:
        raise errors.RuleBroken("cases.future", _("This hearing has not begun yet."), field="outcome")
    note_change(hearing, record.owner.history_key_id, outcome=(hearing.outcome or None, str(facts.outcome)))
    hearing.outcome = facts.outcome
    hearing.save()
    return hearing


def _held_record(hearing: Hearing) -> Citation | Matter:
    """Lock the record that is heard, so that nobody voids it meanwhile, and give it as it is now."""
    if hearing.citation is not None:
        hearing.citation = hold(hearing.citation)
    else:
        hearing.matter = hold(hearing.matter)
    return hearing.of_record


def _check_not_void(record: Citation | Matter) -> None:
    if record.is_void:
        raise errors.RuleBroken("cases.hearing_void", _("%(record)s is void: no court hears it.") % {"record": record})


def _fill(hearing: Hearing, facts: HearingFacts) -> None:
    court, department = " ".join(facts.court.split()), " ".join(facts.department.split())
    if not court:
        raise errors.RuleBroken("cases.court", _("Say which court."), field="court")
    _check_follows(hearing, facts.hearing_on)
    hearing.court, hearing.department, hearing.hearing_kind = court, department, facts.hearing_kind
    hearing.hearing_on = facts.hearing_on
    hearing.starts_at = moment_of(facts.hearing_on, facts.time, county_zone())
    if hearing_warning(facts.hearing_on, record_day(hearing)):
        note_fact(warned_of_day=facts.hearing_on.isoformat())


def _check_follows(hearing: Hearing, on: date) -> None:
    earliest = record_day(hearing)
    sentence = _("A hearing does not come before what it is about.")
    check_order(earliest, on, field="hearing_on", sentence=sentence)
    check_hearing_in_reach(on, record_on=earliest, entered_on=local_day(hearing.recorded_at, county_zone()))


def record_day(hearing: Hearing) -> date:
    """Give the county's day of what is heard: of a citation when it was written, of a matter when it was submitted."""
    record = hearing.of_record
    return local_day(record.occurred_at, county_zone()) if isinstance(record, Citation) else record.submitted_on


def _described(hearing: Hearing) -> dict[str, str]:
    at: datetime = hearing.starts_at
    return {
        "court": hearing.court,
        "department": hearing.department,
        "hearing_kind": str(hearing.hearing_kind),
        "starts_at": f"{at.astimezone(county_zone()):%Y-%m-%d %H:%M}",
    }
