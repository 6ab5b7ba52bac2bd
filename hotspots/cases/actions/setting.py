"""Whose a record is and in which night it was made: what every verb of cases settles first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import uuid_utils.compat as uuid_utils
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role
from hotspots.cases.models import Statute
from hotspots.cases.rules.dates import check_within_night, local_day
from hotspots.cases.rules.documents import check_codes, check_takes_part
from hotspots.cases.rules.statutes import row_in_force
from hotspots.intake.rules.references import reference_of
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import check_takes_records
from hotspots.web.county import county_zone

Held = TypeVar("Held", bound=Record | None)

RECORDERS = (Role.OFFICER, Role.OPERATION_LEAD, Role.COORDINATOR, Role.PROSECUTOR)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who made a record in the field: a person with an account, or a title as the document says."""

    user: User | None = None
    title: str = ""


def hold(row: Held) -> Held:
    """Lock a record that a check rests on until the verb ends, and give it as it is now; nothing stays nothing.

    For what is not an argument of the verb, so that `changes` cannot name it. A verb asks for the operation, then the
    encounter, then the person, so that two verbs seldom wait for each other; where they do, one is tried again.
    """
    if row is None:
        return row
    rows: Any = type(row).objects.select_for_update(of=("self",), no_key=True)
    fresh: Held = rows.get(pk=row.pk)
    return fresh


def check_operation(credited: Organization, operation: Operation | None) -> None:
    """Refuse to credit an agency that takes no part in the operation."""
    if operation is not None:
        partners = operation.partners.values_list("organization_id", flat=True)
        check_takes_part(credited.pk, {operation.lead_id, *partners}, name=credited.name)


def campaign_of(campaign: Campaign | None, operation: Operation | None) -> Campaign:
    """Give the campaign of a record, or refuse a record of none, or of another than its operation's."""
    if operation is not None:
        if campaign is not None and campaign.pk != operation.campaign_id:
            raise errors.RuleBroken(
                "cases.campaign", _("This operation belongs to another campaign."), field="operation"
            )
        campaign = operation.campaign
    if campaign is None:
        sentence = _(
            "No campaign covers this day. "
            "Choose the operation it belongs to, or ask the coordinator to open a campaign."
        )
        raise errors.RuleBroken("cases.campaign", sentence, field="operation")
    check_takes_records(campaign.state)
    return campaign


def night_of(occurred_at: datetime, operation: Operation | None) -> date:
    """Give the operation night of a moment, or refuse a moment outside of it."""
    if operation is None:
        return local_day(occurred_at, county_zone())
    check_within_night(occurred_at, operation.night_on, county_zone())
    return operation.night_on


def owner_id_of(by: Actor, credited: Organization) -> uuid.UUID:
    """Give the organization that keeps the record: the recorder's own."""
    return by.organization_id or credited.pk


def new_identity(prefix: str) -> dict[str, object]:
    """Give the id of a new record, and the reference that is made of it."""
    pk = uuid_utils.uuid7()
    return {"id": pk, "reference": reference_of(prefix, pk)}


def officer_of(officer: Officer, by: Actor, credited: Organization) -> dict[str, object]:
    """Give who made a record in the field; without a word it is the one who records, if of that agency."""
    user = officer.user
    title = " ".join(officer.title.split())
    if user is None and not title and by.user_id and by.organization_id == credited.pk:
        user = User.objects.filter(pk=by.user_id).first()
    if user is not None and user.organization_id != credited.pk:
        sentence = _("%(officer)s does not work for %(agency)s.") % {"officer": user.title, "agency": credited.name}
        raise errors.RuleBroken("cases.officer", sentence, field="officer")
    if user is None and not title:
        raise errors.RuleBroken("cases.officer", _("Say which officer made it."), field="officer")
    return {"officer": user, "officer_title": title or (user.title if user else "")}


def statutes_on(codes: tuple[str, ...], on: date) -> list[Statute]:
    """Give the rows of the statutes in force on the offense date, or refuse one with the reason."""
    check_codes(codes)
    rows = list(Statute.objects.filter(code__in=codes))
    return [row_in_force(code, rows, on) for code in codes]
