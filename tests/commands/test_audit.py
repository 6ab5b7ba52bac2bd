"""`hotspots audit verify`: whole, or the first bad entry by its number."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.conftest import Run, outcome_of
from tests.journeys.county import County

pytestmark = pytest.mark.demonstration

BAD = 40


def test_the_log_of_the_demonstration_is_whole(in_county: Run) -> None:
    outcome = in_county("audit", "verify", "--json")

    found = json.loads(outcome.raw)
    assert outcome.code == 0
    assert found["whole"] is True
    assert found["first_bad_entry"] is None
    assert found["entries"] > 300
    assert len(bytes.fromhex(found["head"])) == 32
    assert found["note"] == f"{found['entries']}:{found['head']}"
    assert (found["noted"], found["unguarded"]) == (None, [])


def test_a_noted_head_is_looked_for(in_county: Run) -> None:
    note = json.loads(in_county("audit", "verify", "--json").raw)["note"]

    same, other = in_county("audit", "verify", "--head", note), in_county("audit", "verify", "--head", "7:" + "0" * 64)
    wrong = in_county("audit", "verify", "--head", "yesterday")

    assert same.code == 0
    assert note in same.out
    assert "The 0 entries after it are not proven by this alone." in same.out
    assert other.code == 1
    assert "Not whole: entry 7 is not the one that was noted" in other.out
    assert wrong.code == 2
    assert "64 hexadecimal digits" in wrong.err


def test_a_changed_entry_is_named(loaded_county: County, tmp_path: Path) -> None:
    county = loaded_county.copy_to(tmp_path / "county")
    tamper(county, f"update audit_entry set action = 'intake.reinstate_response' where seq = {BAD}")

    told, printed = outcome_of(county, "audit", "verify"), outcome_of(county, "audit", "verify", "--json")

    found = json.loads(printed.raw)
    assert told.code == printed.code == 1
    assert "Not whole" in told.out
    assert str(BAD) in told.out
    assert (found["whole"], found["first_bad_entry"], found["entries"]) == (False, BAD, BAD - 1)


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("update audit_entry set actor_id = actor_id || '1' where seq = 30", 30),
        ("update audit_entry set at = 'garbage' where seq = 30", 30),
        ("update audit_entry set body = cast(x'7b22ff227d' as text) where seq = 30", 30),
        ("update audit_change set sealed = x'00' where entry_id = (select min(entry_id) from audit_change)", None),
        ("delete from audit_reference where entry_id = 30", 30),
    ],
)
def test_what_was_changed_is_a_sentence_and_no_traceback(
    loaded_county: County, tmp_path: Path, sql: str, number: int | None
) -> None:
    county = loaded_county.copy_to(tmp_path / "county")
    tamper(county, sql)

    told = outcome_of(county, "audit", "verify")

    assert told.code == 1
    assert "Not whole" in told.out
    assert f"entry {number or ''}" in told.out


def test_a_guard_that_is_gone_is_told(loaded_county: County, tmp_path: Path) -> None:
    county = loaded_county.copy_to(tmp_path / "county")
    tamper(county, "select 1")

    told, printed = outcome_of(county, "audit", "verify"), outcome_of(county, "audit", "verify", "--json")

    found = json.loads(printed.raw)
    assert told.code == printed.code == 1
    assert "Whole:" in told.out
    assert "The guard of audit_entry is gone: entries can be changed unseen from now on." in told.out
    assert found["whole"] is True
    assert found["unguarded"] == ["audit_change", "audit_entry", "audit_reference"]


def test_an_emptied_log_is_told(loaded_county: County, tmp_path: Path) -> None:
    county = loaded_county.copy_to(tmp_path / "county")
    tamper(county, "delete from audit_change", "delete from audit_reference", "delete from audit_entry")

    told = outcome_of(county, "audit", "verify")

    assert told.code == 1
    assert "Not whole: the log is empty" in told.out


def tamper(county: County, *statements: str) -> None:
    """Change the log behind the program's back, as whoever owns the file could."""
    with closing(sqlite3.connect(county.folder / "hotspots.sqlite3")) as database:
        guards = database.execute("select name from sqlite_master where type = 'trigger' and tbl_name like 'audit_%'")
        for (name,) in guards.fetchall():
            database.execute(f"drop trigger {name}")
        for statement in statements:
            database.execute(statement)
        database.commit()
