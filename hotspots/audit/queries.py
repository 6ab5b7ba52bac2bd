"""The readable history of a record."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from hotspots.audit.models import Change, Entry, Reference
from hotspots.audit.rules import change_context
from hotspots.keys import actions as keys
from sealing import open_sealed

HISTORY_ROWS = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a record's history; `is_forgotten` when its words were lawfully destroyed."""

    seq: int
    at: datetime
    actor_id: uuid.UUID | None
    action: str
    fields: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    is_forgotten: bool = False
    refs: tuple[tuple[str, uuid.UUID], ...] = ()  # every record that the entry names


def history_of(record_id: uuid.UUID, *, rows_count: int = HISTORY_ROWS) -> list[HistoryLine]:
    """Give what happened to a record, newest first; the caller has checked that the reader may see the record."""
    changes = {row.entry_id: row for row in Change.objects.filter(record_id=record_id)}
    told = set(Reference.objects.filter(record_id=record_id).values_list("entry_id", flat=True)) | set(changes)
    opened = keys.open_keys({row.key_id for row in changes.values()})
    newest = sorted(told, reverse=True)[:rows_count]
    return [
        _line_of(entry, changes.get(entry.seq), opened)
        for entry in Entry.objects.filter(seq__in=newest).order_by("-seq")
    ]


def _line_of(entry: Entry, change: Change | None, opened: dict[uuid.UUID, bytes]) -> HistoryLine:
    if change is None:
        return HistoryLine(entry.seq, entry.at, entry.actor_id, entry.action, refs=_refs_of(entry))
    key = opened.get(change.key_id)
    if key is None:
        return HistoryLine(entry.seq, entry.at, entry.actor_id, entry.action, is_forgotten=True, refs=_refs_of(entry))
    text = open_sealed(key, change_context(change.pk, change.record_id), bytes(change.sealed))
    fields = {name: (old, new) for name, (old, new) in json.loads(text).items()}
    return HistoryLine(entry.seq, entry.at, entry.actor_id, entry.action, fields, refs=_refs_of(entry))


def _refs_of(entry: Entry) -> tuple[tuple[str, uuid.UUID], ...]:
    named = (ref.rpartition(":") for ref in json.loads(entry.body).get("refs", []))
    return tuple((kind, uuid.UUID(pk)) for kind, _colon, pk in named)
