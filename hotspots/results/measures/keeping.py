"""What every measure leaves out, whoever looks, and the rows of cases that stand."""

from __future__ import annotations

from typing import Any

from hotspots.access.actor import PUBLIC
from hotspots.cases.rules.kinds import RecordState
from hotspots.results.measures.declaration import Paths
from hotspots.results.measures.extent import Extent

# Whose a record of a case is: of the operation it was made in, and of the agency that is credited with it.
CASE_PATHS = Paths(operation="operation_id", organization="credited_id")


def keep_unrestricted(rows: Any, extent: Extent) -> Any:
    """Leave out the rows that a live restriction seals, refers or protects, unless the extent keeps them.

    Asked for the public, to whom every restriction applies: so the count is the same for everybody, victim services
    included.
    """
    return rows if extent.keeps_hidden else rows.filter(rows.model.unrestricted(PUBLIC))


def in_nights(rows: Any, extent: Extent) -> Any:
    """Keep the rows of the campaign whose operation night lies in it; a night that crosses midnight is one night."""
    return rows.filter(campaign=extent.campaign, night_on__gte=extent.campaign.begins_on, night_on__lte=extent.last_on)


def keep_standing(rows: Any, extent: Extent) -> Any:
    """Keep the citations or arrests that happened by the data-as-of day and are not void.

    A void record never counts, whenever it was voided: to void says that the record should not have been made.
    """
    rows = in_nights(rows, extent).filter(state=RecordState.RECORDED, occurred_at__lt=extent.known_until_at)
    return keep_unrestricted(rows, extent)
