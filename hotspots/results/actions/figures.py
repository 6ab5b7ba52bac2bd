"""Freeze figures: a value with its definition, its rows and their root, for good."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from hotspots import __version__, errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_fact
from hotspots.access.models import Organization
from hotspots.access.rowset import root_of_ids
from hotspots.access.rules import Role
from hotspots.operations.models import Campaign, Operation
from hotspots.results.measures import Extent, Measure, extent_of, measure_of
from hotspots.results.models import Figure
from hotspots.results.rules.figures import check_data_as_of, pack_ids

FREEZERS = (Role.PUBLISHER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class FreezeFacts:
    """Which measure is frozen, up to which day, and whether of one operation or agency alone."""

    measure_key: str
    data_as_of_on: date
    operation: Operation | None = None
    organization: Organization | None = None

    LOGGED = ("measure_key", "data_as_of_on")


@dataclass(frozen=True, slots=True)
class FreezeAllFacts:
    """Which measures of a campaign are frozen together, up to which day."""

    measure_keys: tuple[str, ...]
    data_as_of_on: date

    LOGGED = ("data_as_of_on",)


@action("results.freeze_figure", roles=FREEZERS, subject="campaign")
def freeze_figure(*, by: Actor, campaign: Campaign, facts: FreezeFacts, clock: Clock = system_clock) -> Figure:
    """Freeze a measure's value with its definition, its rows and their root."""
    measure = measure_of(facts.measure_key)
    extent = extent_of(
        campaign, operation=facts.operation, organization=facts.organization, data_as_of_on=facts.data_as_of_on
    )
    _check_scope(campaign, facts)
    now = clock()
    check_data_as_of(facts.data_as_of_on, begins_on=campaign.begins_on, today=now.astimezone(extent.zone).date())
    return _keep(measure, extent, by, now)


@action("results.freeze_figures", roles=FREEZERS, subject="campaign")
def freeze_figures(
    *, by: Actor, campaign: Campaign, facts: FreezeAllFacts, clock: Clock = system_clock
) -> list[Figure]:
    """Freeze several measures of a campaign at once, up to the same day."""
    if not facts.measure_keys:
        raise errors.RuleBroken("results.freeze_none", "Choose at least one figure to freeze.", field="measures")
    note_fact(figures_count=len(facts.measure_keys))
    return [
        freeze_figure(by=by, campaign=campaign, facts=FreezeFacts(key, facts.data_as_of_on), clock=clock)
        for key in facts.measure_keys
    ]


def _check_scope(campaign: Campaign, facts: FreezeFacts) -> None:
    if facts.operation is not None and facts.organization is not None:
        raise errors.BadInput("results.scope", "A figure is of one operation or of one agency, not of both.")
    if facts.operation is not None and facts.operation.campaign_id != campaign.pk:
        raise errors.BadInput("results.scope", "That operation belongs to another campaign.")


def _keep(measure: Measure, extent: Extent, by: Actor, now: datetime) -> Figure:
    assert by.user_id is not None  # no role is open to the system
    rows = measure.rows(extent)
    value, ids = measure.tally(rows)
    rows_count, root = root_of_ids(ids)
    return Figure.objects.create(
        campaign=extent.campaign,
        operation=extent.operation,
        organization=extent.organization,
        measure_key=measure.key,
        measure_version=measure.version,
        value=value,
        label=measure.label,
        unit=str(measure.unit),
        definition=str(measure.definition),
        row_kind=rows.model._meta.label,
        row_ids=pack_ids(ids),
        rows_count=rows_count,
        root=root,
        denominators=[asdict(one) for one in measure.denominators(extent)],
        data_as_of_on=extent.data_as_of_on,
        frozen_at=now,
        frozen_by_id=by.user_id,
        program_version=__version__,
        is_protected=measure.is_protected,
    )
