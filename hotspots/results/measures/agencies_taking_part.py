"""Agencies taking part: those that led an operation of the campaign or were a partner in one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import Organization
from hotspots.operations.models import Partner
from hotspots.results.measures.declaration import Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import keep_unrestricted
from hotspots.results.measures.operations_held import operations_of


@measure(
    key="agencies_taking_part",
    words=Words(_("Agencies taking part"), _("agency taking part"), _("agencies taking part")),
    unit=_("agency"),
    unit_note=_("An organization that led an operation or was a partner in one."),
    population=_("Organizations of the county."),
    definition=_(
        "Organizations that led at least one operation of the campaign that was held, or took part in one as a partner."
    ),
    period=_("As for operations held."),
    not_counted=(_("Organizations of the coalition that took part in no operation."),),
    order=81,
)
def agencies(extent: Extent) -> Any:
    """Give the organizations that count."""
    operations = operations_of(extent).order_by()
    partners = Partner.objects.filter(operation__in=operations.values("pk")).values("organization_id")
    rows = Organization.objects.filter(Q(pk__in=operations.values("lead_id")) | Q(pk__in=partners))
    if extent.organization is not None:
        rows = rows.filter(pk=extent.organization.pk)
    return keep_unrestricted(rows, extent)
