"""SQLite only: writers wait for their turn in a file lock beside the database.

SQLite's own busy back-off is unfair: the longest wait of eight threads fell from 3.9 s to 66 ms with the lock
(docs/decisions/0005-sqlite-turn.md). PostgreSQL needs none.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from filelock import FileLock

_held = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Hold the writers' lock for the length of a transaction; joins when this thread holds it already."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith("file:") or getattr(_held, "is_held", False):
        yield
        return
    with FileLock(Path(f"{name}.turn"), timeout=60):
        _held.is_held = True
        try:
            yield
        finally:
            _held.is_held = False
