"""The records among a verb's arguments: found, checked for sight once, read again and swapped in."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from hotspots import errors
from hotspots.access.frame import Frame
from hotspots.access.models import Record
from hotspots.access.rowset import RowSet

Key = tuple[type[Record], uuid.UUID]


@dataclass
class Found:
    """Records and row sets among arguments."""

    records: list[Record] = field(default_factory=list)
    row_sets: list[RowSet] = field(default_factory=list)

    def keys_by_model(self) -> dict[type[Record], set[uuid.UUID]]:
        """Group the ids by model."""
        grouped: dict[type[Record], set[uuid.UUID]] = {}
        for record in self.records:
            grouped.setdefault(type(record), set()).add(record.pk)
        return grouped


def find_records(value: Any, found: Found | None = None) -> Found:
    """Find every record and row set in a value, inside lists, mappings and dataclasses too."""
    found = found if found is not None else Found()
    if isinstance(value, models.QuerySet):
        raise TypeError("a verb takes a RowSet, not a queryset")
    if isinstance(value, RowSet):
        found.row_sets.append(value)
    elif isinstance(value, Record):
        found.records.append(value)
    elif isinstance(value, models.Model):
        raise TypeError(f"{type(value).__name__} is not a record")
    else:
        for inner in _parts_of(value):
            find_records(inner, found)
    return found


def _parts_of(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, item.name) for item in dataclasses.fields(value)]
    return []


def swap_records(value: Any, fresh: dict[Key, Record]) -> Any:
    """Give the value with each record replaced by its fresh row."""
    if isinstance(value, Record):
        return fresh[(type(value), value.pk)]
    if isinstance(value, RowSet):
        return value
    if isinstance(value, Mapping):
        return {name: swap_records(inner, fresh) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(swap_records(inner, fresh) for inner in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and find_records(value).records:
        changed = {item.name: swap_records(getattr(value, item.name), fresh) for item in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def read_fresh(frame: Frame, found: Found, locked: set[type[Record]]) -> dict[Key, Record]:
    """Read every record again, one query per model, locking those named; raise NotFound for one out of sight."""
    fresh: dict[Key, Record] = {}
    for model, ids in sorted(found.keys_by_model().items(), key=lambda pair: pair[0]._meta.label):
        is_known = all((model, pk) in frame.seen for pk in ids)
        rows = model.objects.all() if is_known else model.objects.visible_to(frame.actor)
        rows = rows.filter(pk__in=ids).order_by("pk")
        if model in locked:
            rows = rows.select_for_update(of=("self",), no_key=True)
        for row in rows:
            fresh[(model, row.pk)] = row
            frame.seen.add((model, row.pk))
        if any((model, pk) not in fresh for pk in ids):
            raise errors.NotFound("access.sight", f"There is no such {model._meta.verbose_name}.")
    for row_set in found.row_sets:
        check_row_set(frame, row_set)
    return fresh


def check_row_set(frame: Frame, row_set: RowSet) -> None:
    """Check inside the transaction that every row of the set is still there and visible."""
    visible = row_set.model.objects.visible_to(frame.actor).filter(pk__in=row_set.query.order_by().values("pk"))
    if visible.count() != row_set.count or row_set.query.count() != row_set.count:
        raise errors.Stale("rowset.changed", "The rows have changed since you looked.", yours=row_set.count)
