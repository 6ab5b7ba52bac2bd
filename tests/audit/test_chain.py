"""The chain finds every change that is made behind its back."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from hotspots.audit.actions import PendingEntry, append, verify
from hotspots.audit.models import Entry
from hotspots.audit.rules import (
    canonical_bytes,
    canonical_json,
    change_digest,
    changes_told,
    leaf_hash,
    merkle_root,
    node_hash,
)
from tests import build
from tests.audit.tampering import behind_its_back, fill

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_untouched_log_is_whole() -> None:
    fill()

    verdict = verify()

    assert verdict.is_whole
    assert verdict.entries_count == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.filter(seq=3).update(body='{"number":9,"refs":[]}'),
        lambda: Entry.objects.filter(seq=3).update(action="test.other"),
        lambda: Entry.objects.filter(seq=3).update(at=build.NOON),
        lambda: Entry.objects.filter(seq=3)._raw_delete("default"),
        lambda: Entry.objects.filter(seq=3).update(entry_hash=bytes(32)),
    ],
    ids=["body", "action", "time", "removed", "hash"],
)
def test_a_change_is_named_by_its_entry(change: Callable[[], object]) -> None:
    fill()

    behind_its_back(change)

    assert verify().first_bad_seq == 3


def test_a_rewritten_entry_breaks_the_next_one() -> None:
    fill()

    def rewrite() -> None:
        entry = Entry.objects.get(seq=3)
        body = canonical_json({"number": 9, "refs": []})
        data = canonical_bytes(
            seq=3, at=entry.at, actor_id=None, action=entry.action, body=body, prev_hash=bytes(entry.prev_hash)
        )
        Entry.objects.filter(seq=3).update(body=body, entry_hash=leaf_hash(data))

    behind_its_back(rewrite)

    assert verify().first_bad_seq == 4


def test_log_time_never_goes_back() -> None:
    fill(1)
    behind_its_back(lambda: Entry.objects.all()._raw_delete("default"))
    future = build.NOON + timedelta(days=36500)
    data = canonical_bytes(seq=1, at=future, actor_id=None, action="test.x", body='{"refs":[]}', prev_hash=bytes(32))
    Entry.objects.create(
        seq=1, at=future, action="test.x", body='{"refs":[]}', prev_hash=bytes(32), entry_hash=leaf_hash(data)
    )

    fill(1)

    assert Entry.objects.get(seq=2).at == future
    assert verify().is_whole


def test_an_entry_without_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        append([PendingEntry(None, "test.x")])


def test_the_bytes_of_an_entry_are_these_for_ever() -> None:
    data = canonical_bytes(
        seq=7, at=build.NOON, actor_id=None, action="room.verb", body='{"refs":[]}', prev_hash=bytes(32)
    )

    assert data == (
        b'{"action":"room.verb","actor":null,"at":"2021-10-05T19:00:00.000000Z","body":{"refs":[]},"prev":"'
        + b"0" * 64
        + b'","seq":7,"v":1}'
    )


def test_the_bytes_of_a_change_are_these_for_ever() -> None:
    one, two = uuid.UUID(int=1), uuid.UUID(int=2)
    bound = (
        b"\0\0\0\x06" + b"\0\0\0\x15audit/change-digest/1"
        b"\0\0\0\x10" + one.bytes + b"\0\0\0\x0droom.Citation"
        b"\0\0\0\x10" + two.bytes + b"\0\0\0\x10" + bytes(16) + b"\0\0\0\x03abc"
    )

    digest = change_digest(
        change_id=one, record_kind="room.Citation", record_id=two, key_id=uuid.UUID(int=0), sealed=b"abc"
    )

    assert digest == hashlib.sha256(bound).digest()
    assert canonical_json({"refs": [], "changes": changes_told([digest])}) == (
        '{"changes":{"count":1,"root":"' + hashlib.sha256(b"\x00" + digest).hexdigest() + '"},"refs":[]}'
    )


def test_a_merkle_root_is_that_of_the_standard() -> None:
    # RFC 9162, 2.1.3: seven leaves, written out by hand.
    d = [bytes([n]) for n in range(7)]
    left = node_hash(node_hash(leaf_hash(d[0]), leaf_hash(d[1])), node_hash(leaf_hash(d[2]), leaf_hash(d[3])))
    right = node_hash(node_hash(leaf_hash(d[4]), leaf_hash(d[5])), leaf_hash(d[6]))

    assert merkle_root(d) == (7, node_hash(left, right))
