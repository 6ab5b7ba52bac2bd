"""What may be frozen, and how a frozen figure differs from what would be counted now.

Source: the coalition's rule that a published figure stands until a named person corrects it: a figure never changes,
and what the records would give now is shown beside it, with the rows that came and left.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hotspots import errors


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows that would be counted now and were not, and those that were and would not be."""

    came: tuple[uuid.UUID, ...]
    left: tuple[uuid.UUID, ...]

    @property
    def is_none(self) -> bool:
        """Tell whether the same rows would be counted."""
        return not self.came and not self.left


def difference_of(frozen: Iterable[uuid.UUID], now: Iterable[uuid.UUID]) -> Difference:
    """Compare the rows of a frozen figure with those of today."""
    before, after = set(frozen), set(now)
    return Difference(tuple(sorted(after - before)), tuple(sorted(before - after)))


def pack_ids(ids: Iterable[uuid.UUID]) -> bytes:
    """Write ids one after the other, sixteen bytes each, ascending: the order over which the root is taken."""
    return b"".join(sorted(one.bytes for one in ids))


def check_data_as_of(data_as_of_on: date, *, begins_on: date, today: date) -> None:
    """Check that a figure can state a day as its data-as-of.

    Raises RuleBroken for a day that has not come, and for one before the campaign began.
    """
    if data_as_of_on > today:
        raise errors.RuleBroken(
            "results.data_as_of",
            "That day has not come yet: nobody can say what will happen on it.",
            field="data_as_of_on",
        )
    if data_as_of_on < begins_on:
        raise errors.RuleBroken(
            "results.data_as_of",
            "The campaign had not begun on that day, so there is nothing to count.",
            field="data_as_of_on",
        )
