"""Fill a log, and change it as whoever owns the database could."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from hotspots.audit import append_only
from hotspots.audit.actions import PendingEntry, append


def fill(count: int = 5, *, refs: bool = False) -> None:
    """Append entries one by one, each of one record if they have references."""
    for number in range(count):
        named = (("room.Record", uuid.uuid4()),) if refs else ()
        with transaction.atomic():
            append([PendingEntry(None, f"test.entry_{number}", named, {"number": number})])


def behind_its_back(change: Callable[[], object]) -> None:
    """Change the log with the guards lifted, as whoever owns the database could."""
    append_only.lift(connection, append_only.GUARDED)
    try:
        with connection.constraint_checks_disabled():
            change()
    finally:
        append_only.restore(connection, append_only.GUARDED)


def execute(sql: str, *parameters: Any) -> Callable[[], object]:
    """Give a change that is one statement."""

    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    return change
