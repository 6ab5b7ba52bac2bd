"""One page of a list: its rows, the links around them, and what the text below says."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.web.tables.filters import FilterForm
from hotspots.web.tables.keyset import Cursor, Keyset


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of rows: how many there are in all, how many come before it, and which row is marked."""

    rows: list[Any]
    total_count: int
    before_count: int
    marked: uuid.UUID | None = None

    @property
    def has_earlier(self) -> bool:
        return self.before_count > 0

    @property
    def has_later(self) -> bool:
        return self.before_count + len(self.rows) < self.total_count

    @property
    def text(self) -> str:
        """Say which rows these are: "Rows 1 to 50 of 261"."""
        if not self.rows:
            return _("No rows")
        if not (self.has_earlier or self.has_later):
            return ngettext("%(count)s row", "%(count)s rows", self.total_count) % {"count": f"{self.total_count:,}"}
        first, last = self.before_count + 1, self.before_count + len(self.rows)
        numbers = {"first": f"{first:,}", "last": f"{last:,}", "total": f"{self.total_count:,}"}
        return _("Rows %(first)s to %(last)s of %(total)s") % numbers


@dataclass(frozen=True, slots=True)
class Listing:
    """What the template of a table draws."""

    title: Any
    heads: list[dict[str, Any]]
    lines: list[Any]
    window: Window
    form: FilterForm | None
    kept: list[tuple[str, str]]
    pages: dict[str, str]
    csv_url: str
    clear_url: str
    empty: Any

    @property
    def is_filtered(self) -> bool:
        return self.form is not None and self.form.is_narrowing

    @property
    def is_empty(self) -> bool:
        return self.window.total_count == 0

    @property
    def rows(self) -> list[Any]:
        """Give the records of the page."""
        return self.window.rows


def window_after(keyset: Keyset, cursor: Cursor | None, size: int) -> Window:
    """Read the page that begins after a place, or the first page."""
    through = None if cursor is None else keyset.before(cursor) | Q(pk=cursor.pk)
    total, before = count_rows(keyset, through)
    if before >= total:  # the rows after the place are gone: begin again
        cursor, before = None, 0
    rows = keyset.in_order()
    if cursor is not None:
        rows = rows.filter(keyset.after(cursor))
    return Window(list(rows[:size]) if total else [], total, before)


def window_before(keyset: Keyset, cursor: Cursor, size: int) -> Window:
    """Read the page that ends before a place; where fewer rows are left than fill it, the first page."""
    total, before = count_rows(keyset, keyset.before(cursor))
    if before <= size:
        return Window(list(keyset.in_order()[:size]) if total else [], total, 0)
    rows = keyset.in_order(is_backward=True).filter(keyset.before(cursor))[:size]
    return Window(list(rows)[::-1], total, before - size)


def window_with(keyset: Keyset, pk: uuid.UUID, size: int) -> Window:
    """Read the page that holds a row, and mark it; the first page, where there is no such row."""
    cursor = keyset.cursor_at(pk)
    if cursor is None:
        return window_after(keyset, None, size)
    total, before = count_rows(keyset, keyset.before(cursor))
    lead = before % size
    earlier = list(keyset.in_order(is_backward=True).filter(keyset.before(cursor))[:lead])[::-1] if lead else []
    onward = list(keyset.in_order().filter(keyset.after(cursor) | Q(pk=pk))[: size - lead])
    return Window(earlier + onward, total, before - lead, pk)


def count_rows(keyset: Keyset, some: Q | None) -> tuple[int, int]:
    """Count all rows, and some of them, in one query."""
    if some is None:
        return keyset.rows.count(), 0
    counted = keyset.rows.aggregate(all_rows=Count("pk"), some_rows=Count("pk", filter=some))
    return counted["all_rows"], counted["some_rows"]
