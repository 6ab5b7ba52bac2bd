"""Live values: every measure of a campaign, counted now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hotspots.access.models import Organization
from hotspots.operations.models import Campaign, Operation
from hotspots.results.measures import Denominator, Extent, Measure, all_measures, extent_of


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A measure's value now, with what it is a part of."""

    measure: Measure
    value: int
    data_as_of_on: date
    denominators: tuple[Denominator, ...] = ()

    @property
    def key(self) -> str:
        return self.measure.key

    @property
    def label(self) -> str:
        return self.measure.label

    @property
    def unit(self) -> str:
        return str(self.measure.unit)


def live_results(
    campaign: Campaign,
    *,
    operation: Operation | None = None,
    organization: Organization | None = None,
    data_as_of_on: date | None = None,
) -> list[LiveFigure]:
    """Count every measure of a campaign, or of one operation or agency in it, up to a day (today, if none is said)."""
    extent = extent_of(campaign, operation=operation, organization=organization, data_as_of_on=data_as_of_on)
    return [live_figure(measure, extent) for measure in all_measures()]


def live_figure(measure: Measure, extent: Extent) -> LiveFigure:
    """Count one measure, with its denominators."""
    return LiveFigure(measure, measure.value(extent), extent.data_as_of_on, tuple(measure.denominators(extent)))


def results_document(campaign: Campaign, *, data_as_of_on: date | None = None) -> dict[str, int]:
    """Give the live value of every measure under its key: the contract of `hotspots results --format json`."""
    extent = extent_of(campaign, data_as_of_on=data_as_of_on)
    return {measure.key: measure.value(extent) for measure in all_measures()}


@dataclass(frozen=True, slots=True)
class PartRow:
    """One operation or agency, with the values of the measures that a table shows; None where it has no part."""

    name: str
    pk: uuid.UUID
    values: tuple[int, ...]


def values_by_operation(extent: Extent, measures: Iterable[Measure], operations: Iterable[Operation]) -> list[PartRow]:
    """Count measures by operation, one query for each measure."""
    counted = [measure.values_by(extent, measure.paths.operation) for measure in measures if measure.paths]
    return [PartRow(str(one), one.pk, tuple(by.get(one.pk, 0) for by in counted)) for one in operations]


def values_by_agency(extent: Extent, measures: Iterable[Measure], agencies: Iterable[Organization]) -> list[PartRow]:
    """Count measures by agency, one query for each measure."""
    counted = [measure.values_by(extent, measure.paths.organization) for measure in measures if measure.paths]
    return [PartRow(one.short_name, one.pk, tuple(by.get(one.pk, 0) for by in counted)) for one in agencies]
