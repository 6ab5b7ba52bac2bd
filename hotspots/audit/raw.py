"""Read the log as it lies in the database, whatever somebody made of it.

The models would raise on a time that is none, or on bytes that are no UTF-8, before anything could be said about the
entry. So every column comes as bytes, is read strictly, and what cannot be read raises one of UNREADABLE.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db import connection

from hotspots.audit.rules import change_digest, changes_told

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
ROWS_AT_ONCE = 2000


def _bytes_of(kind: str, column: str) -> str:
    """Write the SQL that gives a column as bytes: a text, an id in 32 digits, a time in UTC, or bytes."""
    if connection.vendor == "sqlite":
        return f"CAST({column} AS BLOB)"
    if kind == "bytes":
        return column
    text = {
        "text": column,
        "id": f"replace({column}::text, '-', '')",
        "time": f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    }[kind]
    return f"convert_to({text}, 'UTF8')"


def _columns(**kinds: str) -> str:
    return ", ".join(_bytes_of(kind, column) for column, kind in kinds.items())


def _number(column: str) -> str:
    # SQLite keeps a value of any type in any column.
    return f"CASE typeof({column}) WHEN 'integer' THEN {column} END" if connection.vendor == "sqlite" else column


def _rows(sql: str, parameters: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it was read."""

    seq: int
    at: datetime
    actor_id: uuid.UUID | None
    action: str
    body: str
    prev_hash: bytes
    entry_hash: bytes


def read_entry(row: tuple[Any, ...]) -> RawEntry:
    """Read the columns of an entry."""
    seq, at, actor_id, action, body, prev_hash, entry_hash = row
    return RawEntry(
        int(seq),
        _time_of(bytes(at).decode()),
        None if actor_id is None else _id_of(actor_id),
        bytes(action).decode(),
        bytes(body).decode(),
        bytes(prev_hash),
        bytes(entry_hash),
    )


def _time_of(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if text not in (str(at), at.isoformat(sep=" ", timespec="microseconds")) or at.tzinfo is not None:
        raise ValueError("not written as the program writes a time")
    return at.replace(tzinfo=UTC)


def _id_of(value: bytes) -> uuid.UUID:
    text = bytes(value).decode()
    found = uuid.UUID(text)
    if text != found.hex:
        raise ValueError("not written as the program writes an id")
    return found


def entry_rows(after: int, count: int) -> list[tuple[Any, ...]]:
    """Give the next rows of the log, as bytes; `read_entry` reads them."""
    columns = _columns(at="time", actor_id="id", action="text", body="text", prev_hash="bytes", entry_hash="bytes")
    sql = f"SELECT {_number('seq')}, {columns} FROM audit_entry WHERE seq > %s ORDER BY seq LIMIT %s"  # noqa: S608
    return list(_rows(sql, [after, count]))


def references_between(after: int, last: int) -> dict[int, list[str]]:
    """Give the references of some entries, as a body names them; one that cannot be read is an empty name."""
    columns = _columns(record_kind="text", record_id="id")
    sql = f"SELECT entry_id, {columns} FROM audit_reference WHERE entry_id > %s AND entry_id <= %s"  # noqa: S608
    found: dict[int, list[str]] = {}
    for entry, kind, record in _rows(sql, [after, last]):
        found.setdefault(entry, []).append(_reference_of(kind, record))
    return found


def _reference_of(kind: bytes, record: bytes) -> str:
    try:
        return f"{bytes(kind).decode()}:{_id_of(record)}"
    except UNREADABLE:
        return ""


def changes_between(after: int, last: int) -> dict[int, dict[str, int | str]]:
    """Give count and root of the changes of some entries, as a body tells them."""
    columns = _columns(id="id", record_kind="text", record_id="id", key_id="id", sealed="bytes")
    sql = f"SELECT entry_id, {columns} FROM audit_change WHERE entry_id > %s AND entry_id <= %s ORDER BY entry_id, id"  # noqa: S608
    by_entry = groupby(_rows(sql, [after, last]), key=lambda row: row[0])
    return {entry: changes_told(_digest_of(row) for row in rows) for entry, rows in by_entry}


def _digest_of(row: tuple[Any, ...]) -> bytes:
    _entry, pk, kind, record, key, sealed = row
    try:
        return change_digest(
            change_id=_id_of(pk),
            record_kind=bytes(kind).decode(),
            record_id=_id_of(record),
            key_id=_id_of(key),
            sealed=bytes(sealed),
        )
    except UNREADABLE:
        return b""  # no digest: the root is another one


def stray_entry_of(table: str) -> int | None:
    """Give the number of an entry that rows of a table belong to, and that does not exist."""
    sql = (
        f"SELECT CAST(entry_id AS BIGINT) FROM {table} beside "  # noqa: S608
        "WHERE NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = beside.entry_id) ORDER BY entry_id LIMIT 1"
    )
    return next((number for (number,) in _rows(sql, [])), None)
