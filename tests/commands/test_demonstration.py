"""The demonstration county counts what its story says, from its own records."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

import pytest

from tests.journeys.county import County, loaded_county

__all__ = ["loaded_county"]
pytestmark = pytest.mark.demonstration

CAMPAIGN = ("results", "--campaign", "hot-spots-2021")


def values_of(county: County) -> dict[str, int]:
    """Give the live values of the campaign as the contract prints them."""
    done = county.run(*CAMPAIGN, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_the_campaign_has_the_figures_of_the_release(loaded_county: County) -> None:
    values = values_of(loaded_county)

    assert {key: values[key] for key in values if values[key]} == {
        "responses_to_ads": 261,
        "withheld_contacts": 17,
        "distinct_contact_points": 239,
        "citations_for_soliciting": 22,
        "persons_charged.trafficking_of_a_minor": 1,
        "persons_charged.pandering": 1,
        "investigations_opened.pimping_and_pandering": 2,
        "arrests.firearm": 2,
        "arrests.trafficking": 1,
        "outcomes.submitted": 2,
        "outcomes.filed": 2,
        "operations_held": 7,
        "agencies_taking_part": 8,
    }


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("responses_to_ads", 261),
        ("citations_for_soliciting", 22),
        ("persons_charged.trafficking_of_a_minor", 1),
        ("investigations_opened.pimping_and_pandering", 2),
        ("arrests.firearm", 2),
    ],
)
def test_every_figure_lists_its_rows_with_a_document_or_a_place(loaded_county: County, key: str, rows: int) -> None:
    done = loaded_county.run(*CAMPAIGN, "--explain", key, "--as", "coordinator", "--format", "json")

    listed: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(listed) == rows
    assert all(row["reference"] for row in listed)


def rows_of(county: County, question: str) -> list[tuple[Any, ...]]:
    """Ask the database of the county."""
    with sqlite3.connect(county.folder / "hotspots.sqlite3") as connection:
        return connection.execute(question).fetchall()


def test_the_coalition_has_its_thirty_four_members_and_each_is_reached_without_a_name(loaded_county: County) -> None:
    members = rows_of(loaded_county, "select organization_id from coalition_membership where left_on is null")
    contacts = rows_of(loaded_county, "select organization_id, function, reached_by from coalition_contact")

    assert len(members) == 34
    assert {organization for organization, *_said in contacts} == {organization for (organization,) in members}
    assert all(re.fullmatch(r"559-555-01\d\d", reached_by) for _organization, _function, reached_by in contacts)
    assert len({reached_by for *_said, reached_by in contacts}) == len(contacts)


def test_each_night_has_an_encounter_with_the_seven_questions_and_firearm_arrests_name_theirs(
    loaded_county: County,
) -> None:
    asked = rows_of(
        loaded_county,
        "select number from cases_encounter join operations_operation on operation_id = operations_operation.id "
        "where owes_a_debt <> '' and cases_encounter.sealed is null order by number",
    )
    arrests = rows_of(loaded_county, "select encounter_id from cases_arrest where family = 'firearm'")

    assert [number for (number,) in asked] == [1, 2, 3, 4, 5, 6, 7]
    assert len({encounter for (encounter,) in arrests if encounter}) == 2


def test_the_log_of_the_loading_is_whole(loaded_county: County) -> None:
    done = loaded_county.run("audit", "verify", "--json")

    assert json.loads(done.stdout)["whole"] is True


def test_loading_again_changes_nothing(loaded_county: County) -> None:
    before = json.loads(loaded_county.run("audit", "verify", "--json").stdout)

    again = loaded_county.run("demo", "--load-only")

    assert again.returncode == 0
    assert json.loads(loaded_county.run("audit", "verify", "--json").stdout) == before
