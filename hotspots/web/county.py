"""The county of this database, as the frame and the clock of every page need it."""

from __future__ import annotations

import zoneinfo

from django.db import DatabaseError

from hotspots.access.models import County

_known: dict[str, County] = {}


def county_now() -> County | None:
    """Give the county; None while it is not founded. It never changes, so it is read once a process."""
    if "county" not in _known:
        try:
            county = County.objects.first()
        except DatabaseError:
            return None
        if county is None:
            return None
        _known["county"] = county
    return _known["county"]


def county_zone() -> zoneinfo.ZoneInfo:
    """Give the zone in which the county's dates and times are told; UTC while it is not founded."""
    county = county_now()
    return zoneinfo.ZoneInfo(county.time_zone if county else "UTC")


def forget_county() -> None:
    """Forget what was read, for the tests and after founding."""
    _known.clear()
