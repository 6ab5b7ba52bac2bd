"""Rows as a CSV file (RFC 4180, UTF-8 without a mark), safe to open in a spreadsheet.

Source of the guarded beginnings: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

BATCH_ROWS = 2000
# A spreadsheet takes a cell that begins so for a formula; the wide forms are read alike by some.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def neutralized(text: str) -> str:
    """Guard a text that a spreadsheet would take for a formula; a telephone number stays as it is.

    >>> neutralized("=1+1"), neutralized("+12095550104"), neutralized("+1 or more")
    ("'=1+1", '+12095550104', "'+1 or more")
    """
    if text.startswith(FORMULA_BEGINNINGS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_text(value: Any) -> str:
    """Write a value for a program to read: ISO dates, times with their offset, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else neutralized(str(value))


def stream_rows(head: list[str], rows: Any, cells_of: Callable[[Any], list[Any]]) -> Iterator[str]:
    """Write the head and the rows, some thousand at a time, in the zone that is current now."""
    return _stream(head, rows, cells_of, timezone.get_current_timezone())


def _stream(head: list[str], rows: Any, cells_of: Callable[[Any], list[Any]], zone: Any) -> Iterator[str]:
    yield _lines([head])
    found = rows.iterator(BATCH_ROWS)
    while batch := list(islice(found, BATCH_ROWS)):
        # The middleware has left by the time a stream is read, so each batch sets the county's zone itself.
        with timezone.override(zone):
            text = _lines([[csv_text(cell) for cell in cells_of(row)] for row in batch])
        yield text


def _lines(rows: list[list[str]]) -> str:
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    return sheet.getvalue()


def answer_csv(file_name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """Answer with a CSV file to be saved."""
    response = StreamingHttpResponse((line.encode() for line in lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return response
