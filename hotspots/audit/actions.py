"""Append entries to the chain, keep readable changes, and verify the whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uuid_utils.compat as uuid_utils
from django.db import connection
from django.utils import timezone

from hotspots.audit.models import Change, Entry, Reference
from hotspots.audit.rules import ZERO_HASH, canonical_bytes, canonical_json, change_context, leaf_hash
from hotspots.keys import actions as keys
from sealing import seal

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


def append(pending: Sequence[PendingEntry]) -> list[Entry]:
    """Append entries to the chain; the transaction they belong to must be about to end.

    Log time is always real and never goes back: if the clock of the machine was moved back, the time of the
    entry before is used again.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a log entry belongs to the transaction of what it tells")
    seq, previous, last_at = _head()
    at = max(timezone.now(), last_at) if last_at else timezone.now()
    entries, references = [], []
    for item in pending:
        seq += 1
        refs = sorted({f"{kind}:{pk}" for kind, pk in item.refs})
        body = canonical_json({**item.body, "refs": refs})
        digest = leaf_hash(
            canonical_bytes(seq=seq, at=at, actor_id=item.actor_id, action=item.action, body=body, prev_hash=previous)
        )
        entry = Entry(
            seq=seq, at=at, actor_id=item.actor_id, action=item.action, body=body, prev_hash=previous, entry_hash=digest
        )
        entries.append(entry)
        references += [
            Reference(id=uuid_utils.uuid7(), entry_id=seq, record_kind=kind, record_id=pk)
            for kind, pk in dict.fromkeys(item.refs)
        ]
        previous = digest
    Entry.objects.bulk_create(entries)
    Reference.objects.bulk_create(references, batch_size=500)
    return entries


def write_changes(entry: Entry, changes: Sequence[PendingChange]) -> None:
    """Keep the readable changes of a verb beside its entry, each sealed under its record's key."""
    opened = keys.open_keys(change.key_id for change in changes)
    rows = []
    for change in changes:
        pk = uuid_utils.uuid7()
        text = json.dumps(change.fields, ensure_ascii=False).encode()
        sealed = seal(opened[change.key_id], change_context(pk, change.record_id), text)
        rows.append(
            Change(
                id=pk,
                entry=entry,
                record_kind=change.record_kind,
                record_id=change.record_id,
                key_id=change.key_id,
                sealed=sealed,
            )
        )
    Change.objects.bulk_create(rows, batch_size=500)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: how many entries stand, the last hash, and the first bad entry if there is one."""

    entries_count: int
    head: bytes
    first_bad_seq: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return self.first_bad_seq is None


def verify(entries: Iterable[Entry] | None = None) -> Verdict:
    """Recompute the chain from its first entry, and name the first that does not fit."""
    previous, expected, last_at = ZERO_HASH, 1, datetime.min.replace(tzinfo=UTC)
    for entry in entries if entries is not None else Entry.objects.order_by("seq").iterator(2000):
        problem = _problem_of(entry, expected, previous, last_at)
        if problem:
            return Verdict(expected - 1, previous, expected, problem)
        previous, last_at, expected = bytes(entry.entry_hash), entry.at, expected + 1
    return Verdict(expected - 1, previous)


def _problem_of(entry: Entry, expected: int, previous: bytes, last_at: datetime) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing; the next one is {entry.seq}"
    if bytes(entry.prev_hash) != previous:
        return f"entry {expected} does not follow the entry before it"
    data = canonical_bytes(
        seq=entry.seq,
        at=entry.at,
        actor_id=entry.actor_id,
        action=entry.action,
        body=entry.body,
        prev_hash=bytes(entry.prev_hash),
    )
    if leaf_hash(data) != bytes(entry.entry_hash):
        return f"entry {expected} was altered"
    if entry.at < last_at:
        return f"entry {expected} is older than the one before it"
    return ""
