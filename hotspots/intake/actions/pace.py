"""How an import makes the database and the interpreter go faster for its length, and leaves them as they were."""

from __future__ import annotations

import gc
import sqlite3  # the one that hotspots.config.sqlite has put there
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from django.db import connection

# For the length of an import, and after it: see `write_much`.
SETTINGS = {
    "sqlite": (
        ("PRAGMA cache_size = -32768", "PRAGMA wal_autocheckpoint = 65536", "PRAGMA synchronous = NORMAL"),
        ("PRAGMA cache_size = -2000", "PRAGMA wal_autocheckpoint = 1000", "PRAGMA synchronous = FULL"),
    ),
    "postgresql": (("SET synchronous_commit TO off",), ("RESET synchronous_commit",)),
}
COLLECT_AFTER = (1_000_000, 50, 1_000)  # the interpreter's own thresholds are 700, 10 and 10
CHECKPOINT_SECONDS = 0.5
SAFE_SQLITE = (3, 51, 3)  # before, two connections could spoil a database by a checkpoint at one instant


@contextmanager
def write_much() -> Iterator[None]:
    """Let the batches of an import be committed without waiting for the disk, and give SQLite room.

    A power failure can take the last batches, rows and checkpoint together, and the import goes on from where they
    began; a killed process takes nothing. The verb that shows the import waits for the disk again, and with it for all
    that was written before. With its ordinary 2 MB of pages, and a checkpoint every 4 MB of log, SQLite wrote most
    pages of the indexes dozens of times.
    """
    during, after = SETTINGS[connection.vendor]
    try:
        _set(during)
        with _checkpoints_beside():
            yield
    finally:
        _set(after)


@contextmanager
def collect_rarely() -> Iterator[None]:
    """Look for garbage in cycles a thousand times less often: an import makes millions of tuples and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _set(statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _checkpoints_beside() -> Iterator[None]:
    """Move pages from SQLite's log to the database beside the import, which would else wait for the disk meanwhile.

    A log of 256 MB makes the import wait all the same, so that it does not grow without end.
    """
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield
        return
    name, is_over = str(connection.settings_dict["NAME"]), threading.Event()
    beside = threading.Thread(target=_checkpoint_until, args=(name, is_over), daemon=True)
    beside.start()
    try:
        yield
    finally:
        is_over.set()
        beside.join()


def _checkpoint_until(name: str, is_over: threading.Event) -> None:
    # What goes wrong here (a full disk) the import meets in its own checkpoints, and tells.
    with suppress(sqlite3.Error), closing(sqlite3.connect(name, isolation_level=None)) as database:
        while not is_over.wait(CHECKPOINT_SECONDS):
            database.execute("PRAGMA wal_checkpoint(PASSIVE)")
