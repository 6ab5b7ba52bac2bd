"""No two rows of one key in force at once: an exclusion constraint on PostgreSQL, triggers on SQLite.

One migration operation for both: the live ads of a line, the rows of a statute. A period is half open; an open
end is in force for ever.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation


class NoOverlap(Operation):
    """Migration operation: refuse a row whose period overlaps another's with the same key."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, key: str, starts: str, ends: str, range_type: str = "tstzrange") -> None:
        self.table, self.key, self.starts, self.ends, self.range_type = table, key, starts, ends, range_type

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        names = {"key": self.key, "starts": self.starts, "ends": self.ends, "range_type": self.range_type}
        return type(self).__name__, [self.table], names

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's own picture of the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in self._sqlite_up() if is_sqlite else self._postgresql_up():
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for moment in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {self.table}_no_overlap_{moment}")
        else:
            schema_editor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT {self.table}_no_overlap")

    def _sqlite_up(self) -> list[str]:
        clash = (
            f"SELECT 1 FROM {self.table} AS other WHERE other.{self.key} = NEW.{self.key} AND other.id <> NEW.id "
            f"AND (other.{self.ends} IS NULL OR other.{self.ends} > NEW.{self.starts}) "
            f"AND (NEW.{self.ends} IS NULL OR NEW.{self.ends} > other.{self.starts})"
        )
        return [
            f"CREATE TRIGGER {self.table}_no_overlap_{moment} BEFORE {moment.upper()} ON {self.table} "
            f"WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, '{self.table}: two in force at once'); END"
            for moment in ("insert", "update")
        ]

    def _postgresql_up(self) -> list[str]:
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {self.table} ADD CONSTRAINT {self.table}_no_overlap EXCLUDE USING gist "
            f"({self.key} WITH =, {self.range_type}({self.starts}, {self.ends}) WITH &&)",
        ]

    def describe(self) -> str:
        return f"{self.table}: no two in force at once for one {self.key}"
