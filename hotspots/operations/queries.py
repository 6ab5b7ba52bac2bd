"""Operations and campaigns with what their pages show."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import AGENCY_KINDS


def campaigns_of(actor: Actor) -> Any:
    """Give the campaigns that the actor sees, with the count of the operations that the actor sees."""
    mine = Operation.objects.visible_to(actor).filter(campaign_id=OuterRef("pk")).order_by().values("campaign_id")
    counted = Coalesce(Subquery(mine.annotate(found=Count("pk")).values("found")), 0)
    return Campaign.objects.visible_to(actor).select_related("lead").annotate(operations_count=counted)


def operations_of(actor: Actor) -> Any:
    """Give the operations that the actor sees, with the lead, the campaign and the partners in their order."""
    rows = Operation.objects.visible_to(actor).select_related("lead", "campaign")
    return rows.prefetch_related("partners__organization")


def with_agency(rows: Any, organization_id: uuid.UUID) -> Any:
    """Keep the operations that an organization leads or is a partner in."""
    return rows.filter(Operation.taking_part([organization_id]))


def agencies() -> Any:
    """Give the agencies that can take part in an operation."""
    return Organization.objects.filter(organization_kind__in=AGENCY_KINDS, status="active")


@dataclass(frozen=True, slots=True)
class Part:
    """What an agency did in some operations."""

    organization: Organization
    led_count: int
    joined_count: int


def agencies_in(operations: Iterable[Operation]) -> list[Part]:
    """Give the agencies that take part in operations, those that lead most first."""
    led: Counter[Organization] = Counter()
    joined: Counter[Organization] = Counter()
    for operation in operations:
        led[operation.lead] += 1
        joined.update(partner.organization for partner in operation.partners.all())
    parts = [Part(organization, led[organization], joined[organization]) for organization in {*led, *joined}]
    return sorted(parts, key=lambda part: (-part.led_count, -part.joined_count, part.organization.name))


def count_by_place(operations: Iterable[Operation]) -> dict[str, int]:
    """Count operations by place, for the map."""
    return dict(Counter(operation.place_name for operation in operations))
