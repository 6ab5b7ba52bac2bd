"""A log that cannot be read, was emptied, or is not the one that somebody noted, is not whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotspots.audit.actions import verify
from hotspots.audit.models import Entry
from hotspots.audit.rules import Head, head_of
from tests import build
from tests.audit.tampering import behind_its_back, execute, fill
from tests.plugin import database_name

pytestmark = pytest.mark.django_db(transaction=True)

ON_SQLITE = [
    "UPDATE audit_entry SET actor_id = coalesce(actor_id, '0123456789abcdef0123456789abcdef') || '1' WHERE seq = 3",
    "UPDATE audit_entry SET actor_id = '{0123456789abcdef0123456789abcdef}' WHERE seq = 3",
    "UPDATE audit_entry SET actor_id = 'nobody' WHERE seq = 3",
    "UPDATE audit_entry SET at = 'garbage' WHERE seq = 3",
    "UPDATE audit_entry SET at = replace(at, ' ', 'T') WHERE seq = 3",
    "UPDATE audit_entry SET at = x'ff' WHERE seq = 3",
    "UPDATE audit_entry SET body = CAST(x'7b22ff227d' AS TEXT) WHERE seq = 3",
    "UPDATE audit_entry SET body = 7 WHERE seq = 3",
    "UPDATE audit_entry SET action = CAST(x'ff' AS TEXT) WHERE seq = 3",
    "UPDATE audit_entry SET prev_hash = CAST(x'ff' AS TEXT) WHERE seq = 3",
    "UPDATE audit_entry SET entry_hash = 7 WHERE seq = 3",
    "UPDATE audit_entry SET seq = 'three' WHERE seq = 3",
    "UPDATE audit_entry SET seq = 2.5 WHERE seq = 3",
    "UPDATE audit_reference SET record_id = 'nothing', record_kind = CAST(x'ff' AS TEXT) WHERE entry_id = 3",
]
ON_POSTGRESQL = [
    "UPDATE audit_entry SET actor_id = gen_random_uuid() WHERE seq = 3",
    "UPDATE audit_entry SET at = 'infinity' WHERE seq = 3",
    "UPDATE audit_entry SET at = '12000-01-01' WHERE seq = 3",
    "UPDATE audit_entry SET at = '0044-03-15 BC' WHERE seq = 3",
    "UPDATE audit_entry SET body = '' WHERE seq = 3",
    "UPDATE audit_entry SET prev_hash = '' WHERE seq = 3",
]


@pytest.mark.parametrize("sql", ON_POSTGRESQL if database_name() == "postgresql" else ON_SQLITE)
def test_an_entry_that_cannot_be_read_is_named(sql: str) -> None:
    fill(5, refs=True)

    behind_its_back(execute(sql))

    verdict = verify()
    assert verdict.first_bad_seq == 3
    assert "entry 3" in verdict.problem


def test_an_emptied_log_is_not_whole() -> None:
    build.person("somebody")
    fill()
    behind_its_back(lambda: Entry.objects.all()._raw_delete("default"))

    verdict = verify()

    assert (verdict.entries_count, verdict.first_bad_seq) == (0, 1)
    assert "empty" in verdict.problem


def test_a_log_that_nobody_has_used_is_whole() -> None:
    assert verify().is_whole


def test_a_noted_head_still_stands_when_entries_came_after_it() -> None:
    fill(3)
    noted = head_of(verify().noted_as)
    fill(2)

    assert noted.seq == 3
    assert verify(noted=noted).is_whole


def test_a_noted_head_finds_a_log_that_was_cut_off() -> None:
    fill(5)
    noted = head_of(verify().noted_as)
    behind_its_back(lambda: Entry.objects.filter(seq__gt=3)._raw_delete("default"))

    verdict = verify(noted=noted)

    assert verify().is_whole
    assert (verdict.entries_count, verdict.first_bad_seq) == (3, 4)
    assert str(noted) in verdict.problem


def test_a_noted_head_finds_a_log_that_was_written_anew() -> None:
    fill(5)
    noted = head_of(verify().noted_as)
    behind_its_back(lambda: Entry.objects.all()._raw_delete("default"))
    fill(6)

    verdict = verify(noted=noted)

    assert verify().is_whole
    assert verdict.first_bad_seq == 5
    assert str(noted) in verdict.problem


def test_a_head_is_written_as_it_is_read() -> None:
    head = Head(412, bytes(range(32)))

    assert head_of(str(head)) == head
    assert head_of(str(head).upper()) == head
    assert str(replace(head, seq=1)).startswith("1:0001")


@pytest.mark.parametrize(
    "text", ["", "12", "0:" + "0" * 64, "1:" + "0" * 63, "1:" + "g" * 64, "-1:" + "0" * 64, "١:" + "0" * 64]
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a head is"):
        head_of(text)
