"""A citation that was credited to the wrong agency, or entered in the wrong operation, is corrected with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Citation
from hotspots.operations.models import Operation
from tests import build, build_cases
from tests.cases.test_forms import citation_form, client_of

pytestmark = pytest.mark.django_db(transaction=True)

NEXT_NIGHT = date(2021, 10, 8)


def second_night() -> Operation:
    """Give a second night, with the sheriff as partner."""
    return build_cases.operation(2, night_on=NEXT_NIGHT, partners=(build_cases.sheriff(),))


def move(citation: Citation, place: actions.StopPlace, *, by: str = "coordinator", **changed) -> Citation:
    """Correct where a citation belongs."""
    said = build_cases.stop_facts(citation.document_number, **changed)
    return actions.correct_citation(
        by=getattr(build_cases, by)(),
        citation=citation,
        facts=actions.StopCorrection("Wrong list", said, place),
        clock=build_cases.later,
    )


def test_a_citation_moves_to_its_agency_and_operation_and_its_matter_follows() -> None:
    citation = build_cases.citation()
    matter = build_cases.matter(source=citation)
    place = actions.StopPlace(build_cases.sheriff(), second_night())

    move(citation, place, occurred_at=build_cases.AT_NINE + timedelta(days=2))

    citation.refresh_from_db()
    matter.refresh_from_db()
    assert (citation.credited, citation.operation.number, citation.night_on) == (place.credited, 2, NEXT_NIGHT)
    assert (citation.officer, citation.officer_title) == (None, "Officer 12")
    assert (matter.credited, matter.operation.number, matter.night_on) == (place.credited, 2, NEXT_NIGHT)
    told = history_of(citation.pk)[0].fields
    assert told["credited"] == ("Alder City Police Department", "Alder County Sheriff's Office")
    assert told["operation"] == ("Operation 1, Poplar Avenue, Alder City", "Operation 2, Poplar Avenue, Alder City")
    assert told["reason"] == (None, "Wrong list")
    assert "credited" in history_of(matter.pk)[0].fields


def test_a_move_keeps_the_rules_of_recording() -> None:
    citation, night = build_cases.citation(), second_night()
    highway = build.organization("State Highway Patrol", build_cases.OrganizationKind.HIGHWAY_PATROL)

    with pytest.raises(errors.RuleBroken, match="takes no part in this operation"):
        move(citation, actions.StopPlace(highway, citation.operation))
    with pytest.raises(errors.RuleBroken, match="The night of this operation is Oct 8, 2021"):
        move(citation, actions.StopPlace(citation.credited, night))
    with pytest.raises(errors.RuleBroken, match="No campaign covers this day"):
        move(citation, actions.StopPlace(citation.credited))
    citation.refresh_from_db()
    assert citation.operation.number == 1


def test_an_officer_credits_no_agency_that_they_do_not_record_for() -> None:
    citation = build_cases.citation()
    night = second_night()

    with pytest.raises(errors.RuleBroken, match="does not cover records of Alder County Sheriff"):
        move(citation, actions.StopPlace(build_cases.sheriff(), night), by="officer")


def test_an_operation_out_of_sight_is_neither_chosen_nor_lost() -> None:
    citation = build_cases.citation()
    elsewhere = build.organization("Port Linden Police Department")
    Operation.objects.filter(pk=citation.operation_id).update(lead=elsewhere)
    hidden = Operation.objects.get(pk=citation.operation_id)

    with pytest.raises(errors.NotFound):
        move(citation, actions.StopPlace(citation.credited, hidden), by="officer")
    client = client_of(build_cases.officer())
    address = reverse("cases:correct_citation", args=[citation.pk])
    said = citation_form(document_number="LP-9", credited=str(citation.credited_id), operation="", reason="Misread")

    assert 'name="operation"' not in client.get(address).content.decode()
    assert client.post(address, said).status_code == 302
    citation.refresh_from_db()
    assert (citation.document_number, citation.operation_id) == ("LP-9", hidden.pk)


def test_the_form_offers_agency_and_operation_and_says_that_the_person_stays() -> None:
    citation, night = build_cases.citation(), second_night()
    client = client_of(build_cases.coordinator())
    address = reverse("cases:correct_citation", args=[citation.pk])
    page = client.get(address).content.decode()
    said = citation_form(
        occurred_at="2021-10-08T21:07",
        credited=str(build_cases.sheriff().pk),
        operation=str(night.pk),
        officer_title="Officer 9",
        reason="Wrong list",
    )

    assert "void the record and record it again" in page
    assert client.post(address, said).status_code == 302
    citation.refresh_from_db()
    assert (citation.credited, citation.operation) == (build_cases.sheriff(), night)


def test_an_arrest_moves_too() -> None:
    arrest, night = build_cases.arrest(), second_night()
    said = build_cases.stop_facts(
        arrest.document_number, codes=("PC 25850(c)(6)",), occurred_at=build_cases.AT_NINE + timedelta(days=2)
    )

    actions.correct_arrest(
        by=build_cases.known_actor("lead", Role.COORDINATOR, of=build_cases.office()),
        arrest=arrest,
        facts=actions.StopCorrection("Wrong list", said, actions.StopPlace(arrest.credited, night)),
        clock=build_cases.later,
    )

    arrest.refresh_from_db()
    assert arrest.operation == night


def test_the_person_stays_with_the_agency_that_identified_them_and_is_named_to_nobody_else() -> None:
    met = build_cases.encounter()
    citation = build_cases.citation(encounter=met)
    matter = build_cases.matter(source=citation)
    place = actions.StopPlace(build_cases.sheriff(), second_night())
    move(citation, place, occurred_at=build_cases.AT_NINE + timedelta(days=2), encounter=met)
    deputy = build_cases.known_actor("deputy.1", Role.OFFICER, of=build_cases.sheriff())
    pages = [reverse("cases:citation", args=[citation.pk]), reverse("cases:matter", args=[matter.pk])]

    for who, is_told in ((deputy, False), (build_cases.officer(), True)):
        client = client_of(who)
        person = reverse("cases:subject", args=[citation.subject_id])
        for address in pages:
            page = client.get(address).content.decode()
            assert (citation.subject.title in page, person in page) == (is_told, is_told)
            assert ("In the record, closed to your role" in page) is not is_told
        assert (reverse("cases:encounter", args=[met.pk]) in client.get(pages[0]).content.decode()) is is_told


def test_an_encounter_out_of_sight_counts_as_asked_and_stays_when_the_record_is_corrected() -> None:
    person = build_cases.subject()
    met = build_cases.encounter()
    citation = build_cases.citation(subject=person, encounter=met, codes=("PC 647(b)(1)",))
    place = actions.StopPlace(build_cases.sheriff(), second_night())
    at = build_cases.AT_NINE + timedelta(days=2)
    move(citation, place, occurred_at=at, encounter=met, codes=("PC 647(b)(1)",))
    deputy = build_cases.known_actor("deputy.1", Role.OFFICER, of=build_cases.sheriff())
    said = build_cases.stop_facts("LP-9", occurred_at=at, codes=("PC 647(b)(1)",))

    actions.correct_citation(
        by=deputy, citation=citation, facts=actions.StopCorrection("Misread", said), clock=build_cases.later
    )

    citation.refresh_from_db()
    assert (citation.document_number, citation.encounter) == ("LP-9", met)
