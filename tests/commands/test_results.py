"""`hotspots results` on the demonstration county: the second contract, and the rows behind a number."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.commands.conftest import Run, outcome_of
from tests.journeys.county import County

pytestmark = pytest.mark.demonstration

NOTE = "Demonstration data: Alder County does not exist"
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
    assert {row["note"] for row in rows.values()} == {NOTE}


def test_a_table_is_for_people(in_county: Run) -> None:
    outcome = in_county(*ASK)

    assert outcome.code == 0
    assert "responses_to_ads" in outcome.out
    assert "261" in outcome.out
    assert f"{NOTE}." in outcome.out


def test_explained_rows_say_that_they_are_a_demonstrations(in_county: Run) -> None:
    ask = (*ASK, "--explain", "arrests.firearm", "--as", "coordinator")

    rows = list(csv.DictReader(io.StringIO(in_county(*ask, "--format", "csv").raw)))

    assert [row["note"] for row in rows] == [NOTE, NOTE]
    assert f"{NOTE}." in in_county(*ask).out
    assert "Demonstration" not in in_county(*ask, "--format", "json").raw


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
    assert list(csv.DictReader(io.StringIO(sheet.raw))) == [{**row, "note": NOTE} for row in rows]
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


@pytest.mark.parametrize(("key", "count"), [("arrests.firearm", "2"), ("responses_to_ads", "261")])
def test_explain_says_that_rows_are_counted_which_are_closed_to_a_person(in_county: Run, key: str, count: str) -> None:
    outcome = in_county(*ASK, "--explain", key, "--as", "publisher", "--format", "json")

    assert (outcome.code, json.loads(outcome.raw)) == (1, [])
    assert outcome.err == f"hotspots: {count} are counted; none of the rows is open to publisher."


def test_explain_says_how_many_of_the_rows_it_lists(in_county: Run) -> None:
    outcome = in_county(*ASK, "--explain", "responses_to_ads", "--as", "custodian.sheriff", "--format", "json")

    seen = len(json.loads(outcome.raw))
    assert 0 < seen < 261
    assert outcome.code == 0
    assert outcome.err == f"hotspots: 261 are counted; {seen} of the rows are open to custodian.sheriff."


@pytest.mark.parametrize("columns", ["80", "40"])
def test_no_key_is_cut_in_a_narrow_window(loaded_county: County, columns: str) -> None:
    outcome = outcome_of(loaded_county, *ASK, COLUMNS=columns)

    cells = [line.split("\u2502")[4].strip() for line in outcome.raw.splitlines() if line.count("\u2502") == 5]
    assert "\u2026" not in outcome.raw
    assert all(key in "".join(cells) for key in PUBLISHED)
    assert columns == "40" or set(PUBLISHED) <= set(cells)
