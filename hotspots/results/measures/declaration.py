"""What a measure says of itself, and how it is registered.

A measure is one file with one decorated function that gives the rows it counts; a family of measures is one file with
one table. Measures do not depend on who looks: each leaves out what is unfinished, void, or under a live restriction
(sealed, referred, protected), for everybody alike.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.results.measures.extent import Extent
from hotspots.results.rules.measures import Side

Rows = Any  # a queryset of the measure's row model
Pair = tuple[uuid.UUID, uuid.UUID]  # the id of a row, and that of what is counted
RowsOf = Callable[[Extent], Rows]


@dataclass(frozen=True, slots=True)
class Denominator:
    """A number beside the value, without which it says little: what it is a part of, or what it leaves out.

    `is_left_out` marks a reason for which rows are not counted.
    """

    key: str
    label: str
    value: int
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a row keeps its operation and its agency, to count by them."""

    operation: str
    organization: str


@dataclass(frozen=True, slots=True)
class Words:
    """How a measure is written: its name, and its value in a heading ("261 responses to decoy ads")."""

    label: Any
    one: Any
    many: Any
    beneath: Any = ""  # the line below the name where it says more than the unit, "contact events, never persons"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one version: what it counts, of what, and what it leaves out."""

    key: str
    words: Words
    unit: Any
    unit_note: Any
    population: Any
    definition: Any
    period: Any
    not_counted: tuple[Any, ...]
    rows_of: RowsOf
    paths: Paths | None = None
    distinct: str = ""  # the path of what is counted once, where the value is not the number of rows
    denominators_of: Callable[[Extent], Iterable[Denominator]] | None = None
    side: Side = Side.NONE
    is_protected: bool = False
    version: int = 1
    order: int = 100
    beside: tuple[str, ...] = ()  # keys of measures that are always shown with this one

    @property
    def label(self) -> str:
        """Give its name."""
        return str(self.words.label)

    @property
    def unit_line(self) -> str:
        """Give the line below the name: always the unit, and more where it needs saying."""
        return str(self.words.beneath or self.unit)

    def heading(self, value: int) -> str:
        """Write a value with what it counts, "22 citations for soliciting"."""
        return f"{value:,} {self.words.one if value == 1 else self.words.many}"

    def rows(self, extent: Extent) -> Rows:
        """Give the rows that it counts, of one operation or agency where the extent names one."""
        rows = self.rows_of(extent)
        if self.paths is None:
            return rows
        if extent.operation is not None:
            rows = rows.filter(**{self.paths.operation: extent.operation.pk})
        if extent.organization is not None:
            rows = rows.filter(**{self.paths.organization: extent.organization.pk})
        return rows

    def value(self, extent: Extent) -> int:
        """Count."""
        return self.value_of(self.rows(extent))

    def value_of(self, rows: Rows) -> int:
        """Count rows that were narrowed further."""
        return int(rows.order_by().aggregate(counted=self._count)["counted"])

    def tally(self, rows: Rows) -> tuple[int, list[uuid.UUID]]:
        """Count rows and give their ids, ascending, in one query, so that the two agree."""
        return tally_pairs(self.pairs(rows))

    def pairs(self, rows: Rows) -> list[Pair]:
        """Give the id of each row with that of what is counted: the row itself, or whom it is about."""
        return list(rows.order_by().values_list("pk", self.distinct or "pk"))

    def values_by(self, extent: Extent, path: str) -> dict[uuid.UUID, int]:
        """Count by operation or agency in one query."""
        grouped = self.rows(extent).order_by().values_list(path).annotate(counted=self._count)
        return {key: counted for key, counted in grouped if key is not None}

    def denominators(self, extent: Extent) -> list[Denominator]:
        """Give what the value is a part of."""
        return list(self.denominators_of(extent)) if self.denominators_of is not None else []

    @property
    def _count(self) -> Count:
        return Count(self.distinct, distinct=True) if self.distinct else Count("pk", distinct=True)


def tally_pairs(pairs: Iterable[Pair]) -> tuple[int, list[uuid.UUID]]:
    """Give how many are counted, and the ids of the rows, ascending."""
    found = set(pairs)
    return len({counted for _pk, counted in found}), sorted({pk for pk, _counted in found})


MEASURES: dict[str, dict[int, Measure]] = {}


def measure(*, key: str, **said: Any) -> Callable[[RowsOf], RowsOf]:
    """Register the measure whose rows a function gives."""

    def register(rows_of: RowsOf) -> RowsOf:
        add_measure(Measure(key=key, rows_of=rows_of, **said))
        return rows_of

    return register


def add_measure(made: Measure) -> Measure:
    """Register a measure under its key and version."""
    versions = MEASURES.setdefault(made.key, {})
    if made.version in versions:
        raise TypeError(f"there are two measures {made.key}, version {made.version}")
    versions[made.version] = made
    return made


def measure_of(key: str, version: int | None = None) -> Measure:
    """Give a measure by key: the newest version, or the one that is named.

    Raises NotFound for a key, or a version, that this program does not have.
    """
    versions = MEASURES.get(key, {})
    found = versions.get(version if version is not None else max(versions, default=0))
    if found is None:
        raise errors.NotFound("results.measure", _("There is no such measure."))
    return found


def all_measures() -> list[Measure]:
    """Give the newest version of every measure, in the order of a page."""
    return sorted((versions[max(versions)] for versions in MEASURES.values()), key=lambda one: (one.order, one.key))
