"""The answers about a minor and the paragraph of PC 647(b) do not contradict each other."""

from __future__ import annotations

import pytest

from hotspots import errors
from hotspots.cases import actions
from hotspots.cases.rules.minors import SOLICITING_A_MINOR, SOLICITING_AN_ADULT, check_minor_fits
from tests import build_cases

pytestmark = pytest.mark.django_db(transaction=True)

BOTH = (SOLICITING_AN_ADULT, SOLICITING_A_MINOR)


@pytest.mark.parametrize(
    ("codes", "is_actual", "is_portrayed", "sentence"),
    [
        ([SOLICITING_AN_ADULT], True, None, "really a minor. Choose PC 647(b)(3), or correct that answer."),
        ([SOLICITING_A_MINOR], False, False, "neither was one nor was portrayed as one. Choose PC 647(b)(2)"),
        ([SOLICITING_A_MINOR], False, None, "Say whether they were portrayed as one, or choose PC 647(b)(2)."),
        (BOTH, False, False, "neither was one nor was portrayed as one."),
    ],
)
def test_a_statute_that_the_answers_contradict_is_refused_and_told_what_to_change(
    codes: list[str], is_actual: bool | None, is_portrayed: bool | None, sentence: str
) -> None:
    with pytest.raises(errors.RuleBroken) as refusal:
        check_minor_fits(codes, is_actual=is_actual, is_portrayed=is_portrayed)

    assert sentence in refusal.value.sentence
    assert refusal.value.sentence.startswith("PC 647(b)(")


@pytest.mark.parametrize(
    ("codes", "is_actual", "is_portrayed"),
    [
        ([SOLICITING_AN_ADULT], False, False),
        ([SOLICITING_AN_ADULT], False, True),
        ([SOLICITING_AN_ADULT], None, None),
        ([SOLICITING_A_MINOR], True, False),
        ([SOLICITING_A_MINOR], False, True),
        ([SOLICITING_A_MINOR], None, None),
        ([SOLICITING_A_MINOR], None, False),
        (BOTH, True, False),
        (["PC 236.1(c)(1)"], False, False),
    ],
)
def test_what_the_answers_allow_or_leave_open_stands(
    codes: list[str], is_actual: bool | None, is_portrayed: bool | None
) -> None:
    check_minor_fits(codes, is_actual=is_actual, is_portrayed=is_portrayed)


def test_citations_corrections_and_charges_are_asked_alike() -> None:
    citation = build_cases.citation(is_actual_minor=False)
    matter = build_cases.matter(source=citation)
    wrong = {"is_actual_minor": False, "is_portrayed_as_minor": False}
    facts = actions.StopCorrection("Age", build_cases.stop_facts(codes=(SOLICITING_A_MINOR,), **wrong))

    with pytest.raises(errors.RuleBroken, match="soliciting an adult"):
        build_cases.citation("LP-2", is_actual_minor=True)
    with pytest.raises(errors.RuleBroken, match="soliciting a minor"):
        actions.correct_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)
    with pytest.raises(errors.RuleBroken, match="soliciting a minor"):
        charge = build_cases.charge_facts(SOLICITING_A_MINOR, **wrong)
        actions.file_charge(by=build_cases.prosecutor(), matter=matter, facts=charge, clock=build_cases.later)
