"""Triggers that guard append-only tables, and the migration operation that sets them.

No update, no delete, no truncate; where a table has a sequence, an insert must carry the next number.
SQLite's `INSERT OR REPLACE` deletes the old row first, which fires the delete trigger only while
`recursive_triggers` is on, and that is per connection: so an insert under an existing key is refused as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

SQLITE_TRIGGERS = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
# 'O' and 'A' fire; 'D' is switched off, and 'R' fires for a replica alone.
POSTGRESQL_TRIGGERS = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
)

# table -> (sequence column or "", primary key column)
GUARDED: dict[str, tuple[str, str]] = {}


def _sqlite(table: str, seq: str, key: str) -> tuple[list[str], list[str]]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
    up = [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN {refuse}; END",
    ]
    down = [f"DROP TRIGGER {table}_no_{what}" for what in ("update", "delete", "replace")]
    if seq:
        up.append(
            f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} "
            f"WHEN NEW.{seq} <> (SELECT coalesce(max({seq}), 0) + 1 FROM {table}) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: the sequence has a gap'); END"
        )
        down.append(f"DROP TRIGGER {table}_next")
    return up, down


def _postgresql(table: str, seq: str, _key: str) -> tuple[list[str], list[str]]:
    raises = "USING ERRCODE = '23514'"
    up = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only' {raises}; END $$",
        f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    down = [f"DROP TRIGGER {table}_refuse ON {table}", f"DROP FUNCTION {table}_refuse()"]
    if seq:
        up += [
            f"CREATE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.{seq} <> (SELECT coalesce(max({seq}), 0) + 1 FROM {table}) THEN "
            f"RAISE EXCEPTION '{table}: the sequence has a gap' {raises}; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_next()",
        ]
        down = [f"DROP TRIGGER {table}_next ON {table}", f"DROP FUNCTION {table}_next()", *down]
    return up, down


def statements_of(vendor: str, table: str) -> tuple[list[str], list[str]]:
    """Give the statements that guard a table, and those that lift the guard."""
    seq, key = GUARDED[table]
    return (_sqlite if vendor == "sqlite" else _postgresql)(table, seq, key)


def unguarded_tables(connection: Any) -> list[str]:
    """Name the guarded tables of which a guard is gone, or switched off."""
    if not GUARDED:
        MigrationLoader(None)  # the migrations declare the guards, and outside of migrate nothing has read them
    query = SQLITE_TRIGGERS if connection.vendor == "sqlite" else POSTGRESQL_TRIGGERS
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = set(cursor.fetchall())
    return [
        table
        for table, (seq, _key) in sorted(GUARDED.items())
        if any((table, f"{table}_{name}") not in standing for name in _triggers_of(connection.vendor, seq))
    ]


def _triggers_of(vendor: str, seq: str) -> tuple[str, ...]:
    names = ("no_update", "no_delete", "no_replace") if vendor == "sqlite" else ("refuse",)
    return (*names, "next") if seq else names


def lift(connection: Any, tables: Iterable[str]) -> None:
    """Lift the guards of tables; for the fixtures of the tests alone."""
    _run(connection, [statement for table in tables for statement in statements_of(connection.vendor, table)[1]])


def restore(connection: Any, tables: Iterable[str]) -> None:
    """Set the guards of tables again; for the fixtures of the tests alone."""
    _run(connection, [statement for table in tables for statement in statements_of(connection.vendor, table)[0]])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class GuardAppendOnly(Operation):
    """Migration operation: guard a table against update, delete, truncate and a gap in its sequence."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, seq: str = "", key: str = "id") -> None:
        self.table, self.seq, self.key = table, seq, key
        GUARDED[table] = (seq, key)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {"seq": self.seq, "key": self.key}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's own picture of the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in statements_of(schema_editor.connection.vendor, self.table)[0]:
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in statements_of(schema_editor.connection.vendor, self.table)[1]:
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Guard {self.table}: append only"
