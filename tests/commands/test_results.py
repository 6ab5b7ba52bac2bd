"""`hotspots results` on the demonstration county: the second contract, and the rows behind a number."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.commands.conftest import Run

pytestmark = pytest.mark.demonstration

ASK = ("results", "--campaign", "hot-spots-2021")
PUBLISHED = {
    "responses_to_ads": 261,
    "citations_for_soliciting": 22,
    "persons_charged.trafficking_of_a_minor": 1,
    "persons_charged.pandering": 1,
    "investigations_opened.pimping_and_pandering": 2,
    "arrests.firearm": 2,
}


def test_json_holds_the_published_numbers(in_county: Run) -> None:
    outcome = in_county(*ASK, "--format", "json")

    found = json.loads(outcome.raw)
    assert outcome.code == 0
    assert {key: found[key] for key in PUBLISHED} == PUBLISHED
    assert all(isinstance(value, int) for value in found.values())


def test_csv_gives_unit_definition_and_day(in_county: Run) -> None:
    outcome = in_county(*ASK, "--format", "csv")

    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(outcome.raw))}
    assert outcome.code == 0
    assert {key: int(rows[key]["value"]) for key in PUBLISHED} == PUBLISHED
    assert all(row["unit"] and row["definition"] and row["data_as_of"] for row in rows.values())


def test_a_table_is_for_people(in_county: Run) -> None:
    outcome = in_county(*ASK)

    assert outcome.code == 0
    assert "responses_to_ads" in outcome.out
    assert "261" in outcome.out


@pytest.mark.parametrize(
    ("key", "count"), [("arrests.firearm", 2), ("citations_for_soliciting", 22), ("responses_to_ads", 261)]
)
def test_explain_lists_as_many_rows_as_the_number_says(in_county: Run, key: str, count: int) -> None:
    outcome = in_county(*ASK, "--explain", key, "--as", "coordinator", "--format", "json")

    rows = json.loads(outcome.raw)
    assert outcome.code == 0
    assert len(rows) == len({row["reference"] for row in rows}) == count
    assert all(row["document"] and row["happened_on"] and row["agency"] for row in rows)
    assert {row["time_zone"] for row in rows} == {"America/Los_Angeles"}


def test_explain_gives_the_same_rows_as_csv_and_as_a_table(in_county: Run) -> None:
    asked = (*ASK, "--explain", "arrests.firearm", "--as", "coordinator")

    printed, sheet, table = (in_county(*asked, "--format", name) for name in ("json", "csv", "table"))

    rows = json.loads(printed.raw)
    assert list(csv.DictReader(io.StringIO(sheet.raw))) == rows
    assert all(row["reference"] in table.out and row["happened_on"] in table.out for row in rows)
    assert "2 rows. Dates are by the county's clock, America/Los_Angeles." in table.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("results", "--campaign", "no-such"), 1, "There is no campaign with the key no-such."),
        (("results",), 2, "--campaign"),
        ((*ASK, "--explain", "arrests.firearm"), 2, "--as"),
        ((*ASK, "--explain", "no.such", "--as", "coordinator"), 1, "There is no such measure."),
        ((*ASK, "--explain", "arrests.firearm", "--as", "nobody"), 1, "nobody"),
        ((*ASK, "--format", "xml"), 2, "xml"),
    ],
)
def test_a_mistake_gets_a_sentence(in_county: Run, arguments: tuple[str, ...], code: int, says: str) -> None:
    outcome = in_county(*arguments)

    assert outcome.code == code
    assert says in outcome.err


def test_explain_shows_no_rows_to_who_may_not_see_them(in_county: Run) -> None:
    outcome = in_county(*ASK, "--explain", "arrests.firearm", "--as", "administrator", "--format", "json")

    assert outcome.code == 1 or json.loads(outcome.raw) == []
