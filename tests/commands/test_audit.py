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


def test_a_changed_entry_is_named(loaded_county: County, tmp_path: Path) -> None:
    county = loaded_county.copy_to(tmp_path / "county")
    tamper(county)

    told, printed = outcome_of(county, "audit", "verify"), outcome_of(county, "audit", "verify", "--json")

    found = json.loads(printed.raw)
    assert told.code == printed.code == 1
    assert "Not whole" in told.out
    assert str(BAD) in told.out
    assert (found["whole"], found["first_bad_entry"], found["entries"]) == (False, BAD, BAD - 1)


def tamper(county: County) -> None:
    """Change an entry behind the program's back, as whoever owns the file could."""
    with closing(sqlite3.connect(county.folder / "hotspots.sqlite3")) as database:
        guards = database.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_entry'")
        for (name,) in guards.fetchall():
            database.execute(f"drop trigger {name}")
        database.execute("update audit_entry set action = 'intake.reinstate_response' where seq = ?", [BAD])
        database.commit()
