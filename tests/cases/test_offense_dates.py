"""What is asked of the offense date: the age of a person, the questions before it, the night and its agencies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hotspots import errors
from hotspots.access.models import Organization
from hotspots.cases import actions
from hotspots.cases.models import Subject
from hotspots.cases.rules.kinds import VoidReason
from hotspots.operations.actions import OperationFacts, correct_operation
from hotspots.operations.models import Operation
from hotspots.operations.rules import OperationKind
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)

IDENTIFIED_ON = build_cases.NIGHT_ON + timedelta(days=20)


def correct(person: Subject, birth_on: date) -> Subject:
    """Correct the birth date of a person, as known twenty days after the night."""
    facts = build_cases.person(birth_on=birth_on, identified_on=IDENTIFIED_ON)
    return actions.correct_subject(
        by=build_cases.prosecutor(),
        subject=person,
        facts=actions.SubjectCorrection("By the license", facts),
        clock=build_cases.later,
    )


def correct_night(operation: Operation, *, lead: Organization | None = None, **changed: Any) -> Operation:
    """Correct an operation."""
    said = {
        "kinds": (OperationKind.STREET,),
        "night_on": operation.night_on,
        "place_words": "Poplar Avenue",
        "place_name": "Alder City",
    }
    return correct_operation(
        by=build_cases.coordinator(),
        operation=operation,
        lead=lead or build.organization(),
        facts=OperationFacts(**(said | changed)),
        reason="A wrong day",
    )


def test_whoever_turned_18_after_the_offense_is_not_corrected_into_its_record() -> None:
    person = build_cases.subject()
    build_cases.citation(codes=("PC 647(b)(1)",), encounter=build_cases.encounter(), subject=person)

    with pytest.raises(errors.RuleBroken, match="Void that record first") as refusal:
        correct(person, date(2003, 10, 20))

    assert refusal.value.field == "age_band"
    assert correct(person, date(2003, 10, 6)).age_band == "adult"


def test_questions_that_were_asked_after_the_stop_do_not_count() -> None:
    met = build_cases.encounter(occurred_at=build_cases.AT_NINE + timedelta(minutes=1))

    with pytest.raises(errors.RuleBroken) as refusal:
        build_cases.citation(codes=("PC 647(b)(1)",), encounter=met)

    assert refusal.value.field == "encounter"


def test_an_operation_keeps_its_night_while_a_record_stands_in_it() -> None:
    citation = build_cases.citation()
    operation = citation.operation

    with pytest.raises(errors.RuleBroken) as refusal:
        correct_night(operation, night_on=date(2021, 10, 7))
    assert refusal.value.field == "night_on"

    facts = actions.VoidFacts(VoidReason.OTHER, "Twice")
    actions.void_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)
    assert correct_night(operation, night_on=date(2021, 10, 7)).night_on == date(2021, 10, 7)


def test_an_operation_keeps_the_agency_that_is_credited_with_a_record() -> None:
    build_cases.citation()
    operation = Operation.objects.get()

    with pytest.raises(errors.RuleBroken) as refusal:
        correct_night(operation, lead=build_cases.sheriff())
    assert refusal.value.field == "partners"

    assert correct_night(operation, lead=build_cases.sheriff(), partners=(build.organization(),)).pk
