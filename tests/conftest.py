"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connections

from hotspots.audit import append_only
from hotspots.web.county import forget_county
from tests import referee
from tests.plugin import SAMPLES_ABSENT, samples_folder

_flush = flush.Command.handle


def _flush_with_guards_lifted(self: flush.Command, **options: Any) -> Any:
    """Empty the tables between transactional tests; the append-only guards would refuse it."""
    connection = connections[options["database"]]
    append_only.lift_all(connection)
    options["inhibit_post_migrate"] = True  # permissions and content types that nothing here uses
    try:
        return _flush(self, **options)
    finally:
        append_only.restore_all(connection)


flush.Command.handle = _flush_with_guards_lifted  # type: ignore[method-assign]


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
