"""File a charge, amend it into another, dismiss it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.rules import Role
from hotspots.cases.actions.setting import hold, statutes_on
from hotspots.cases.actions.stops import check_person
from hotspots.cases.models import Charge, Matter, Statute
from hotspots.cases.rules.dates import check_day_not_in_future, check_order, local_day
from hotspots.cases.rules.documents import check_reason
from hotspots.cases.rules.kinds import ChargeState, MatterState
from hotspots.cases.rules.minors import check_minor_fits
from hotspots.cases.rules.states import CHARGE_TRANSITIONS, MATTER_TRANSITIONS, next_state
from hotspots.web.county import county_zone


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """Under which statute, for what day, and when a charge was filed. The two facts about a minor are kept apart."""

    code: str
    offense_on: date
    filed_on: date
    case_number: str = ""
    is_actual_minor: bool | None = None
    is_portrayed_as_minor: bool | None = None

    LOGGED: ClassVar = ("code", "offense_on", "filed_on", "is_actual_minor", "is_portrayed_as_minor")


@dataclass(frozen=True, slots=True)
class AmendFacts:
    """Into which statute a charge is amended, when and why."""

    code: str
    amended_on: date
    reason: str
    is_actual_minor: bool | None = None
    is_portrayed_as_minor: bool | None = None

    LOGGED: ClassVar = ("code", "amended_on", "is_actual_minor", "is_portrayed_as_minor")


@dataclass(frozen=True, slots=True)
class DismissFacts:
    """When and why a charge was dismissed."""

    dismissed_on: date
    reason: str

    LOGGED: ClassVar = ("dismissed_on",)


@dataclass(frozen=True, slots=True)
class VoidChargeFacts:
    """Why a charge was entered in error."""

    reason: str


@action("cases.file_charge", roles=[Role.PROSECUTOR], subject="matter", changes=["matter"])
def file_charge(*, by: Actor, matter: Matter, facts: ChargeFacts, clock: Clock = system_clock) -> Charge:
    """File one count against the person of a matter, under the law of the day of the offense."""
    state = next_state(MATTER_TRANSITIONS, MatterState(matter.state), "file_charge")
    check_day_not_in_future(facts.filed_on, local_day(clock(), county_zone()), field="filed_on")
    sentence = _("A charge is not filed before its matter was submitted.")
    check_order(matter.submitted_on, facts.filed_on, field="filed_on", sentence=sentence)
    sentence = _("A charge is not filed before the offense.")
    check_order(facts.offense_on, facts.filed_on, field="offense_on", sentence=sentence)
    check_minor_fits([facts.code], is_actual=facts.is_actual_minor, is_portrayed=facts.is_portrayed_as_minor)
    statute = _checked_statute(by, matter, facts.code, facts.offense_on)
    charge = Charge.objects.create(
        matter=matter,
        subject=matter.subject,
        number=_next_number(matter),
        statute=statute,
        side=statute.side,
        offense_on=facts.offense_on,
        is_actual_minor=facts.is_actual_minor,
        is_portrayed_as_minor=facts.is_portrayed_as_minor,
        filed_on=facts.filed_on,
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    _mark_filed(by, matter, state, facts)
    return charge


@action("cases.amend_charge", roles=[Role.PROSECUTOR], subject="charge", changes=["charge"])
def amend_charge(*, by: Actor, charge: Charge, facts: AmendFacts, clock: Clock = system_clock) -> Charge:
    """Amend a charge into another; both stay in the record, and the new one says what it was amended from."""
    reason = check_reason(facts.reason)
    state = next_state(CHARGE_TRANSITIONS, ChargeState(charge.state), "amend_charge")
    check_day_not_in_future(facts.amended_on, local_day(clock(), county_zone()), field="amended_on")
    sentence = _("A charge is not amended before it was filed.")
    check_order(charge.filed_on, facts.amended_on, field="amended_on", sentence=sentence)
    check_minor_fits([facts.code], is_actual=facts.is_actual_minor, is_portrayed=facts.is_portrayed_as_minor)
    statute = _checked_statute(by, charge.matter, facts.code, charge.offense_on)
    amended = Charge.objects.create(
        matter=charge.matter,
        subject=charge.subject,
        number=_next_number(charge.matter),
        statute=statute,
        side=statute.side,
        offense_on=charge.offense_on,
        is_actual_minor=facts.is_actual_minor,
        is_portrayed_as_minor=facts.is_portrayed_as_minor,
        filed_on=facts.amended_on,
        amended_from=charge,
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    note_change(
        charge,
        charge.matter.owner.history_key_id,
        state=(str(charge.state), str(state)),
        statute=(charge.statute.code, statute.code),
        reason=(None, reason),
    )
    charge.state, charge.amended_on = state, facts.amended_on
    charge.save()
    return amended


@action("cases.dismiss_charge", roles=[Role.PROSECUTOR], subject="charge", changes=["charge"])
def dismiss_charge(*, by: Actor, charge: Charge, facts: DismissFacts, clock: Clock = system_clock) -> Charge:
    """Dismiss a charge, with a reason; it stays in the record as filed and dismissed."""
    reason = check_reason(facts.reason)
    state = next_state(CHARGE_TRANSITIONS, ChargeState(charge.state), "dismiss_charge")
    check_day_not_in_future(facts.dismissed_on, local_day(clock(), county_zone()), field="dismissed_on")
    sentence = _("A charge is not dismissed before it was filed.")
    check_order(charge.filed_on, facts.dismissed_on, field="dismissed_on", sentence=sentence)
    note_change(
        charge,
        charge.matter.owner.history_key_id,
        state=(str(charge.state), str(state)),
        reason=(None, reason),
    )
    charge.state, charge.dismissed_on = state, facts.dismissed_on
    charge.save()
    return charge


@action("cases.void_charge", roles=[Role.PROSECUTOR], subject="charge", changes=["charge"])
def void_charge(*, by: Actor, charge: Charge, facts: VoidChargeFacts, clock: Clock = system_clock) -> Charge:
    """Void a charge that was entered in error; it stays in the record, was never filed and is counted nowhere."""
    reason = check_reason(facts.reason)
    state = next_state(CHARGE_TRANSITIONS, ChargeState(charge.state), "void_charge")
    changed: dict[str, tuple[str | None, str | None]] = {"state": (str(charge.state), str(state))}
    earlier = charge.amended_from
    if earlier is not None:
        changed["amended_from"] = (str(earlier), None)
        charge.amended_from = None
    note_change(charge, charge.matter.owner.history_key_id, reason=(None, reason), **changed)
    charge.state, charge.voided_on = state, local_day(clock(), county_zone())
    charge.save()
    if earlier is not None:
        _undo_amendment(by, earlier, reason)
    _mark_unfiled(charge.matter_id, reason)
    return charge


def _undo_amendment(by: Actor, earlier: Charge, reason: str) -> None:
    """Let the charge stand again that was amended into one entered in error, if the person may still stand for it."""
    _checked_statute(by, earlier.matter, earlier.statute.code, earlier.offense_on)
    state = ChargeState.FILED
    note_change(
        earlier, earlier.matter.owner.history_key_id, state=(str(earlier.state), str(state)), reason=(None, reason)
    )
    earlier.state, earlier.amended_on = state, None
    earlier.save()


def _mark_unfiled(matter_id: uuid.UUID, reason: str) -> None:
    """Set the matter's filing day by the charges that are left; without one it waits for the prosecutor again."""
    matter = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=matter_id)
    left = matter.charges.exclude(state=ChargeState.VOIDED)
    filed_on = left.aggregate(first=Min("filed_on"))["first"]
    state = MatterState.FILED if filed_on else MatterState.SUBMITTED
    if (state, filed_on) == (matter.state, matter.filed_on):
        return
    note_change(
        matter,
        matter.owner.history_key_id,
        state=(str(matter.state), str(state)),
        filed_on=(str(matter.filed_on or ""), str(filed_on or "")),
        reason=(None, reason),
    )
    matter.state, matter.filed_on = state, filed_on
    matter.save()


def _checked_statute(by: Actor, matter: Matter, code: str, offense_on: date) -> Statute:
    [statute] = statutes_on((code,), offense_on)
    end_of_day = datetime.combine(offense_on, time(23, 59), tzinfo=county_zone())
    encounter = hold(getattr(matter.source, "encounter", None))
    check_person(by, matter.subject, encounter, [statute], end_of_day)
    note_fact(statute=str(statute.pk))
    return statute


def _next_number(matter: Matter) -> int:
    return (matter.charges.aggregate(highest=Max("number"))["highest"] or 0) + 1


def _mark_filed(by: Actor, matter: Matter, state: MatterState, facts: ChargeFacts) -> None:
    case_number = " ".join(facts.case_number.upper().split()) or matter.case_number
    changes = {"state": (str(matter.state), str(state)), "case_number": (matter.case_number, case_number)}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changed:
        note_change(matter, matter.owner.history_key_id, **changed)
    matter.state, matter.case_number = state, case_number
    matter.filed_on = min(matter.filed_on or facts.filed_on, facts.filed_on)
    matter.prosecutor_id = by.user_id
    matter.save()
