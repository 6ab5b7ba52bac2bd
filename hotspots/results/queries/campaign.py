"""Everything that the results page of a campaign shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.operations.models import Campaign, Operation, Partner
from hotspots.results.measures import Extent, Measure, measure_of
from hotspots.results.measures.operations_held import operations_of
from hotspots.results.models import Figure
from hotspots.results.models.figure import COUNTYWIDE
from hotspots.results.queries.frozen import NowBe, figures_of, would_now_be
from hotspots.results.queries.live import LiveFigure, PartRow, live_results, values_by_agency, values_by_operation

HEADLINES = (
    "responses_to_ads",
    "citations_for_soliciting",
    "persons_charged.trafficking_of_a_minor",
    "persons_charged.pandering",
    "investigations_opened.pimping_and_pandering",
    "arrests.firearm",
)
IN_TABLES = (
    "responses_to_ads",
    "citations_for_soliciting",
    "arrests.firearm",
    "investigations_opened.pimping_and_pandering",
)
IN_THE_AGENCY = (Role.OPERATION_LEAD, Role.OFFICER, Role.CUSTODIAN, Role.LIAISON)


@dataclass(frozen=True, slots=True)
class Standing:
    """A live value, the newest figure frozen of it, and what that would now be."""

    live: LiveFigure
    figure: Figure | None
    now: NowBe | None

    @property
    def is_changed(self) -> bool:
        """Tell whether the frozen figure no longer matches the records."""
        return self.now is not None and not self.now.is_same


@dataclass(frozen=True, slots=True)
class Parts:
    """A table by operation or by agency."""

    measures: tuple[Measure, ...]
    rows: list[PartRow]


def sees_everything(actor: Actor) -> bool:
    """Tell whether a person sees the values of the whole campaign, or those of the own operations alone."""
    return actor.holds_countywide(*COUNTYWIDE)


def standings_of(actor: Actor, campaign: Campaign, extent: Extent) -> list[Standing]:
    """Give every measure of a campaign, live, with its newest frozen figure."""
    frozen = figures_of(actor, campaign)
    found = []
    for live in live_results(campaign, data_as_of_on=extent.data_as_of_on):
        figure = frozen.get(live.key)
        found.append(Standing(live, figure, would_now_be(figure) if figure is not None else None))
    return found


def by_operation(actor: Actor, extent: Extent) -> Parts:
    """Give the table by operation, of the operations that the actor may see."""
    measures = tuple(measure_of(key) for key in IN_TABLES)
    seen = operations_of(extent).filter(pk__in=Operation.objects.visible_to(actor).values("pk"))
    return Parts(measures, values_by_operation(extent, measures, seen.order_by("night_on", "number")))


def by_agency(extent: Extent) -> Parts:
    """Give the table by agency, of those that took part."""
    measures = tuple(measure_of(key) for key in IN_TABLES)
    operations = operations_of(extent).order_by()
    partners = Partner.objects.filter(operation__in=operations.values("pk")).values("organization_id")
    agencies = Organization.objects.filter(Q(pk__in=operations.values("lead_id")) | Q(pk__in=partners))
    return Parts(measures, values_by_agency(extent, measures, agencies.order_by("name")))


def responses_by_ad(extent: Extent) -> list[tuple[str, int]]:
    """Give the responses that count for each ad, in the order of the ads."""
    counted = measure_of("responses_to_ads").values_by(extent, "ad_id")
    return [(str(ad), counted.get(ad.pk, 0)) for ad in extent.campaign.ads.order_by("number")]
