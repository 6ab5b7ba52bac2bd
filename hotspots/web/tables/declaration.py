"""A table as a room declares it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.web.audience import actor_for
from hotspots.web.county import county_now
from hotspots.web.tables.export import answer_csv, stream_rows
from hotspots.web.tables.filters import FilterForm
from hotspots.web.tables.keyset import Keyset, decode_cursor, order_rows
from hotspots.web.tables.listing import Listing, Window, window_after, window_before, window_with
from look import formats

PAGE_ROWS = 50
Read = str | Callable[[Any], Any]


def read_value(row: Any, how: Read) -> Any:
    """Read a value from a row by the path of an attribute or by a function."""
    if callable(how):
        return how(row)
    for name in how.split("."):
        row = getattr(row, name) if row is not None else None
    return row


def shown(value: Any) -> Any:
    """Write a value as every page does."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.local_minute(value)
    if isinstance(value, date):
        return formats.local_day(value)
    return formats.thousands(value) if isinstance(value, int | float) else ("" if value is None else value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it shows of a row, how it sorts, and what the export holds."""

    key: str
    label: Any
    value: Read
    sort: Any = None
    link: Callable[[Any], str] | None = None
    csv: Read | None = None
    cell: str = ""
    is_numeric: bool = False
    is_head: bool = False
    is_lead: bool = False  # on a phone: at the right of the first line
    is_wide: bool = False  # on a phone: on a line of its own
    is_spare: bool = False  # not on a phone
    is_mono: bool = False
    unit: Any = ""  # on a phone, after the value: a text, or a function of the value where the plural differs

    def draw(self, row: Any) -> dict[str, Any]:
        """Give the cell of a row as the template draws it."""
        if self.cell:
            drawn = mark_safe(render_to_string(self.cell, {"row": row}).strip())  # noqa: S308  (a template drew it)
        else:
            drawn = shown(read_value(row, self.value))
        unit = self.unit(read_value(row, self.value)) if callable(self.unit) else self.unit
        return {"column": self, "text": drawn, "unit": unit, "url": self.link(row) if self.link else ""}


@dataclass(frozen=True, slots=True)
class Empty:
    """What is shown where there is no row at all: what will appear here, and the one action."""

    heading: Any
    text: Any = ""
    action_label: Any = ""
    url_name: str = ""
    roles: tuple[Any, ...] = ()  # who is offered the action; everybody, if none is named


@dataclass(frozen=True, slots=True)
class Table:
    """A list of records that sorts, filters, pages and exports itself."""

    title: Any
    columns: tuple[Column, ...]
    default_sort: str
    file_name: str
    empty: Empty
    filters: type[FilterForm] | None = None
    page_rows: int = PAGE_ROWS
    prefix: str = ""

    def respond(
        self, request: HttpRequest, rows: Any, template: str, context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Answer with the page of the list, or with its export where `?format=csv` asks for it."""
        if request.GET.get(f"{self.prefix}format") == "csv":
            return self.export(request, rows)
        return render(request, template, {**(context or {}), "listing": self.read(request, rows)})

    def read(self, request: HttpRequest, rows: Any) -> Listing:
        """Read one page of rows, which are already `visible_to` the actor."""
        form = self._form(request)
        sort = self._sort(request)
        keyset = self._keyset(form, rows, sort)
        window = self._window(request, keyset)
        return Listing(
            title=self.title,
            heads=[self._head(request, column, sort) for column in self.columns],
            lines=[self._line(row, window) for row in window.rows],
            window=window,
            form=form,
            kept=self._kept(request, form),
            pages=self._pages(request, window, keyset),
            csv_url=self._url(request, format="csv"),
            clear_url=request.path,
            empty=self._empty(request),
        )

    def export(self, request: HttpRequest, rows: Any) -> HttpResponseBase:
        """Answer with all rows that the filters keep, as a CSV file."""
        form, county = self._form(request), county_now()
        if form is not None and not form.is_valid():
            raise errors.BadInput("web.filter", _("The filters of this list cannot be read, so nothing was exported."))
        is_marked = bool(county and county.is_demonstration)
        keyset = self._keyset(form, rows, self._sort(request))
        head = [str(column.label) for column in self.columns] + (["Note"] if is_marked else [])
        note = [f"Demonstration data: {county.name} does not exist"] if county and is_marked else []

        def cells_of(row: Any) -> list[Any]:
            return [read_value(row, column.csv or column.value) for column in self.columns] + note

        name = f"demonstration-{self.file_name}" if is_marked else self.file_name
        return answer_csv(name, stream_rows(head, keyset.in_order(), cells_of))

    def _form(self, request: HttpRequest) -> FilterForm | None:
        return self.filters(request.GET, actor=actor_for(request), prefix=self.prefix or None) if self.filters else None

    def _sort(self, request: HttpRequest) -> str:
        asked = request.GET.get(f"{self.prefix}sort") or self.default_sort
        if asked.removeprefix("-") not in {column.key for column in self.columns if column.sort is not None}:
            raise errors.BadInput("web.sort", _("This list cannot be sorted so. Open the list again."))
        return asked

    def _keyset(self, form: FilterForm | None, rows: Any, sort: str) -> Keyset:
        column = next(column for column in self.columns if column.key == sort.removeprefix("-"))
        if form is not None:
            rows = form.narrow(rows) if form.is_valid() else rows.none()
        return order_rows(rows, column.sort, is_descending=sort.startswith("-"))

    def _window(self, request: HttpRequest, keyset: Keyset) -> Window:
        asked = {name: request.GET.get(f"{self.prefix}{name}", "") for name in ("after", "before", "at")}
        if asked["before"]:
            return window_before(keyset, decode_cursor(asked["before"], keyset.field), self.page_rows)
        if asked["at"] and not asked["after"]:
            return window_with(keyset, _id_of(asked["at"]), self.page_rows)
        cursor = decode_cursor(asked["after"], keyset.field) if asked["after"] else None
        return window_after(keyset, cursor, self.page_rows)

    def _pages(self, request: HttpRequest, window: Window, keyset: Keyset) -> dict[str, str]:
        pages = {"text": window.text, "previous_url": "", "next_url": ""}
        if window.rows and window.has_earlier:
            pages["previous_url"] = self._url(request, before=keyset.cursor_of(window.rows[0]).encode())
        if window.rows and window.has_later:
            pages["next_url"] = self._url(request, after=keyset.cursor_of(window.rows[-1]).encode())
        return pages

    def _head(self, request: HttpRequest, column: Column, sort: str) -> dict[str, Any]:
        is_current, is_descending = column.key == sort.removeprefix("-"), sort.startswith("-")
        direction = ("descending" if is_descending else "ascending") if is_current else ""
        turned = f"-{column.key}" if is_current and not is_descending else column.key
        url = self._url(request, sort=turned) if column.sort is not None else ""
        return {"label": column.label, "url": url, "direction": direction, "is_numeric": column.is_numeric}

    def _line(self, row: Any, window: Window) -> dict[str, Any]:
        cells = [column.draw(row) for column in self.columns]
        return {"row": row, "is_marked": row.pk == window.marked, "cells": cells}

    def _url(self, request: HttpRequest, **changed: str) -> str:
        kept = request.GET.copy()
        for name in ("after", "before", "at", "format"):
            kept.pop(f"{self.prefix}{name}", None)
        for name, value in changed.items():
            kept[f"{self.prefix}{name}"] = value
        for name in [name for name, value in kept.items() if value == ""]:
            del kept[name]
        return f"{request.path}?{kept.urlencode()}"

    def _kept(self, request: HttpRequest, form: FilterForm | None) -> list[tuple[str, str]]:
        """Give what the filter form carries along beside its own fields: the sort, the trail of a walk."""
        dropped = {f"{self.prefix}{name}" for name in ("after", "before", "at", "format")}
        if form is not None:
            dropped |= {form.add_prefix(name) for name in form.fields}
        return [(name, value) for name, values in request.GET.lists() if name not in dropped for value in values]

    def _empty(self, request: HttpRequest) -> dict[str, Any]:
        is_offered = self.empty.url_name and (not self.empty.roles or actor_for(request).holds_any(*self.empty.roles))
        url = reverse(self.empty.url_name) if is_offered else ""
        return {
            "heading": self.empty.heading,
            "text": self.empty.text,
            "label": self.empty.action_label if url else "",
            "url": url,
        }


def _id_of(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise errors.BadInput("web.at", _("There is no such row in this list.")) from None
