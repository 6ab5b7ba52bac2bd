"""Organizations with what a list shows of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, DateField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.coalition.models import Contact, Membership


def organizations_of(actor: Actor) -> Any:
    """Give the organizations that the actor sees, with membership and the counts of contacts and people."""
    member = Membership.objects.filter(organization_id=OuterRef("pk"), left_on__isnull=True)
    return Organization.objects.visible_to(actor).annotate(
        joined_on=Subquery(member.values("joined_on")[:1], output_field=DateField()),
        contacts_count=_count_of(Contact.objects.visible_to(actor).in_use()),
        people_count=_count_of(User.objects.visible_to(actor).filter(is_active=True)),
    )


def _count_of(rows: Any) -> Any:
    mine = rows.filter(organization_id=OuterRef("pk")).order_by().values("organization_id")
    return Coalesce(Subquery(mine.annotate(found=Count("pk")).values("found")), 0)
