"""The measures: one file each. Importing this package registers them all."""

from hotspots.results.measures import (
    agencies_taking_part,
    arrests,
    citations_for_soliciting,
    distinct_contact_points,
    investigations_opened,
    operations_held,
    outcomes,
    persons_charged,
    responses_to_ads,
    seller_side_arrests,
    withheld_contacts,
)
from hotspots.results.measures.declaration import (
    MEASURES,
    Denominator,
    Measure,
    Pair,
    all_measures,
    measure_of,
    tally_pairs,
)
from hotspots.results.measures.extent import Extent, extent_of

__all__ = [
    "MEASURES",
    "Denominator",
    "Extent",
    "Measure",
    "Pair",
    "agencies_taking_part",
    "all_measures",
    "arrests",
    "citations_for_soliciting",
    "distinct_contact_points",
    "extent_of",
    "investigations_opened",
    "measure_of",
    "operations_held",
    "outcomes",
    "persons_charged",
    "responses_to_ads",
    "seller_side_arrests",
    "tally_pairs",
    "withheld_contacts",
]
