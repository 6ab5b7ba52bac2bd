"""Builders for campaigns and operations: plain functions, made directly, without the verbs."""

from __future__ import annotations

from datetime import date

from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind
from hotspots.operations.models import Campaign, Operation, Partner
from hotspots.operations.rules import OperationState
from tests import build


def prosecutor() -> Organization:
    """Give the District Attorney's office, which leads the campaign."""
    return build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)


def campaign(
    key: str = "hot-spots-2021", *, begins_on: date = date(2021, 10, 1), ends_on: date = date(2021, 10, 31)
) -> Campaign:
    """Give a campaign by key, made if it is new."""
    known = Campaign.objects.filter(key=key).first()
    if known is not None:
        return known
    return Campaign.objects.create(
        key=key,
        name=f"Operation: Hot Spots {begins_on.year}",
        ordinal=5,
        begins_on=begins_on,
        ends_on=ends_on,
        area_words="All of Alder County",
        lead=prosecutor(),
        opened_at=build.NOON,
    )


def operation(
    *,
    of: Campaign | None = None,
    lead: Organization | None = None,
    partners: tuple[Organization, ...] = (),
    night_on: date = date(2021, 10, 6),
    place: str = "Alder City",
) -> Operation:
    """Make an operation that was held."""
    parent = of or campaign()
    made = Operation.objects.create(
        campaign=parent,
        number=parent.operations.count() + 1,
        kinds=["street"],
        lead=lead or build.organization(),
        night_on=night_on,
        place_words=f"Poplar Avenue, {place}",
        place_name=place,
        state=OperationState.CLOSED,
        is_entered_afterwards=True,
        recorded_at=build.NOON,
    )
    for position, organization in enumerate(partners):
        Partner.objects.create(operation=made, organization=organization, position=position)
    return made
