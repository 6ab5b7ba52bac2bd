"""Entries of the log for what happens at the door."""

from __future__ import annotations

import uuid

from django.db import transaction

from hotspots.access.models import User
from hotspots.audit import actions as audit
from hotspots.audit.actions import PendingEntry
from hotspots.audit.turn import turn


def append_entry(action: str, user: User, *, actor_id: uuid.UUID | None = None, **codes: str | int) -> None:
    """Append one entry about a person, by that person unless told otherwise; codes and numbers only."""
    entry = PendingEntry(actor_id, action, ((user.kind, user.pk),), {"channel": "web", **codes})
    with turn(), transaction.atomic(durable=True):
        audit.append([entry])
