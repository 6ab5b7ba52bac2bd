"""Verbs that rest on the same record wait for each other: each locks what its checks rest on before it checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

import pytest

from hotspots.cases import actions
from hotspots.cases.models import Encounter, Hearing, Matter, Subject
from hotspots.cases.rules.kinds import Answer, EncounterBasis, HearingOutcome
from hotspots.cases.rules.questions import QUESTION_KEYS
from tests import build, build_cases
from tests.cases.test_hearing import investigation
from tests.cases.test_matter import file_charge
from tests.cases.test_moving import second_night
from tests.cases.test_void_entries import void_encounter
from tests.locks import locked_by

pytestmark = pytest.mark.django_db(transaction=True)

OPERATION, ENCOUNTER, PERSON = "operations_operation", "cases_encounter", "cases_subject"
CITATION, MATTER = "cases_citation", "cases_matter"
Deed = Callable[[], object]


def known() -> tuple[Subject, Encounter]:
    """Give a person and the encounter in which the questions were asked."""
    person = build_cases.subject()
    return person, build_cases.encounter(subject=person)


def met_facts(**changed: Any) -> actions.EncounterFacts:
    """Give what an encounter says."""
    answers = dict.fromkeys(QUESTION_KEYS, Answer.NO)
    said = {"occurred_at": build_cases.AT_NINE, "place_words": "Levee Road", "basis": EncounterBasis.DETENTION}
    return actions.EncounterFacts(**{**said, "answers": answers, **changed})


def new_citation() -> Deed:
    person, met = known()
    return partial(build_cases.citation, subject=person, encounter=met)


def new_arrest() -> Deed:
    person, met = known()
    return partial(build_cases.arrest, subject=person, encounter=met)


def new_person() -> Deed:
    met = build_cases.encounter()
    return lambda: actions.identify_subject(
        by=build_cases.officer(),
        credited=build.organization(),
        operation=met.operation,
        encounter=met,
        facts=build_cases.person(),
        clock=build_cases.later,
    )


def new_encounter() -> Deed:
    return partial(build_cases.encounter, subject=build_cases.subject())


def correction_of_a_citation() -> Deed:
    person, met = known()
    citation = build_cases.citation(subject=person)
    facts = actions.StopCorrection("Misread", build_cases.stop_facts("LP-2", encounter=met))
    return lambda: actions.correct_citation(
        by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later
    )


def correction_of_an_encounter() -> Deed:
    person, met = known()
    facts = actions.EncounterCorrection("Misread", met_facts(subject=person))
    return lambda: actions.correct_encounter(
        by=build_cases.officer(), encounter=met, facts=facts, clock=build_cases.later
    )


def void_of_an_encounter() -> Deed:
    return partial(void_encounter, known()[1])


def new_matter() -> Deed:
    return partial(build_cases.matter, source=build_cases.citation())


def new_charge() -> Deed:
    person, met = known()
    return partial(file_charge, build_cases.matter(source=build_cases.citation(subject=person, encounter=met)))


def correction_of_an_investigation() -> Deed:
    opened = investigation()
    said = actions.InvestigationFacts(("PC 266h(a)",), build_cases.NIGHT_ON, place_words="Levee Road")
    facts = actions.InvestigationCorrection("Misread", said)
    return lambda: actions.correct_investigation(
        by=build_cases.officer(), investigation=opened, facts=facts, clock=build_cases.later
    )


def heard() -> tuple[Matter, Hearing]:
    """Give a matter and its hearing."""
    matter = build_cases.matter()
    facts = build_cases.hearing_facts()
    return matter, actions.schedule_hearing(by=build_cases.coordinator(), record=matter, facts=facts)


def new_hearing() -> Deed:
    matter, facts = build_cases.matter(), build_cases.hearing_facts()
    return lambda: actions.schedule_hearing(by=build_cases.coordinator(), record=matter, facts=facts)


def correction_of_a_hearing() -> Deed:
    hearing = heard()[1]
    facts = actions.HearingCorrection("Moved", build_cases.hearing_facts(date(2022, 1, 13), time=time(13, 30)))
    return lambda: actions.correct_hearing(by=build_cases.coordinator(), hearing=hearing, facts=facts)


def outcome_of_a_hearing() -> Deed:
    hearing, facts = heard()[1], actions.OutcomeFacts(HearingOutcome.VACATED)
    return lambda: actions.record_hearing_outcome(by=build_cases.coordinator(), hearing=hearing, facts=facts)


@pytest.mark.parametrize(
    ("prepare", "held"),
    [
        (new_citation, {OPERATION, ENCOUNTER, PERSON}),
        (new_arrest, {OPERATION, ENCOUNTER, PERSON}),
        (correction_of_a_citation, {OPERATION, ENCOUNTER, PERSON}),
        (new_person, {OPERATION, ENCOUNTER}),
        (new_encounter, {OPERATION, PERSON}),
        (correction_of_an_encounter, {OPERATION, ENCOUNTER, PERSON}),
        (void_of_an_encounter, {ENCOUNTER, PERSON}),
        (investigation, {OPERATION}),
        (correction_of_an_investigation, {OPERATION}),
        (new_matter, {CITATION, PERSON}),
        (new_charge, {MATTER, ENCOUNTER, PERSON}),
        (new_hearing, {MATTER}),
        (correction_of_a_hearing, {MATTER}),
        (outcome_of_a_hearing, {MATTER}),
    ],
)
def test_a_verb_locks_what_its_checks_rest_on(
    monkeypatch: pytest.MonkeyPatch, prepare: Callable[[], Any], held: set[str]
) -> None:
    deed = prepare if prepare is investigation else prepare()

    locked = locked_by(monkeypatch, deed)

    assert held <= set(locked)


def test_a_move_locks_the_operation_that_it_goes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    citation, night = build_cases.citation(), second_night()
    said = build_cases.stop_facts(occurred_at=build_cases.AT_NINE.replace(day=9))
    facts = actions.StopCorrection("Wrong list", said, actions.StopPlace(citation.credited, night))

    locked = locked_by(
        monkeypatch,
        lambda: actions.correct_citation(
            by=build_cases.coordinator(), citation=citation, facts=facts, clock=build_cases.later
        ),
    )

    citation.refresh_from_db()
    assert citation.operation == night
    assert locked.index(OPERATION) < locked.index(PERSON)
