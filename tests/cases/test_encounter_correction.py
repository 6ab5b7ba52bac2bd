"""An encounter is corrected with a reason, and what stands on it must still stand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Encounter
from hotspots.cases.queries.identities import words_of_encounter
from hotspots.cases.rules.kinds import Answer, EncounterBasis, TreatedAs
from hotspots.cases.rules.questions import QUESTION_KEYS
from tests import build_cases
from tests.cases.test_forms import citation_form, client_of

pytestmark = pytest.mark.django_db(transaction=True)


def correct(met: Encounter, **changed: Any) -> Encounter:
    """Correct an encounter."""
    said = {
        "occurred_at": met.occurred_at,
        "place_words": met.place_words,
        "basis": EncounterBasis.DETENTION,
        "answers": dict.fromkeys(QUESTION_KEYS, Answer.NO),
        "subject": met.subject,
    }
    facts = actions.EncounterCorrection("Misread", actions.EncounterFacts(**(said | changed)))
    return actions.correct_encounter(by=build_cases.officer(), encounter=met, facts=facts, clock=build_cases.later)


def test_a_corrected_encounter_keeps_what_it_said_before_and_its_sealed_words() -> None:
    met = build_cases.encounter(words="Quiet")

    correct(met, basis=EncounterBasis.CONSENSUAL)

    met.refresh_from_db()
    assert (met.basis, words_of_encounter(met)) == ("consensual", "Quiet")
    assert met.officer_id == build_cases.officer().user_id
    assert history_of(met.pk)[0].fields == {"basis": ("detention", "consensual"), "reason": (None, "Misread")}
    with pytest.raises(errors.RuleBroken, match="Nothing was changed"):
        correct(met, basis=EncounterBasis.CONSENSUAL)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"answers": {}}, "encounter"),
        ({"occurred_at": build_cases.AT_NINE + timedelta(hours=1)}, "encounter"),
        ({"treated_as": TreatedAs.VICTIM}, "treated_as"),
    ],
)
def test_a_correction_does_not_take_the_ground_from_under_a_citation(changed: dict, field: str) -> None:
    met = build_cases.encounter()
    build_cases.citation(codes=("PC 647(b)(1)",), encounter=met, person=build_cases.person())

    with pytest.raises(errors.RuleBroken) as refusal:
        correct(met, **changed)

    assert refusal.value.field == field
    met.refresh_from_db()
    assert (met.has_asked_questions, met.treated_as) == (True, "undecided")


def test_a_citation_of_one_person_keeps_its_encounter_from_another() -> None:
    met = build_cases.encounter()
    build_cases.citation(encounter=met)

    with pytest.raises(errors.RuleBroken, match="with another person"):
        correct(met, subject=build_cases.subject())


def test_the_form_shows_what_is_recorded_and_asks_why() -> None:
    met, client = build_cases.encounter(words="Quiet"), client_of(build_cases.officer())
    address = reverse("cases:correct_encounter", args=[met.pk])
    answers = dict.fromkeys(QUESTION_KEYS, "no")
    said = citation_form(basis="consensual", advocate="accepted", treated_as="witness", reason="", **answers)

    page = client.get(address).content.decode()
    assert "Poplar Avenue at 6th" in page
    assert "Quiet" not in page
    assert "Say why." in client.post(address, said).content.decode()
    assert client.post(address, said | {"reason": "Misread"}).status_code == 302

    met.refresh_from_db()
    assert (met.basis, met.treated_as) == ("consensual", "witness")
    assert address in client.get(reverse("cases:encounter", args=[met.pk])).content.decode()


def test_a_person_out_of_sight_is_neither_shown_nor_lost() -> None:
    met = build_cases.encounter()
    sheriff = build_cases.sheriff()
    hidden = actions.identify_subject(
        by=build_cases.known_actor("deputy.1", Role.OFFICER, of=sheriff), credited=sheriff, facts=build_cases.person()
    )
    Encounter.objects.filter(pk=met.pk).update(subject=hidden)
    client = client_of(build_cases.officer())
    address = reverse("cases:correct_encounter", args=[met.pk])
    said = citation_form(basis="consensual", advocate="accepted", treated_as="witness", reason="Misread")

    assert hidden.reference not in client.get(address).content.decode()
    assert hidden.title not in client.get(reverse("cases:encounter", args=[met.pk])).content.decode()
    assert client.post(address, said | dict.fromkeys(QUESTION_KEYS, "no")).status_code == 302
    met.refresh_from_db()
    assert (met.basis, met.subject) == ("consensual", hidden)


def test_the_form_gives_the_records_own_time_and_saving_another_field_does_not_move_it() -> None:
    met = build_cases.encounter(occurred_at=build_cases.AT_NINE + timedelta(seconds=37))
    client = client_of(build_cases.officer())
    address = reverse("cases:correct_encounter", args=[met.pk])
    said = citation_form(basis="consensual", advocate="accepted", treated_as="undecided", reason="Misread")

    shown = re.search(r'name="occurred_at" value="([^"]*)"', client.get(address).content.decode())
    assert shown
    assert shown[1] == "2021-10-06T21:07"
    client.post(address, said | dict.fromkeys(QUESTION_KEYS, "no") | {"occurred_at": shown[1]})

    moved = Encounter.objects.get(pk=met.pk)
    assert (moved.basis, moved.occurred_at) == ("consensual", met.occurred_at)
