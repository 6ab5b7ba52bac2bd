"""Rows in order, and the rows after or before one of them, without OFFSET.

A place in the order is the sort value of a row and its id. Rows without a value come last in both directions.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connections
from django.db.models import CharField, F, Field, Q, TextField
from django.db.models.functions import Collate, Lower
from django.utils.translation import gettext as _

from hotspots import errors

SORT_VALUE = "sort_value"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the order: the sort value and the id of a row."""

    value: Any
    pk: uuid.UUID

    def encode(self) -> str:
        """Write the place for a link."""
        text = json.dumps([_written(self.value), self.pk.hex], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _written(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return value


def decode_cursor(text: str, field: Field[Any, Any]) -> Cursor:
    """Read a place from a link.

    Raises BadInput for anything that this program did not write.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        value, pk = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return Cursor(_value_of(value, field), uuid.UUID(hex=pk))
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error, RecursionError, ValidationError):
        sentence = _("The link to this page of the list is broken. Open the list again.")
        raise errors.BadInput("web.cursor", sentence) from None


def _value_of(value: Any, field: Field[Any, Any]) -> Any:
    if value is None:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number")
    if not isinstance(value, str | int | float):
        raise TypeError("not a plain value")
    if isinstance(value, str):
        value.encode()  # a lone surrogate is no text
        if "\x00" in value:
            raise ValueError("no database keeps this")
    read = field.to_python(value)
    if isinstance(read, datetime):
        return read.astimezone(UTC)
    return read


@dataclass(frozen=True, slots=True)
class Keyset:
    """Rows with their sort value, and the order they are in."""

    rows: Any
    field: Any
    is_descending: bool
    is_nullable: bool

    def in_order(self, *, is_backward: bool = False) -> Any:
        """Give the rows in order, or in the opposite order."""
        is_descending = self.is_descending is not is_backward
        way = "desc" if is_descending else "asc"
        # A nulls clause keeps PostgreSQL from reading the order off an index: only where there may be nulls.
        place = {"nulls_first": True} if is_backward else {"nulls_last": True}
        value = getattr(F(SORT_VALUE), way)(**(place if self.is_nullable else {}))
        return self.rows.order_by(value, f"{'-' if is_descending else ''}pk")

    def after(self, cursor: Cursor) -> Q:
        """Say which rows come after a place."""
        beyond, pk_beyond = ("lt", "lt") if self.is_descending else ("gt", "gt")
        next_ids = Q(**{f"pk__{pk_beyond}": cursor.pk})
        if cursor.value is None:
            return Q(**{f"{SORT_VALUE}__isnull": True}) & next_ids
        # Said twice, so that an index on the value can find the beginning.
        onward = Q(**{f"{SORT_VALUE}__{beyond}e": cursor.value}) & (
            Q(**{f"{SORT_VALUE}__{beyond}": cursor.value}) | next_ids
        )
        return onward | Q(**{f"{SORT_VALUE}__isnull": True}) if self.is_nullable else onward

    def before(self, cursor: Cursor) -> Q:
        """Say which rows come before a place."""
        behind = "gt" if self.is_descending else "lt"
        earlier_ids = Q(**{f"pk__{behind}": cursor.pk})
        if cursor.value is None:
            return Q(**{f"{SORT_VALUE}__isnull": False}) | (Q(**{f"{SORT_VALUE}__isnull": True}) & earlier_ids)
        return Q(**{f"{SORT_VALUE}__{behind}e": cursor.value}) & (
            Q(**{f"{SORT_VALUE}__{behind}": cursor.value}) | earlier_ids
        )

    def cursor_of(self, row: Any) -> Cursor:
        """Give the place of a row that was read from this keyset."""
        return Cursor(getattr(row, SORT_VALUE), row.pk)

    def cursor_at(self, pk: uuid.UUID) -> Cursor | None:
        """Find the place of a row by its id."""
        found = self.rows.filter(pk=pk).values_list(SORT_VALUE, "pk").first()
        return Cursor(*found) if found else None


def order_rows(rows: Any, sort: Any, *, is_descending: bool) -> Keyset:
    """Put rows in the order of a field path or an expression."""
    annotated = rows.annotate(**{SORT_VALUE: F(sort) if isinstance(sort, str) else sort})
    field = annotated.query.annotations[SORT_VALUE].output_field
    if isinstance(field, CharField | TextField):
        # Plain bytes of the lower case: the same on every database, whatever its collation.
        text = F(sort) if isinstance(sort, str) else sort
        if connections[rows.db].vendor == "postgresql":
            text = Collate(text, "C")
        annotated = rows.annotate(**{SORT_VALUE: Lower(text)})
    return Keyset(annotated, field, is_descending, _is_nullable(rows.model, sort))


def _is_nullable(model: Any, sort: Any) -> bool:
    if not isinstance(sort, str):
        return True
    try:
        return bool(model._meta.get_field(sort).null)
    except FieldDoesNotExist:
        return True
