"""Which tables a deed locks rows of, told on both databases: SQLite locks no rows, so the words are cut off there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

LOCK = re.compile(r' FOR NO KEY UPDATE OF "(\w+)"')
FEATURES = ("has_select_for_update", "has_select_for_update_of", "has_select_for_no_key_update")


def locked_by(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> list[str]:
    """Do a deed, and give the tables in the order in which it locked rows of them."""
    tables: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        tables.extend(LOCK.findall(sql))
        return execute(sql if connection.vendor == "postgresql" else LOCK.sub("", sql), *rest)

    with monkeypatch.context() as patch, connection.execute_wrapper(note):
        for name in FEATURES:
            patch.setattr(connection.features, name, True)
        deed()
    return tables
