"""The rules of campaigns and operations, as tables."""

from __future__ import annotations

import doctest
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hotspots import errors
from hotspots.operations import rules
from hotspots.operations.rules import Bounds, Held, OperationState

LEAD, PARTNER = uuid.uuid4(), uuid.uuid4()
BEGAN = datetime(2021, 10, 7, 3, 0, tzinfo=UTC)
HELD = Held(
    kinds=["street"],
    night_on=date(2021, 10, 6),
    place_words="Poplar Avenue, Alder City",
    place_name="Alder City",
    began_on=date(2021, 10, 6),
    began_at=BEGAN,
    ended_at=BEGAN + timedelta(hours=5),
    lead_id=LEAD,
    partner_ids=[PARTNER],
)
BOUNDS = Bounds(date(2021, 10, 1), date(2021, 10, 31), date(2021, 11, 5), ("Alder City", "Millbrook"))


def test_a_night_past_midnight_within_the_campaign_is_accepted() -> None:
    rules.check_operation(HELD, BOUNDS)
    rules.check_operation(replace(HELD, night_on=date(2021, 10, 1), began_on=date(2021, 10, 1)), BOUNDS)
    rules.check_operation(replace(HELD, began_at=None, began_on=None, ended_at=None), BOUNDS)
    rules.check_operation(replace(HELD, place_name="Anywhere"), replace(BOUNDS, places=()))


@pytest.mark.parametrize(
    ("changed", "rule", "field"),
    [
        ({"kinds": []}, "operations.kinds", "kinds"),
        ({"kinds": ["street", "street"]}, "operations.kinds_once", "kinds"),
        ({"night_on": date(2021, 9, 30)}, "operations.night_outside", "night_on"),
        ({"night_on": date(2021, 11, 1)}, "operations.night_outside", "night_on"),
        ({"night_on": date(2021, 11, 6)}, "operations.night_to_come", "night_on"),
        ({"place_words": " "}, "operations.place", "place_words"),
        ({"place_name": ""}, "operations.place_name", "place_name"),
        ({"place_name": "Elsewhere"}, "operations.place_unknown", "place_name"),
        ({"began_at": None}, "operations.began", "began_at"),
        ({"began_on": date(2021, 10, 7)}, "operations.began_elsewhere", "began_at"),
        ({"ended_at": BEGAN}, "operations.ended", "ended_at"),
        ({"ended_at": BEGAN + timedelta(hours=49)}, "operations.length", "ended_at"),
        ({"partner_ids": [LEAD]}, "operations.lead_partner", "partners"),
        ({"partner_ids": [PARTNER, PARTNER]}, "operations.partner_once", "partners"),
    ],
)
def test_each_rule_refuses_with_a_sentence_for_its_field(changed: dict[str, Any], rule: str, field: str) -> None:
    with pytest.raises(errors.RuleBroken) as refused:
        rules.check_operation(replace(HELD, **changed), BOUNDS)

    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert refused.value.sentence.endswith(".")


CAMPAIGN: dict[str, Any] = {
    "name": "Hot Spots",
    "area_words": "All of the county",
    "ordinal": 5,
    "begins_on": date(2021, 10, 1),
    "ends_on": date(2021, 10, 31),
}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"area_words": ""}, "area_words"),
        ({"ordinal": 0}, "ordinal"),
        ({"ordinal": 201}, "ordinal"),
        ({"ends_on": date(2021, 9, 30)}, "ends_on"),
        ({"ends_on": date(2022, 10, 2)}, "ends_on"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    rules.check_campaign(**CAMPAIGN)
    rules.check_campaign(**{**CAMPAIGN, "ordinal": None, "ends_on": date(2021, 10, 1)})

    with pytest.raises(errors.RuleBroken) as refused:
        rules.check_campaign(**{**CAMPAIGN, **changed})

    assert refused.value.field == field


@pytest.mark.parametrize("key", ["", "Hot-Spots", "hot spots", "-a", "a-", "a--b", "hot/spots", "hötspots"])
def test_a_key_that_cannot_stand_in_an_address_is_refused(key: str) -> None:
    rules.check_campaign_key("hot-spots-2021")

    with pytest.raises(errors.RuleBroken):
        rules.check_campaign_key(key)


def test_a_corrected_period_must_hold_every_operation_night() -> None:
    period = {"begins_on": date(2021, 10, 2), "ends_on": date(2021, 10, 30)}
    rules.check_period_keeps(**period, nights=[date(2021, 10, 2), date(2021, 10, 30)])

    with pytest.raises(errors.RuleBroken, match="Oct 1, 2021"):
        rules.check_period_keeps(**period, nights=[date(2021, 10, 1)])


@pytest.mark.parametrize("state", [None, *OperationState])
def test_a_past_operation_enters_closed_and_no_state_turns_back(state: OperationState | None) -> None:
    if state is None:
        assert rules.state_after("record_past_operation", state) is OperationState.CLOSED
    else:
        with pytest.raises(errors.RuleBroken):
            rules.state_after("record_past_operation", state)


def test_only_agencies_that_are_not_suspended_take_part() -> None:
    rules.check_agency("police", is_active=True, field="lead")
    for kind, is_active in (("community", True), ("court", True), ("police", False)):
        with pytest.raises(errors.RuleBroken):
            rules.check_agency(kind, is_active=is_active, field="lead")


def test_a_closed_campaign_takes_no_records_and_a_reason_says_something() -> None:
    with pytest.raises(errors.RuleBroken):
        rules.check_takes_records("closed")
    with pytest.raises(errors.RuleBroken):
        rules.check_reason("  typo ")


def test_the_examples_in_the_rules_are_right() -> None:
    assert doctest.testmod(rules).failed == 0
