"""Bulk rows: many in a statement on SQLite, binary COPY on PostgreSQL; `bulk_create` was 4 to 18 times slower.

Columns are told in one place with their PostgreSQL types. Inserts are plain: a row that is there already is a fault.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection

from hotspots.intake.models import Reading
from hotspots.intake.queries.events import places_of

IMPORT_TURN = 0x696D7074
IDS_AT_ONCE = 500
NEIGHBORS_LIMIT = 2_000
STREAM_ROWS = 5_000
PARAMETERS_LIMIT = 32_766  # of one statement, sqlite.org/limits.html
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
        if connection.vendor == "sqlite":
            self._insert_many(rows)
            return
        names = ", ".join(name for name, _kind in self.columns)
        # The database's own errors, as every other statement raises them: Django does not wrap those of a copy.
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            cursor.copy(f"COPY {self.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types([kind for _name, kind in self.columns])
            for row in rows:
                copy.write_row(row)

    def _insert_many(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert with as many rows in a statement as SQLite takes: a quarter less time than row by row (measured)."""
        at_once = PARAMETERS_LIMIT // len(self.columns)
        with connection.wrap_database_errors:
            for start in range(0, len(rows), at_once):
                some = rows[start : start + at_once]
                # The driver itself: Django would look for each of the marks again at each statement.
                connection.connection.execute(_statement(self, len(some)), list(chain.from_iterable(some)))


@functools.lru_cache(maxsize=64)
def _statement(table: Table, rows_count: int) -> str:
    names = ", ".join(name for name, _kind in table.columns)
    marks = ",".join(["?"] * len(table.columns))
    return f"INSERT INTO {table.name} ({names}) VALUES {','.join([f'({marks})'] * rows_count)}"  # noqa: S608


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


def hold_import_turn() -> None:
    """Wait, on PostgreSQL, for the other imports' transactions: two of them may meet the same event or number.

    On SQLite every writer has its turn anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_TURN])


def known_events(digests: Sequence[bytes]) -> dict[bytes, Any]:
    """Give the ids, in the database's form, of the messages that are known among digests of events.

    Digests begin with the time. Few messages are known, mostly, in the time of a batch: to look through those is ten
    times as fast as to look for each digest.
    """
    if not digests:
        return {}
    between = "SELECT event_digest, id FROM intake_message WHERE event_digest BETWEEN %s AND %s LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(between, [min(digests), max(digests), NEIGHBORS_LIMIT])
        if len(rows := cursor.fetchall()) < NEIGHBORS_LIMIT:
            return {bytes(digest): pk for digest, pk in rows}
        rows = []
        for start in range(0, len(digests), IDS_AT_ONCE):
            some = digests[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT event_digest, id FROM intake_message WHERE event_digest IN ({marks})", some)  # noqa: S608
            rows += cursor.fetchall()
    return {bytes(digest): pk for digest, pk in rows}


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
