"""The law of the day: which row of a statute is in force, and which family is the gravest."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from hotspots import errors
from hotspots.cases.rules import statute_rows, statutes
from hotspots.cases.rules.kinds import (
    Side,
    StatuteClass,
    StatuteFamily,
)

NEW_YEAR_EVE, NEW_YEAR = date(2022, 12, 31), date(2023, 1, 1)


def row(code: str, on: date) -> statute_rows.StatuteRow:
    """Give the shipped row in force."""
    return statutes.row_in_force(code, statute_rows.STATUTES, on)


def test_653_22_is_in_force_until_its_last_day_and_then_refused_with_the_reason() -> None:
    assert row("PC 653.22", NEW_YEAR_EVE).code == "PC 653.22"

    with pytest.raises(errors.RuleBroken, match=r"PC 653\.22 was repealed on January 1, 2023"):
        row("PC 653.22", NEW_YEAR)


def test_653_25_is_refused_until_it_took_effect() -> None:
    with pytest.raises(errors.RuleBroken, match=r"PC 653\.25 took effect on January 1, 2026; .* Dec 31, 2025"):
        row("PC 653.25", date(2025, 12, 31))

    assert row("PC 653.25", date(2026, 1, 1)).side is Side.BUYER


@pytest.mark.parametrize(
    ("on", "effective_from", "statute_class"),
    [
        (date(2017, 1, 1), date(2017, 1, 1), StatuteClass.MISDEMEANOR),
        (date(2024, 12, 31), date(2017, 1, 1), StatuteClass.MISDEMEANOR),
        (date(2025, 1, 1), date(2025, 1, 1), StatuteClass.WOBBLER),
        (date(2025, 12, 31), date(2025, 1, 1), StatuteClass.WOBBLER),
        (date(2026, 1, 1), date(2026, 1, 1), StatuteClass.WOBBLER),
        (date(2031, 6, 1), date(2026, 1, 1), StatuteClass.WOBBLER),
    ],
)
def test_647_b_3_has_three_layers(on: date, effective_from: date, statute_class: StatuteClass) -> None:
    found = row("PC 647(b)(3)", on)

    assert (found.effective_from, found.statute_class) == (effective_from, statute_class)


def test_an_offense_before_the_rows_begin_is_refused_without_a_false_reason() -> None:
    with pytest.raises(errors.RuleBroken, match=r"PC 647\(b\)\(2\) is kept here from Jan 1, 2017 on"):
        row("PC 647(b)(2)", date(2016, 12, 31))


def test_a_statute_that_nobody_entered_is_bad_input() -> None:
    with pytest.raises(errors.BadInput):
        row("PC 187", NEW_YEAR)


def test_no_shipped_rows_of_one_statute_overlap() -> None:
    for code in {one.code for one in statute_rows.STATUTES}:
        own = sorted((one for one in statute_rows.STATUTES if one.code == code), key=lambda one: one.effective_from)
        for earlier, later in pairwise(own):
            assert earlier.effective_to is not None
            assert earlier.effective_to <= later.effective_from


def test_every_shipped_row_names_a_source_and_fits_its_columns() -> None:
    for one in statute_rows.STATUTES:
        assert one.source.startswith("PC ")
        assert len(one.maximum_words) <= 240
        assert len(one.source) <= 240
        assert len(one.short_title) <= 120


def test_soliciting_is_the_buyers_side_alone() -> None:
    assert statute_rows.SOLICITING_CODES == ("PC 647(b)(2)", "PC 647(b)(3)")


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        (["firearm"], StatuteFamily.FIREARM),
        (["firearm", "solicitation"], StatuteFamily.SOLICITATION),
        (["pimping", "pandering"], StatuteFamily.PANDERING),
        (["pandering", "trafficking_of_a_minor"], StatuteFamily.TRAFFICKING_OF_A_MINOR),
    ],
)
def test_an_arrest_counts_by_its_most_serious_statute_firearms_apart(families: list[str], expected: str) -> None:
    assert statutes.most_serious(families) is expected


def test_every_family_has_a_seriousness() -> None:
    assert {statutes.most_serious([family]) for family in StatuteFamily} == set(StatuteFamily)
