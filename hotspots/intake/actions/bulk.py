"""Bulk rows: `executemany` on SQLite, binary COPY on PostgreSQL (`bulk_create` was 4 to 18 times slower, measured).

Columns are told in one place with their PostgreSQL types. Inserts are plain: a row that is there already is a fault.
"""

from __future__ import annotations

import functools
import gc
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from hotspots.intake.models import Reading
from hotspots.intake.queries.events import places_of

IMPORT_TURN = 0x696D7074
IDS_AT_ONCE = 500
COLLECT_AFTER = (70_000, 50, 50)  # the interpreter's own thresholds are 700, 10 and 10
STREAM_ROWS = 5_000
# For the length of an import, and after it: see `write_much`.
SETTINGS = {
    "sqlite": (
        ("PRAGMA cache_size = -32768", "PRAGMA wal_autocheckpoint = 16384", "PRAGMA synchronous = NORMAL"),
        ("PRAGMA cache_size = -2000", "PRAGMA wal_autocheckpoint = 1000", "PRAGMA synchronous = FULL"),
    ),
    "postgresql": (("SET synchronous_commit TO off",), ("RESET synchronous_commit",)),
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_NAIVE = EPOCH.replace(tzinfo=None)
SECONDS = tuple(f"{minute:02d}:{second:02d}" for minute in range(60) for second in range(60))  # of an hour


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the columns of its bulk rows."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows whose values are in the forms of the database."""
        if not rows:
            return
        names = ", ".join(name for name, _kind in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {self.name} ({names}) VALUES ({marks})", rows)  # noqa: S608
                return
            # The database's own errors, as every other statement raises them: Django does not wrap those of a copy.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {self.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
            ):
                copy.set_types([kind for _name, kind in self.columns])
                for row in rows:
                    copy.write_row(row)


DATA_KEYS = Table("keys_datakey", (("id", "uuid"), ("purpose", "varchar"), ("wrapped", "bytea")))
CONTACT_POINTS = Table(
    "intake_contactpoint",
    (
        ("id", "uuid"),
        ("contact_kind", "varchar"),
        ("index_digest", "bytea"),
        ("last_four_digest", "bytea"),
        ("sealed", "bytea"),
        ("key_id", "uuid"),
    ),
)
MESSAGES = Table(
    "intake_message",
    (
        ("id", "uuid"),
        ("line_id", "uuid"),
        ("reading_id", "uuid"),
        ("contact_point_id", "uuid"),
        ("message_kind", "varchar"),
        ("direction", "varchar"),
        ("phone_state", "varchar"),
        ("is_withheld", "bool"),
        ("is_reaction", "bool"),
        ("sent_at", "timestamptz"),
        ("event_digest", "bytea"),
        ("sealed", "bytea"),
    ),
)
PLACES = Table(
    "intake_sourceplace",
    (
        ("id", "uuid"),
        ("message_id", "uuid"),
        ("reading_id", "uuid"),
        ("member", "int4"),
        ("ordinal", "int8"),
        ("offset_bytes", "int8"),
        ("length_bytes", "int8"),
        ("line_number", "int8"),
    ),
)
RESPONSES = Table(
    "intake_response",
    (
        ("id", "uuid"),
        ("ad_id", "uuid"),
        ("contact_point_id", "uuid"),
        ("first_message_id", "uuid"),
        ("first_at", "timestamptz"),
        ("messages_count", "int4"),
        ("is_outside", "bool"),
        ("found_in_id", "uuid"),
        ("reference", "varchar"),
        ("dismissal_reason", "varchar"),
    ),
)


@dataclass(frozen=True, slots=True)
class Forms:
    """How a database takes values: SQLite as Django writes them there, PostgreSQL as they are.

    The driver of SQLite takes exact int, str and bytearray as they are, and asks around for an adapter for bool and
    bytes, which took three quarters of the time of a row (measured).
    """

    id_of: Callable[[bytes], Any]
    uuid_of: Callable[[Any], uuid.UUID]
    time_of: Callable[[int], Any]
    flag_of: Callable[[bool], Any]
    bytes_of: Callable[[bytes], Any]


@functools.lru_cache(maxsize=4096)
def _text_hour(hours: int) -> str:
    return str(EPOCH_NAIVE + timedelta(hours=hours))[:14]


def text_time(milliseconds: int) -> str:
    """Write a time as Django keeps it in SQLite; messages of one hour come together, and share its text."""
    seconds, thousandths = divmod(milliseconds, 1000)
    hours, rest = divmod(seconds, 3600)
    text = _text_hour(hours) + SECONDS[rest]
    return f"{text}.{thousandths:03d}000" if thousandths else text


def _aware_time(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)


def _same(value: uuid.UUID) -> uuid.UUID:
    return value


def _id_of_bytes(value: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=value)


def forms_now() -> Forms:
    """Give the forms of the database in use."""
    if connection.vendor == "sqlite":
        return Forms(id_of=bytes.hex, uuid_of=uuid.UUID, time_of=text_time, flag_of=int, bytes_of=bytearray)
    return Forms(id_of=_id_of_bytes, uuid_of=_same, time_of=_aware_time, flag_of=bool, bytes_of=bytes)


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
        yield
    finally:
        _set(after)


@contextmanager
def collect_rarely() -> Iterator[None]:
    """Look for garbage in cycles a hundred times less often: an import makes millions of tuples and hardly a cycle."""
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


def hold_import_turn() -> None:
    """Wait, on PostgreSQL, for the other imports' transactions: two of them may meet the same event or number.

    On SQLite every writer has its turn anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_TURN])


def known_events(digests: Sequence[bytes]) -> dict[bytes, Any]:
    """Give the ids, in the database's form, of the messages that are known among digests of events."""
    found: dict[bytes, Any] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(digests), IDS_AT_ONCE):
            some = digests[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT event_digest, id FROM intake_message WHERE event_digest IN ({marks})", some)  # noqa: S608
            found.update((bytes(digest), pk) for digest, pk in cursor.fetchall())
    return found


def known_contacts(digests: Sequence[bytes]) -> dict[bytes, tuple[Any, Any]]:
    """Give the id and the key's id, in the database's form, of the contact points known among digests of addresses."""
    found: dict[bytes, tuple[Any, Any]] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(digests), IDS_AT_ONCE):
            some = digests[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT index_digest, id, key_id FROM intake_contactpoint WHERE index_digest IN ({marks})",  # noqa: S608
                some,
            )
            found.update((bytes(digest), (pk, key_id)) for digest, pk, key_id in cursor.fetchall())
    return found


def stream_place_ids(reading: Reading) -> Iterator[bytes]:
    """Give the ids of the places of a reading, 16 bytes each, in their order, without holding them all."""
    places = places_of(reading).order_by("pk")
    if connection.vendor == "postgresql":
        yield from (pk.bytes for pk in places.values_list("pk", flat=True).iterator(STREAM_ROWS))
        return
    sql, parameters = places.values_list("pk", flat=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(STREAM_ROWS):
            yield from (bytes.fromhex(pk) for (pk,) in rows)


def places_held(reading_id: Any, message_ids: Sequence[Any]) -> set[Any]:
    """Give those among messages, in the database's form, that have a place in a reading already."""
    found: set[Any] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(message_ids), IDS_AT_ONCE):
            some = message_ids[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT message_id FROM intake_sourceplace WHERE reading_id = %s AND message_id IN ({marks})",  # noqa: S608
                [reading_id, *some],
            )
            found.update(pk for (pk,) in cursor.fetchall())
    return found
