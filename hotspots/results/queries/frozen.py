"""Frozen figures beside what the records would give now, and the proof of their rows."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.rowset import root_of_ids
from hotspots.operations.models import Campaign
from hotspots.results.measures import Extent, Measure, Pair, measure_of, tally_pairs
from hotspots.results.models import Figure
from hotspots.results.queries.rows import with_columns
from hotspots.results.rules.figures import Difference, difference_of
from hotspots.web.county import county_now


@dataclass(frozen=True, slots=True)
class NowBe:
    """What a frozen figure would be if it were counted now, with its own definition and its own data-as-of.

    `hidden` are the rows that it counted and that nothing but a restriction takes out now. They count as still there:
    otherwise the difference would tell that somebody was referred.
    """

    value: int
    difference: Difference
    root: bytes
    hidden: tuple[uuid.UUID, ...] = ()

    @property
    def is_same(self) -> bool:
        """Tell whether the same rows would be counted."""
        return self.difference.is_none


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check of a figure found: the root over the ids that it keeps, and the root over the rows of today."""

    is_whole: bool  # the ids that are kept give the root that is kept
    kept_root: bytes
    computed_root: bytes
    now: NowBe | None

    @property
    def is_same_now(self) -> bool:
        """Tell whether the rows of today give the same root."""
        return self.now is not None and self.now.root == self.kept_root


def figures_of(actor: Actor, campaign: Campaign) -> dict[str, Figure]:
    """Give the newest figure of each measure that was frozen for the whole campaign, by key."""
    rows = Figure.objects.visible_to(actor).filter(campaign=campaign, operation=None, organization=None)
    newest = dict(rows.order_by("frozen_at", "pk").values_list("measure_key", "pk"))
    figures = Figure.objects.filter(pk__in=newest.values()).select_related("campaign", "frozen_by__organization")
    return {figure.measure_key: figure for figure in figures}


def measure_frozen(figure: Figure) -> Measure | None:
    """Give the measure, in the version that the figure was frozen under; None where this program has it no more."""
    try:
        return measure_of(figure.measure_key, figure.measure_version)
    except errors.NotFound:
        return None


def extent_frozen(figure: Figure) -> Extent:
    """Give what the figure was counted over."""
    county = county_now()
    zone = zoneinfo.ZoneInfo(county.time_zone) if county else timezone.get_default_timezone()
    return Extent(figure.campaign, figure.data_as_of_on, zone, figure.operation, figure.organization)


def would_now_be(figure: Figure) -> NowBe | None:
    """Count a figure again, under the definition it was frozen with; None where this program no longer has it."""
    measure = measure_frozen(figure)
    if measure is None:
        return None
    extent, frozen = extent_frozen(figure), figure.ids
    pairs = measure.pairs(measure.rows(extent))
    hidden = _hidden_pairs(measure, extent, difference_of(frozen, (pk for pk, _counted in pairs)).left)
    value, ids = tally_pairs([*pairs, *hidden])
    return NowBe(value, difference_of(frozen, ids), root_of_ids(ids)[1], tuple(pk for pk, _counted in hidden))


def _hidden_pairs(measure: Measure, extent: Extent, left: tuple[uuid.UUID, ...]) -> list[Pair]:
    """Give those of the rows that left which would count if no restriction hid them."""
    if not left:
        return []
    return measure.pairs(measure.rows(replace(extent, keeps_hidden=True)).filter(pk__in=left))


def check_proof(figure: Figure) -> Proof:
    """Compute a figure's root again from the ids it keeps, and from the rows of today."""
    count, computed = root_of_ids(figure.ids)
    kept = bytes(figure.root)
    return Proof(computed == kept and count == figure.rows_count, kept, computed, would_now_be(figure))


def rows_of_figure(actor: Actor, figure: Figure, now: NowBe | None) -> Any:
    """Give the rows that a figure counted, as far as the actor may see them.

    A list of all ids could pass what a database takes in one statement, so the rows of today are taken, without those
    that came since and with those that left.
    """
    model: Any = apps.get_model(figure.row_kind)
    visible = model.objects.visible_to(actor)
    measure = measure_frozen(figure)
    if measure is None or now is None:
        return visible.filter(pk__in=figure.ids)
    today = measure.rows(extent_frozen(figure)).order_by().values("pk")
    if now.is_same and not now.hidden:
        return visible.filter(pk__in=today)
    gone = (*now.difference.left, *now.hidden)  # most readers see nothing of what is hidden; some may
    return visible.filter((Q(pk__in=today) & ~Q(pk__in=now.difference.came)) | Q(pk__in=gone))


def rows_changed(actor: Actor, figure: Figure, ids: Iterable[uuid.UUID]) -> list[Any]:
    """Give the rows among those that came or left which the actor may see."""
    model: Any = apps.get_model(figure.row_kind)
    return list(with_columns(model.objects.visible_to(actor).filter(pk__in=list(ids))))
