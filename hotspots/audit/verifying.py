"""Verify the whole log: the chain, what hangs on it, its guards, and a head that somebody noted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from hotspots.audit import raw
from hotspots.audit.append_only import unguarded_tables
from hotspots.audit.models import Entry
from hotspots.audit.raw import RawEntry
from hotspots.audit.rules import ZERO_HASH, Head, canonical_bytes, leaf_hash

ENTRIES_AT_ONCE = 1000
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: how many entries stand, the last hash, and the first bad entry if there is one.

    `unguarded` names the tables whose guard is gone: what they hold may be whole all the same.
    """

    entries_count: int
    head: bytes
    first_bad_seq: int | None = None
    problem: str = ""
    unguarded: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.first_bad_seq is None

    @property
    def noted_as(self) -> str:
        """Give the head as somebody notes it: the number of the last good entry and its hash."""
        return str(Head(self.entries_count, self.head))


@dataclass(slots=True)
class _Standing:
    """The last entry that was found good."""

    seq: int = 0
    entry_hash: bytes = ZERO_HASH
    at: datetime = BEGINNING


@dataclass(frozen=True, slots=True)
class _Beside:
    """What hangs on some entries: their references, and count and root of their changes."""

    references: dict[int, list[str]]
    changes: dict[int, dict[str, int | str]]


def verify(*, noted: Head | None = None) -> Verdict:
    """Recompute the chain from its first entry with all that hangs on it, and name the first that does not fit.

    `noted` is a head from earlier: the log must still hold that entry with that hash.
    """
    standing = _Standing()
    problem = _walk(standing, noted) or _problem_at_end(standing, noted)
    return Verdict(
        standing.seq,
        standing.entry_hash,
        standing.seq + 1 if problem else None,
        problem,
        tuple(unguarded_tables(connection)),
    )


def _walk(standing: _Standing, noted: Head | None) -> str:
    while rows := raw.entry_rows(standing.seq, ENTRIES_AT_ONCE):
        bounds = standing.seq, standing.seq + len(rows)
        beside = _Beside(raw.references_between(*bounds), raw.changes_between(*bounds))
        for row in rows:
            try:
                entry = raw.read_entry(row)
                problem = _problem_of_chain(entry, standing, noted) or _problem_beside(entry, beside)
            except raw.UNREADABLE:
                return f"entry {standing.seq + 1} cannot be read: it was changed"
            if problem:
                return problem
            standing.seq, standing.entry_hash, standing.at = entry.seq, entry.entry_hash, entry.at
    return ""


def bytes_of_entry(entry: RawEntry | Entry) -> bytes:
    """Give the canonical bytes of an entry, which its hash is made of."""
    return canonical_bytes(
        seq=entry.seq,
        at=entry.at,
        actor_id=entry.actor_id,
        action=entry.action,
        body=entry.body,
        prev_hash=bytes(entry.prev_hash),
    )


def _problem_of_chain(entry: RawEntry, standing: _Standing, noted: Head | None) -> str:
    expected = standing.seq + 1
    if entry.seq != expected:
        return f"entry {expected} is missing; the next one is {entry.seq}"
    if entry.prev_hash != standing.entry_hash:
        return f"entry {expected} does not follow the entry before it"
    if leaf_hash(bytes_of_entry(entry)) != entry.entry_hash:
        return f"entry {expected} was altered"
    if entry.at < standing.at:
        return f"entry {expected} is older than the one before it"
    if noted is not None and noted.seq == expected and noted.entry_hash != entry.entry_hash:
        return f"entry {expected} is not the one that was noted as {noted}: it or one before it was written anew"
    return ""


def _problem_beside(entry: RawEntry, beside: _Beside) -> str:
    body = json.loads(entry.body)
    named, kept = body.get("refs", []), beside.references.get(entry.seq, [])
    if missing := set(named) - set(kept):
        return f"a reference of entry {entry.seq} is gone, to {min(missing)}"
    if len(kept) != len(named) or set(kept) != set(named):
        return f"entry {entry.seq} has a reference that it does not name"
    return _problem_of_changes(entry.seq, body.get("changes"), beside.changes.get(entry.seq))


def _problem_of_changes(seq: int, told: dict[str, Any] | None, kept: dict[str, int | str] | None) -> str:
    if told == kept:
        return ""
    told_count, kept_count = told["count"] if told else 0, int(kept["count"]) if kept else 0
    if kept_count < told_count:
        return f"a readable change of entry {seq} is gone: it had {told_count}, and has {kept_count}"
    if kept_count > told_count:
        return f"entry {seq} has a readable change that it does not know: it had {told_count}, and has {kept_count}"
    return f"a readable change of entry {seq} was altered"


def _problem_at_end(standing: _Standing, noted: Head | None) -> str:
    if not standing.seq and get_user_model()._base_manager.exists():
        return "the log is empty, although there are users: its entries were removed"
    if noted is not None and noted.seq > standing.seq:
        return f"the log no longer holds entry {noted.seq}, noted as {noted}: it ends at entry {standing.seq}"
    for table, kind in (("audit_reference", "a reference"), ("audit_change", "a readable change")):
        if (stray := raw.stray_entry_of(table)) is not None:
            return f"there is {kind} of entry {stray}, which does not exist"
    return ""
