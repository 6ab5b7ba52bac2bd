"""Count a measure of a test's campaign."""

from __future__ import annotations

from datetime import date
from typing import Any

from hotspots.results.measures import extent_of, measure_of
from tests.build_results import World

AS_OF = date(2021, 11, 5)


def value(here: World, key: str, **narrowed: Any) -> int:
    """Count a measure as of November 5."""
    narrowed.setdefault("data_as_of_on", AS_OF)
    return measure_of(key).value(extent_of(here.campaign, **narrowed))


def parts(here: World, key: str) -> dict[str, int]:
    """Give the denominators of a measure."""
    extent = extent_of(here.campaign, data_as_of_on=AS_OF)
    return {part.key: part.value for part in measure_of(key).denominators(extent)}
