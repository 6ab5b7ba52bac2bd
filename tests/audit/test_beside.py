"""What hangs on an entry cannot be cut, added to or altered without notice: its changes, its references, its guards."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from hotspots.audit import append_only
from hotspots.audit.actions import PendingChange, PendingEntry, append, verify
from hotspots.audit.models import Change, Entry, Reference
from hotspots.keys import actions as keys
from tests import build
from tests.audit.tampering import behind_its_back, execute, fill
from tests.plugin import database_name

pytestmark = pytest.mark.django_db(transaction=True)

RECORDS = [uuid.UUID(int=number) for number in (7, 8)]


def fill_with_changes() -> uuid.UUID:
    """Append three entries, of which the second has two changes and two references; give the key of the changes."""
    fill(1)
    with transaction.atomic():
        key_id, _key = keys.make_key("history")
        refs = tuple(("room.Record", pk) for pk in RECORDS)
        changes = [PendingChange("room.Record", pk, key_id, {"place": ("Alder", "Birch")}) for pk in RECORDS]
        append([PendingEntry(None, "test.changed", refs)], changes)
    fill(1)
    return key_id


def one_change() -> Change:
    """Give one of the changes."""
    return Change.objects.order_by("id")[0]


def add_change() -> None:
    """Add a change that no verb made."""
    row = one_change()
    Change.objects.create(
        entry_id=row.entry_id, record_kind=row.record_kind, record_id=row.record_id, key_id=row.key_id, sealed=b"x"
    )


def test_changes_and_references_that_stand_are_whole() -> None:
    fill_with_changes()

    verdict = verify()

    assert verdict.is_whole
    assert verdict.unguarded == ()
    assert json.loads(Entry.objects.get(seq=2).body)["changes"]["count"] == 2
    assert "changes" not in json.loads(Entry.objects.get(seq=1).body)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Change.objects.filter(pk=one_change().pk)._raw_delete("default"), "is gone: it had 2, and has 1"),
        (lambda: Change.objects.all()._raw_delete("default"), "is gone: it had 2, and has 0"),
        (add_change, "does not know: it had 2, and has 3"),
        (lambda: Change.objects.filter(pk=one_change().pk).update(sealed=b"other"), "was altered"),
        (lambda: Change.objects.filter(pk=one_change().pk).update(record_id=uuid.uuid4()), "was altered"),
        (lambda: Change.objects.filter(pk=one_change().pk).update(record_kind="room.Other"), "was altered"),
        (lambda: Change.objects.filter(pk=one_change().pk).update(key_id=uuid.uuid4()), "was altered"),
        (lambda: Change.objects.filter(pk=one_change().pk).update(entry_id=3), "is gone: it had 2, and has 1"),
        (lambda: Reference.objects.filter(record_id=RECORDS[0])._raw_delete("default"), "is gone, to room.Record:"),
        (lambda: Reference.objects.filter(record_id=RECORDS[0]).update(record_id=uuid.uuid4()), "is gone, to"),
        (
            lambda: Reference.objects.create(entry_id=2, record_kind="room.Record", record_id=uuid.uuid4()),
            "has a reference that it does not name",
        ),
        (
            lambda: Reference.objects.create(entry_id=2, record_kind="room.Record", record_id=RECORDS[0]),
            "has a reference that it does not name",
        ),
    ],
    ids=[
        "change removed",
        "all changes removed",
        "change added",
        "sealed",
        "record of a change",
        "kind of a change",
        "key of a change",
        "change moved",
        "reference removed",
        "reference altered",
        "reference added",
        "reference twice",
    ],
)
def test_what_hangs_on_an_entry_is_bound_to_it(change: Callable[[], object], words: str) -> None:
    fill_with_changes()

    behind_its_back(change)

    verdict = verify()
    assert verdict.first_bad_seq == 2
    assert "entry 2" in verdict.problem
    assert words in verdict.problem


@pytest.mark.parametrize("model", [Change, Reference])
def test_what_hangs_on_no_entry_is_named(model: type[Change | Reference]) -> None:
    fill_with_changes()
    row = model.objects.order_by("id")[0]

    def move() -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")
            row.pk, row.entry_id = uuid.uuid4(), 99
            model.objects.bulk_create([row])
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")

    behind_its_back(move)
    verdict = verify()
    behind_its_back(lambda: model.objects.filter(entry_id=99)._raw_delete("default"))

    assert not verdict.is_whole
    assert "of entry 99, which does not exist" in verdict.problem


def test_a_destroyed_key_leaves_the_log_whole() -> None:
    key_id = fill_with_changes()

    keys.destroy_key(key_id, at=build.NOON)

    assert not keys.open_keys([key_id])
    assert verify().is_whole


def test_a_verb_cannot_write_what_the_log_writes_itself() -> None:
    with pytest.raises(TypeError, match="changes"), transaction.atomic():
        append([PendingEntry(None, "test.x", (), {"changes": 1})])


def test_the_log_is_read_with_few_queries(django_assert_max_num_queries) -> None:
    fill_with_changes()
    fill(30)

    with django_assert_max_num_queries(8):
        verify()


@pytest.mark.parametrize("table", ["audit_entry", "audit_change", "audit_reference"])
def test_a_guard_that_is_gone_is_named(table: str) -> None:
    fill()
    append_only.lift(connection, [table])

    verdict = verify()

    append_only.restore(connection, [table])
    assert verdict.is_whole
    assert verdict.unguarded == (table,)


def test_one_trigger_that_is_gone_is_a_guard_gone() -> None:
    fill()
    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER audit_entry_next{on}")()

    verdict = verify()

    (again,) = [
        one
        for one in append_only.statements_of(connection.vendor, "audit_entry")[0]
        if "TRIGGER audit_entry_next" in one
    ]
    execute(again)()
    assert verdict.unguarded == ("audit_entry",)
    assert verify().unguarded == ()


if database_name() == "postgresql":  # SQLite cannot switch a trigger off

    def test_a_trigger_that_is_switched_off_is_a_guard_gone() -> None:
        execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_refuse")()

        verdict = verify()

        execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_refuse")()
        assert verdict.unguarded == ("audit_entry",)


def test_a_bulk_of_changes_is_bound_by_one_root() -> None:
    with transaction.atomic():
        key_id, _key = keys.make_key("history")
        changes = [PendingChange("room.Record", uuid.uuid4(), key_id, {"n": (None, str(n))}) for n in range(1500)]
        append([PendingEntry(None, "test.first"), PendingEntry(None, "test.bulk")], changes)

    assert verify().is_whole
    assert json.loads(Entry.objects.get(seq=2).body)["changes"]["count"] == 1500
