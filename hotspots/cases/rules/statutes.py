"""Which row of a statute is in force on the offense date, and which family is the most serious.

Source: Cal. Const. art. I section 9 and PC 3 (no law is retroactive): the law of the day of the offense decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from hotspots import errors
from hotspots.cases.rules.dates import day_of
from hotspots.cases.rules.kinds import StatuteFamily


class StatuteLike(Protocol):
    """What the rules read of a row of a statute."""

    code: str
    effective_from: date
    effective_to: date | None
    begins_words: str
    ends_words: str


Row = TypeVar("Row", bound=StatuteLike)

_SERIOUSNESS = (
    StatuteFamily.TRAFFICKING_OF_A_MINOR,
    StatuteFamily.TRAFFICKING,
    StatuteFamily.PANDERING,
    StatuteFamily.PIMPING,
    StatuteFamily.CONTACT_WITH_A_MINOR,
    StatuteFamily.SOLICITATION,
    StatuteFamily.SELLER,
    StatuteFamily.LOITERING,
    StatuteFamily.OTHER,
    StatuteFamily.FIREARM,  # counted apart: it names an arrest only when nothing else does
)


def is_in_force(row: StatuteLike, on: date) -> bool:
    """Answer whether a row applies to an offense of that day."""
    return row.effective_from <= on and (row.effective_to is None or on < row.effective_to)


def row_in_force(code: str, rows: Sequence[Row], on: date) -> Row:
    """Give the row of a statute in force on the offense date, or refuse it with the reason.

    Source: Cal. Const. art. I section 9 and PC 3 (no law is retroactive): the law of the day of the offense decides.
    """
    own = sorted((row for row in rows if row.code == code), key=lambda row: row.effective_from)
    if not own:
        raise errors.BadInput("cases.statute", f"There is no statute {code} here.", locator="statute")
    for row in own:
        if is_in_force(row, on):
            return row
    raise errors.RuleBroken("cases.statute_in_force", _why_not(own, on), field="statute")


def _why_not(own: Sequence[StatuteLike], on: date) -> str:
    first, last, day = own[0], own[-1], day_of(on)
    if on < first.effective_from:
        if first.begins_words:
            return f"{first.code} {first.begins_words}; the offense was on {day}."
        return f"{first.code} is kept here from {day_of(first.effective_from)} on; the offense was on {day}."
    ends = last.ends_words or "is no longer in force"
    return f"{last.code} {ends}; the offense was on {day}."


def most_serious(families: Iterable[str]) -> StatuteFamily:
    """Give the family under which an arrest is counted: the gravest of its counts, firearms apart.

    Source: domain.md, measure arrests.<family>.
    """
    held = {StatuteFamily(family) for family in families}
    return next(family for family in _SERIOUSNESS if family in held)
