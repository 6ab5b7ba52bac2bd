"""Distinct contact points: how many numbers or addresses are behind the responses that count."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hotspots.results.measures.declaration import Denominator, Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.responses_to_ads import PATHS, responses_counted
from hotspots.results.rules.measures import Side


def denominators_of(extent: Extent) -> list[Denominator]:
    """Give the responses that these contact points made."""
    rows = responses_counted(extent)
    if extent.operation is not None:
        rows = rows.filter(ad__operation=extent.operation)
    if extent.organization is not None:
        rows = rows.filter(ad__line__owner=extent.organization)
    return [Denominator("responses", str(_("Responses that they made")), rows.count())]


@measure(
    key="distinct_contact_points",
    words=Words(_("Distinct contact points"), _("distinct contact point"), _("distinct contact points")),
    unit=_("contact point"),
    unit_note=_(
        "A telephone number or address. It is not a person: one person may use two numbers, and one number may be "
        "shared."
    ),
    population=_("The contact points of the responses to decoy ads that count."),
    definition=_("Each contact point is counted once, however many ads of the campaign it answered."),
    period=_("As for responses to decoy ads."),
    not_counted=(
        _("A contact point all of whose responses were dismissed."),
        _("Calls and texts without a number: nobody can tell whether two of them are the same."),
    ),
    paths=PATHS,
    distinct="contact_point_id",
    denominators_of=denominators_of,
    side=Side.BUYER,
    order=12,
)
def responses_behind(extent: Extent) -> Any:
    """Give the responses whose contact points are counted."""
    return responses_counted(extent)
