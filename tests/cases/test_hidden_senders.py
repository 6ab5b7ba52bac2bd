"""Whoever is referred leaves the cases too, and nothing names them; an auditor reads references alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hotspots import errors
from hotspots.access.rules import RestrictionKind, Role
from hotspots.cases import actions
from hotspots.cases.forms.stops import StopCorrectionForm
from hotspots.cases.models import Arrest, Citation, Encounter, Hearing, Matter
from tests import build, build_cases
from tests import build_results as results
from tests.build_results import World
from tests.cases.test_pages import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> World:
    """Give a campaign with one night."""
    return results.world()


def case_of(here: World) -> dict[str, Any]:
    """Make a citation and an arrest that a response led to, of a person with no number, and what followed."""
    response = results.response(here)
    citation = results.citation(here, response=response, is_actual_minor=True, rights_explained="yes")
    arrest = results.arrest(here, "PC 266i(a)(1)", response=response)
    matter = results.matter(here, arrest)
    return {
        "response": response,
        "citation": citation,
        "arrest": arrest,
        "matter": matter,
        "charge": results.charge(matter, "PC 266i(a)(1)", is_actual_minor=True),
        "hearing": results.hearing(citation, date(2022, 1, 11)),
        "encounter": _encounter(here, citation),
    }


def _encounter(here: World, citation: Citation) -> Encounter:
    made = Encounter.objects.create(
        reference="E-000001",
        campaign=here.campaign,
        operation=here.operation,
        owner=here.agency,
        credited=here.agency,
        night_on=date(2021, 10, 6),
        recorded_at=build.NOON,
        officer_title="Officer 12",
        occurred_at=results.local(10, 6, 21),
        place_words="Poplar Avenue",
        basis="detention",
    )
    Citation.objects.filter(pk=citation.pk).update(encounter=made)
    return made


@pytest.mark.parametrize("of_contact", [True, False])
def test_what_a_hidden_response_led_to_is_hidden(here: World, of_contact: bool) -> None:
    made = case_of(here)
    coordinator = build.actor("coordinator", Role.COORDINATOR, of=here.campaign.lead)
    names = ("citation", "arrest", "matter", "charge", "hearing", "encounter")
    seen = {name: type(made[name]).objects.visible_to(coordinator).filter(pk=made[name].pk) for name in names}
    assert all(rows.count() == 1 for rows in seen.values())

    results.restrict(made["response"].contact_point if of_contact else made["response"])

    assert {name for name, rows in seen.items() if rows.all().exists()} == set()


def test_what_has_no_response_stays(here: World) -> None:
    made, other = case_of(here), results.citation(here)
    hearing = results.hearing(other, date(2022, 1, 12))
    met = _encounter(here, other)
    results.restrict(made["response"].contact_point)
    coordinator = build.actor("coordinator", Role.COORDINATOR, of=here.campaign.lead)

    for row in (other, hearing, met):
        assert type(row).objects.visible_to(coordinator).filter(pk=row.pk).exists()
    assert not Arrest.objects.visible_to(coordinator).exists()
    assert not Matter.objects.visible_to(coordinator).exists()
    assert Hearing.objects.visible_to(coordinator).get() == hearing


def test_a_page_and_a_form_name_no_response_out_of_sight(here: World) -> None:
    made = case_of(here)
    line = made["response"].ad.line
    type(line).objects.filter(pk=line.pk).update(owner=here.campaign.lead)
    type(made["response"].ad).objects.update(operation=None)
    officer = build.actor("officer.9", Role.OFFICER, of=here.agency)
    assert not type(made["response"]).objects.visible_to(officer).exists()

    text = client_of(officer).get(reverse("cases:citation", args=[made["citation"].pk])).content.decode()
    form = StopCorrectionForm(actor=officer, stop=made["citation"])

    assert "closed to your role" not in text
    assert ">Response</dt>" not in text
    assert made["response"].reference not in text
    assert form.initial["response"] == ""


def test_a_correction_keeps_the_response_that_the_corrector_does_not_see(here: World) -> None:
    build_cases.statutes()
    made = case_of(here)
    type(made["response"].ad.line).objects.update(owner=here.campaign.lead)
    type(made["response"].ad).objects.update(operation=None)
    officer = build.actor("officer.9", Role.OFFICER, of=here.agency)
    facts = build_cases.stop_facts("LP-77", occurred_at=made["citation"].occurred_at)

    actions.correct_citation(
        by=officer,
        citation=Citation.objects.get(pk=made["citation"].pk),
        facts=actions.StopCorrection("Misread", facts),
        clock=build_cases.later,
    )

    kept = Citation.objects.get(pk=made["citation"].pk)
    assert (kept.document_number, kept.response_id) == ("LP-77", made["response"].pk)


def test_a_number_that_is_taken_out_of_sight_is_refused_without_saying_why() -> None:
    taken = build_cases.citation("LP-1")
    results.restrict(taken, RestrictionKind.SEALED)

    with pytest.raises(errors.RuleBroken) as refused:
        build_cases.citation("LP-1")

    assert str(refused.value) == "This number cannot be used here."


def test_a_number_that_is_taken_in_sight_is_named() -> None:
    build_cases.citation("LP-1")

    with pytest.raises(errors.RuleBroken, match="This agency has citation LP-1 already"):
        build_cases.citation("LP-1")


def test_an_auditor_reads_no_contents_of_a_stop_or_a_matter(here: World) -> None:
    made = case_of(here)
    auditor = client_of(build.actor("auditor", Role.AUDITOR, of=here.campaign.lead))
    prosecutor = client_of(build.actor("prosecutor", Role.PROSECUTOR, of=here.campaign.lead))
    addresses = [reverse(f"cases:{name}", args=[made[name].pk]) for name in ("citation", "arrest", "matter")]

    by_auditor = "".join(auditor.get(address).content.decode() for address in addresses)
    by_prosecutor = "".join(prosecutor.get(address).content.decode() for address in addresses)

    for words in ("minor was solicited", "ortrayed as a minor", "Rights explained", "Where</dt>", "A real minor</th>"):
        assert words in by_prosecutor, words
        assert words not in by_auditor, words
