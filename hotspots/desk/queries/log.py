"""The log as an auditor reads it: references, numbers, dates and digests."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hotspots.access.action import REGISTRY
from hotspots.access.models import User
from hotspots.audit.models import Entry
from hotspots.desk.rules import DOOR_WORDS, LOG_ROWS

VERIFICATION = "desk.record_verification"


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as a page shows it."""

    seq: int
    at: datetime
    who: str
    action: str
    words: str
    refs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    entry_hash: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first, and the number to go on from."""

    lines: list[LogLine]
    next_before: int | None


def action_words(action: str) -> str:
    """Say what an entry's action is, in words."""
    if action in DOOR_WORDS:
        return DOOR_WORDS[action]
    verb = REGISTRY.get(action)
    return verb.sentence.rstrip(".") if verb else action


def entries_of(*, action: str = "", actor_id: uuid.UUID | None = None, on: date | None = None) -> QuerySet[Entry]:
    """Find entries by what was done, by whom, on which day of the county."""
    entries = Entry.objects.order_by("-seq")
    if action:
        entries = entries.filter(action=action)
    if actor_id is not None:
        entries = entries.filter(actor_id=actor_id)
    if on is not None:
        begins_at = timezone.make_aware(datetime.combine(on, time.min))
        entries = entries.filter(at__gte=begins_at, at__lt=begins_at + timedelta(days=1))
    return entries


def log_page(entries: QuerySet[Entry], *, before: int | None = None, rows_count: int = LOG_ROWS) -> LogPage:
    """Give a page of entries, from below a number on."""
    if before is not None:
        entries = entries.filter(seq__lt=before)
    found = list(entries[: rows_count + 1])
    shown = found[:rows_count]
    return LogPage(lines_of(shown), shown[-1].seq if len(found) > rows_count else None)


def lines_of(entries: list[Entry]) -> list[LogLine]:
    """Give entries as lines; the names of people are read once."""
    ids = {entry.actor_id for entry in entries if entry.actor_id}
    people = {user.pk: user.full_title for user in User.objects.filter(pk__in=ids).select_related("organization")}
    return [_line_of(entry, people) for entry in entries]


def stream_lines(entries: QuerySet[Entry], *, batch_rows: int = 2000) -> Iterator[LogLine]:
    """Give every entry as a line, some at a time."""
    before: int | None = None
    while True:
        page = log_page(entries, before=before, rows_count=batch_rows)
        yield from page.lines
        if page.next_before is None:
            return
        before = page.next_before


def _line_of(entry: Entry, people: dict[uuid.UUID, str]) -> LogLine:
    body = json.loads(entry.body)
    words = action_words(entry.action)
    if entry.action == "refused":
        words = f"{words}: {action_words(str(body.get('verb', '')))}"
    return LogLine(
        seq=entry.seq,
        at=entry.at,
        who=people.get(entry.actor_id, "A person") if entry.actor_id else "The system",
        action=entry.action,
        words=words,
        refs=tuple(body.get("refs", ())),
        facts=tuple(_facts_of(body)),
        entry_hash=bytes(entry.entry_hash).hex(),
    )


def _facts_of(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in sorted(body.items()):
        if name == "refs":
            continue
        if isinstance(value, dict):
            place = f"{name}." if name == "changes" else ""
            told_of = sorted(value.items())
            yield from ((f"{place}{inner}", "–" if told is None else str(told)) for inner, told in told_of)
        elif isinstance(value, list):
            for part in value:
                yield from ((inner, str(told)) for inner, told in sorted(part.items()))
        else:
            yield name, str(value)


@dataclass(frozen=True, slots=True)
class KnownVerification:
    """When the whole chain was last verified, and what was found."""

    at: datetime
    entries_count: int
    is_whole: bool


def last_verification() -> KnownVerification | None:
    """Give the last verification that the log itself tells of."""
    entry = Entry.objects.filter(action=VERIFICATION).order_by("-seq").first()
    if entry is None:
        return None
    facts = json.loads(entry.body).get("facts", {})
    return KnownVerification(entry.at, int(facts.get("entries_count", 0)), facts.get("first_bad_seq") is None)
