"""Operations held: the operations of the campaign that took place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hotspots.operations.models import Operation
from hotspots.operations.rules import OperationState
from hotspots.results.measures.declaration import Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import in_nights, keep_unrestricted

HELD = (OperationState.CLOSED, OperationState.DEBRIEFED)


def operations_of(extent: Extent) -> Any:
    """Give the operations held, of one operation or agency where the extent names one."""
    rows = in_nights(Operation.objects.filter(state__in=HELD), extent)
    if extent.operation is not None:
        rows = rows.filter(pk=extent.operation.pk)
    if extent.organization is not None:
        rows = rows.filter(Operation.taking_part([extent.organization.pk]))
    return keep_unrestricted(rows, extent)


@measure(
    key="operations_held",
    words=Words(_("Operations held"), _("operation held"), _("operations held")),
    unit=_("operation"),
    unit_note=_("One night or day at one place, by one or more agencies."),
    population=_("Operations of the campaign."),
    definition=_(
        "Operations that were held and closed, those ended early too. An operation counts once, however many agencies "
        "took part."
    ),
    period=_("By operation night within the campaign; a night that crosses midnight is one."),
    not_counted=(_("Operations that were planned and not held."),),
    order=80,
)
def held(extent: Extent) -> Any:
    """Give the operations that count."""
    return operations_of(extent)
