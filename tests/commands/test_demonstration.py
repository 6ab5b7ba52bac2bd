"""The demonstration county counts what its story says, from its own records."""

from __future__ import annotations

import json
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


def test_the_log_of_the_loading_is_whole(loaded_county: County) -> None:
    done = loaded_county.run("audit", "verify", "--json")

    assert json.loads(done.stdout)["whole"] is True


def test_loading_again_changes_nothing(loaded_county: County) -> None:
    before = json.loads(loaded_county.run("audit", "verify", "--json").stdout)

    again = loaded_county.run("demo", "--load-only")

    assert again.returncode == 0
    assert json.loads(loaded_county.run("audit", "verify", "--json").stdout) == before
