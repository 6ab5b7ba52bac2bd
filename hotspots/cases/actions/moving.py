"""Move a citation or an arrest to another agency or operation, by the rules by which it would be recorded there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.frame import note_change
from hotspots.access.models import Organization
from hotspots.cases.actions.setting import RECORDERS, campaign_of, check_operation, hold
from hotspots.cases.models import Arrest, Citation, Matter
from hotspots.operations.models import Campaign, Operation


@dataclass(frozen=True, slots=True)
class StopPlace:
    """Which agency is credited with a record, and in which operation it was made; without one, of which campaign."""

    credited: Organization
    operation: Operation | None = None
    campaign: Campaign | None = None


def move_stop(by: Actor, stop: Citation | Arrest, place: StopPlace) -> None:
    """Set the credited agency and the operation of a stop; nothing is saved. An operation out of sight stays."""
    operation = hold(place.operation or _unseen_operation(by, stop))
    if (operation, place.credited) == (stop.operation, stop.credited):
        stop.operation = operation
        return
    if place.credited.pk != stop.credited_id:
        _check_covered(by, place.credited)
    check_operation(place.credited, operation)
    if operation != stop.operation:
        stop.campaign, stop.operation = campaign_of(place.campaign, operation), operation
    stop.credited = place.credited
    if stop.officer is not None and stop.officer.organization_id != place.credited.pk:
        stop.officer = None  # the title stays, as the document says


def move_matters(stop: Citation | Arrest) -> None:
    """Let the matters that came of a stop follow it to its agency, operation and night."""
    for matter in stop.matters.select_for_update(of=("self",), no_key=True):
        before = placed(matter)
        matter.campaign_id, matter.operation_id = stop.campaign_id, stop.operation_id
        matter.credited_id, matter.night_on = stop.credited_id, stop.night_on
        after = placed(matter)
        changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
        if changed:
            matter.save()
            note_change(matter, matter.owner.history_key_id, **changed)


def placed(record: Citation | Arrest | Matter) -> dict[str, str]:
    """Describe whose a record is and where it belongs, as its history does."""
    return {
        "credited": record.credited.name,
        "operation": str(record.operation or ""),
        "campaign": record.campaign.name,
        "night_on": str(record.night_on),
    }


def _unseen_operation(by: Actor, stop: Citation | Arrest) -> Operation | None:
    kept = stop.operation
    is_seen = kept is None or Operation.objects.visible_to(by).filter(pk=kept.pk).exists()
    return None if is_seen else kept


def _check_covered(by: Actor, credited: Organization) -> None:
    if not by.covers(RECORDERS, credited.scopes()):
        sentence = _("Your role does not cover records of %(agency)s.") % {"agency": credited.name}
        raise errors.RuleBroken("cases.credited", sentence, field="credited")
