"""What one durable transaction gathers: the records that were seen, the entries and the changes to write last."""

from __future__ import annotations

import contextvars
import uuid
from dataclasses import dataclass, field
from typing import Any

from hotspots.access.actor import Actor
from hotspots.access.models import Record
from hotspots.audit.actions import PendingChange, PendingEntry


@dataclass
class Frame:
    """The state of the outermost verb and of those that join it."""

    actor: Actor
    seen: set[tuple[type[Record], uuid.UUID]] = field(default_factory=set)
    entries: list[PendingEntry] = field(default_factory=list)
    changes: dict[tuple[str, uuid.UUID], PendingChange] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    refusal: BaseException | None = None


current_frame: contextvars.ContextVar[Frame | None] = contextvars.ContextVar("current_frame", default=None)


def _frame() -> Frame:
    frame = current_frame.get()
    if frame is None:
        raise RuntimeError("only a verb keeps a change")
    return frame


def note_change(record: Record, key_id: uuid.UUID, **fields: tuple[str | None, str | None]) -> None:
    """Keep a readable change (field=(old, new)), written with the verb's entry and sealed under the key."""
    frame = _frame()
    place = (record.kind, record.pk)
    before = frame.changes.get(place)
    merged = {**(before.fields if before else {}), **fields}
    frame.changes[place] = PendingChange(record.kind, record.pk, key_id, merged)


def note_fact(**facts: int | str | None) -> None:
    """Add numbers, dates, digests or codes (never a text) to the entry of the verb that is running."""
    _frame().facts.update(facts)
