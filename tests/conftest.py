"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connections, transaction

from hotspots.audit import append_only
from hotspots.web.county import forget_county
from tests import referee
from tests.plugin import SAMPLES_ABSENT, samples_folder


def _empty_tables(self: flush.Command, **options: Any) -> None:
    """Empty the tables that a transactional test has filled; the append-only guards would refuse it.

    Few of the tables have rows: asking each takes a tenth of the time that deleting from each does.
    """
    connection = connections[options["database"]]
    tables = connection.introspection.django_table_names(only_existing=False, include_views=False)
    with connection.cursor() as cursor:
        asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
        cursor.execute(asked)
        filled = {table for (table,) in cursor.fetchall()}
    guarded = sorted(filled & set(append_only.GUARDED))
    append_only.lift(connection, guarded)
    try:
        with (
            connection.constraint_checks_disabled(),
            transaction.atomic(using=options["database"]),
            connection.cursor() as cursor,
        ):
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")
    finally:
        append_only.restore(connection, guarded)


flush.Command.handle = _empty_tables  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def _no_county_from_another_test() -> None:
    """Forget the county that a process reads once: each test founds its own."""
    forget_county()


@pytest.fixture
def samples() -> Path:
    """Name the folder of sample files, or skip where it is absent: it is not part of the repository."""
    folder = samples_folder()
    if not folder.exists():
        pytest.skip(SAMPLES_ABSENT)
    return folder


@pytest.fixture
def pdf_faults() -> Callable[[Path], list[str]]:
    """Offer `pdf_faults(path)`, which asks the referee what keeps a file from PDF/UA-1."""
    if not referee.REFEREE.exists():
        pytest.skip(referee.ADVICE)
    return referee.faults_of


@pytest.fixture
def repository() -> Path:
    """Name the repository's own folder."""
    return Path(__file__).resolve().parents[1]
