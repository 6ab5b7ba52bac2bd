"""What makes an import fast is put back after it, and finds the same events."""

from __future__ import annotations

import gc
import threading

import pytest
from django.db import connection

from hotspots.intake.actions import bulk
from hotspots.intake.actions.bulk import known_events
from hotspots.intake.actions.pace import collect_rarely, write_much
from hotspots.intake.models import Message
from tests.build_intake import after, backup, bench, number, sms

pytestmark = pytest.mark.django_db(transaction=True)


def settings_now() -> list[str]:
    """Ask the database for what an import changes."""
    asked = {
        "sqlite": ("PRAGMA cache_size", "PRAGMA wal_autocheckpoint", "PRAGMA synchronous"),
        "postgresql": ("SHOW synchronous_commit",),
    }
    with connection.cursor() as cursor:
        return [str(cursor.execute(sql).fetchone()[0]) for sql in asked[connection.vendor]]


def test_the_database_and_the_interpreter_are_as_they_were_after_an_import_that_failed() -> None:
    before, threads, thresholds = settings_now(), threading.active_count(), gc.get_threshold()

    with pytest.raises(ValueError, match="broken"), write_much(), collect_rarely():
        during = settings_now()
        raise ValueError("broken")

    assert during != before
    assert settings_now() == before
    assert (threading.active_count(), gc.get_threshold()) == (threads, thresholds)


@pytest.mark.parametrize("neighbors_limit", [1, 2_000])
def test_known_events_are_found_among_few_neighbors_and_among_many(
    monkeypatch: pytest.MonkeyPatch, neighbors_limit: int
) -> None:
    bench().read(backup(*(sms(number(who), after(who)) for who in range(1, 6))))
    kept = {bytes(digest): pk for digest, pk in Message.objects.values_list("event_digest", "pk")}
    monkeypatch.setattr(bulk, "NEIGHBORS_LIMIT", neighbors_limit)

    asked = [min(kept), max(kept), bytes(32)]
    found = known_events(asked)

    assert len(kept) == 5
    assert {digest for digest in asked if digest in found} == {min(kept), max(kept)}
    assert {str(found[digest]).replace("-", "") for digest in asked[:2]} == {kept[digest].hex for digest in asked[:2]}


def test_no_digests_are_no_events() -> None:
    assert known_events([]) == {}
