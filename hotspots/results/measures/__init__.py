"""The measures: one file each. Importing this package registers them all."""

from hotspots.results.measures import (
    distinct_contact_points,
    responses_to_ads,
    withheld_contacts,
)
from hotspots.results.measures.declaration import MEASURES, Denominator, Measure, all_measures, measure_of
from hotspots.results.measures.extent import Extent, extent_of

__all__ = [
    "MEASURES",
    "Denominator",
    "Extent",
    "Measure",
    "all_measures",
    "distinct_contact_points",
    "extent_of",
    "measure_of",
    "responses_to_ads",
    "withheld_contacts",
]
