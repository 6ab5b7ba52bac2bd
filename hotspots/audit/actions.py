"""Append entries to the chain, with the readable changes that they bind."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import uuid_utils.compat as uuid_utils
from django.db import connection
from django.utils import timezone

from hotspots.audit.models import Change, Entry, Reference
from hotspots.audit.rules import (
    OWN_KEYS,
    ZERO_HASH,
    canonical_bytes,
    canonical_json,
    change_context,
    change_digest,
    changes_told,
    leaf_hash,
)
from hotspots.audit.verifying import Verdict, verify
from hotspots.keys import actions as keys
from sealing import seal

__all__ = ["PendingChange", "PendingEntry", "Verdict", "append", "verify"]

ADVISORY_LOCK = 0x686F7473


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits for the end of its transaction. `refs` are (kind, id) of the records it concerns."""

    actor_id: uuid.UUID | None
    action: str
    refs: tuple[tuple[str, uuid.UUID], ...] = ()
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PendingChange:
    """What changed in one record: field -> (old, new), as a person would read it."""

    record_kind: str
    record_id: uuid.UUID
    key_id: uuid.UUID
    fields: dict[str, tuple[str | None, str | None]]


def _head() -> tuple[int, bytes, datetime | None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    # The head is read in a statement of its own: on PostgreSQL one statement would read the snapshot before the wait.
    last = Entry.objects.order_by("-seq").values_list("seq", "entry_hash", "at").first()
    return (last[0], bytes(last[1]), last[2]) if last else (0, ZERO_HASH, None)


def append(pending: Sequence[PendingEntry], changes: Sequence[PendingChange] = ()) -> list[Entry]:
    """Append entries to the chain; the transaction they belong to must be about to end.

    The readable changes belong to the last entry, and its body binds them. Log time is always real and never goes
    back: if the clock of the machine was moved back, the time of the entry before is used again.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a log entry belongs to the transaction of what it tells")
    if changes and not pending:
        raise RuntimeError("a change belongs to an entry")
    rows = _sealed_rows(changes)
    bodies = [_body_of(item, rows if number == len(pending) else []) for number, item in enumerate(pending, 1)]
    seq, previous, last_at = _head()
    at = max(timezone.now(), last_at) if last_at else timezone.now()
    entries = []
    for item, body in zip(pending, bodies, strict=True):
        seq += 1
        digest = leaf_hash(
            canonical_bytes(seq=seq, at=at, actor_id=item.actor_id, action=item.action, body=body, prev_hash=previous)
        )
        entry = Entry(
            seq=seq, at=at, actor_id=item.actor_id, action=item.action, body=body, prev_hash=previous, entry_hash=digest
        )
        entries.append(entry)
        previous = digest
    for row in rows:
        row.entry_id = seq
    Entry.objects.bulk_create(entries)
    Reference.objects.bulk_create(_references_of(entries, pending), batch_size=500)
    Change.objects.bulk_create(rows, batch_size=500)
    return entries


def _body_of(item: PendingEntry, rows: Sequence[Change]) -> str:
    if taken := OWN_KEYS & item.body.keys():
        raise TypeError(f"the log writes {', '.join(sorted(taken))} itself")
    body = {**item.body, "refs": sorted({f"{kind}:{pk}" for kind, pk in item.refs})}
    if rows:
        body["changes"] = changes_told(
            change_digest(
                change_id=row.pk,
                record_kind=row.record_kind,
                record_id=row.record_id,
                key_id=row.key_id,
                sealed=bytes(row.sealed),
            )
            for row in rows
        )
    return canonical_json(body)


def _references_of(entries: Sequence[Entry], pending: Sequence[PendingEntry]) -> list[Reference]:
    return [
        Reference(id=uuid_utils.uuid7(), entry_id=entry.seq, record_kind=kind, record_id=pk)
        for entry, item in zip(entries, pending, strict=True)
        for kind, pk in dict.fromkeys(item.refs)
    ]


def _sealed_rows(changes: Sequence[PendingChange]) -> list[Change]:
    """Seal the readable changes of a verb, each under its record's key; ids ascending."""
    opened = keys.open_keys(change.key_id for change in changes)
    ids = sorted(uuid_utils.uuid7() for _ in changes)
    return [_sealed_row(pk, change, opened[change.key_id]) for pk, change in zip(ids, changes, strict=True)]


def _sealed_row(pk: uuid.UUID, change: PendingChange, key: bytes) -> Change:
    text = json.dumps(change.fields, ensure_ascii=False).encode()
    return Change(
        id=pk,
        record_kind=change.record_kind,
        record_id=change.record_id,
        key_id=change.key_id,
        sealed=seal(key, change_context(pk, change.record_id), text),
    )
