"""What a measure is counted over: a campaign, the days in it, and one operation or agency."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from django.utils import timezone

from hotspots.access.models import Organization
from hotspots.operations.models import Campaign, Operation
from hotspots.web.county import county_now


@dataclass(frozen=True)
class Extent:
    """A campaign up to a stated day; the days are those of the county's zone.

    `data_as_of_on` is the last day whose facts count. A fact is dated by when it happened, not by when it was entered.
    `keeps_hidden` counts what a restriction hides too: only to tell whether a row that a frozen figure counted is gone
    for any other reason.
    """

    campaign: Campaign
    data_as_of_on: date
    zone: tzinfo
    operation: Operation | None = None
    organization: Organization | None = None
    keeps_hidden: bool = False

    @property
    def last_on(self) -> date:
        """Give the last day of the campaign that counts."""
        return min(self.campaign.ends_on, self.data_as_of_on)

    @cached_property
    def begins_at(self) -> datetime:
        """Give the first moment of the campaign."""
        return self._midnight(self.campaign.begins_on)

    @cached_property
    def ends_at(self) -> datetime:
        """Give the first moment that does not count any more."""
        return self._midnight(self.last_on + timedelta(days=1))

    @cached_property
    def known_until_at(self) -> datetime:
        """Give the first moment after the data-as-of day, whether or not the campaign was over by then."""
        return self._midnight(self.data_as_of_on + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def extent_of(
    campaign: Campaign,
    *,
    operation: Operation | None = None,
    organization: Organization | None = None,
    data_as_of_on: date | None = None,
) -> Extent:
    """Give the extent of a campaign, up to today where no day is stated."""
    county = county_now()
    zone = zoneinfo.ZoneInfo(county.time_zone if county else "UTC")
    return Extent(campaign, data_as_of_on or timezone.now().astimezone(zone).date(), zone, operation, organization)
