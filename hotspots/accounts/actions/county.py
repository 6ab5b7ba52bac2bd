"""Found the county that a database is the record of."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from typing import ClassVar

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.models import County


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """The county's name and time zone, and whether its database is born as a demonstration."""

    name: str
    time_zone: str
    is_demonstration: bool = False

    LOGGED: ClassVar[tuple[str, ...]] = ("time_zone", "is_demonstration")


@action("accounts.found_county", system=True)
def found_county(*, by: Actor, facts: CountyFacts, clock: Clock = system_clock) -> None:
    """Found the county, once; whether it is a demonstration can never be changed."""
    if County.objects.exists():
        raise errors.RuleBroken("accounts.county_founded", "This database is the record of a county already.")
    if not facts.name.strip():
        raise errors.BadInput("accounts.county_name", "Name the county.", locator="field county")
    if facts.time_zone not in zoneinfo.available_timezones():
        sentence = f"{facts.time_zone} is no time zone. Write one such as America/Los_Angeles."
        raise errors.BadInput("accounts.time_zone", sentence, locator="field time zone")
    County.objects.create(
        name=facts.name.strip(),
        time_zone=facts.time_zone,
        is_demonstration=facts.is_demonstration,
        founded_at=clock(),
    )
