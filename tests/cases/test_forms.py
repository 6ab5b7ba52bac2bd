"""The forms of cases: a rule speaks beside its field, nothing typed is lost, sent twice it is done once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hotspots.access.actor import Actor
from hotspots.audit.models import Entry
from hotspots.cases import actions
from hotspots.cases.models import Citation, Encounter, Hearing, Investigation, Matter, Subject
from hotspots.cases.queries.identities import identity_of
from hotspots.cases.rules.kinds import AgeBand
from hotspots.cases.rules.questions import QUESTION_KEYS
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(actor: Actor) -> Client:
    """Sign a person in."""
    client = Client()
    build.sign_in(client, actor)
    return client


def citation_form(**changed: Any) -> dict[str, Any]:
    """Give what a browser sends for a citation."""
    said = {
        "document_number": "LP-21-00418",
        "statute": "PC 647(b)(2)",
        "occurred_at": "2021-10-06T21:07",
        "operation": str(build_cases.operation().pk),
        "credited": str(build.organization().pk),
        "place_words": "Poplar Avenue at 6th",
        "officer_title": "Officer 12",
        "rights_explained": "yes",
        "hearing_on": "2022-01-11T08:30",
        "department": "24",
        "court": "Alder County Superior Court",
        "age_band": "adult",
        "basis": "document",
        "is_actual_minor": "no",
        "is_portrayed_as_minor": "unknown",
    }
    return said | changed


def whole_case() -> dict[str, Any]:
    """Record one of each."""
    citation = build_cases.citation(hearing=build_cases.hearing_facts(date(2022, 1, 17)))
    matter = build_cases.matter(source=citation)
    charge = actions.file_charge(
        by=build_cases.prosecutor(), matter=matter, facts=build_cases.charge_facts(), clock=build_cases.later
    )
    investigation = actions.open_investigation(
        by=build_cases.officer(),
        credited=build.organization(),
        operation=build_cases.operation(),
        facts=actions.InvestigationFacts(("PC 266h(a)",), build_cases.NIGHT_ON),
        clock=build_cases.later,
    )
    return {
        "citation": citation,
        "arrest": build_cases.arrest(),
        "investigation": investigation,
        "matter": matter,
        "charge": charge,
        "subject": build_cases.subject(name="Quillon Ostrander", title="Subject 014"),
        "encounter": build_cases.encounter(words="Did not say"),
        "hearing": Hearing.objects.get(),
    }


def test_a_citation_is_recorded_from_a_phone_and_sent_twice_it_is_one() -> None:
    client = client_of(build_cases.officer())
    sent = citation_form(request_id="019a0000-0000-7000-8000-000000000001", name="Quillon Ostrander")

    first, second = (client.post(reverse("cases:record_citation"), sent) for _ in range(2))

    citation = Citation.objects.get()
    assert first.url == second.url == reverse("cases:citation", args=[citation.pk])
    assert (citation.is_actual_minor, citation.is_portrayed_as_minor) == (False, None)
    assert citation.subject.age_band == AgeBand.ADULT
    assert Hearing.objects.get().department == "24"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"document_number": ""}, "Write the number on the document."),
        ({"statute": "PC 653.25"}, "PC 653.25 took effect on January 1, 2026; the offense was on Oct 6, 2021."),
        ({"statute": "PC 647(b)(1)"}, "The seven questions of PC 236.2 are asked before PC 647(b)(1)."),
        ({"statute": ""}, "Choose one."),
        ({"rights_explained": ""}, "Choose one."),
        ({"age_band": "minor"}, "A prosecutor alone may enter a minor"),
        ({"occurred_at": "2021-10-08T09:00"}, "The night of this operation is Oct 6, 2021."),
        ({"occurred_at": "yesterday"}, "Give a day and a time, such as 10/16/2021 21:05."),
        ({"place_words": "x" * 5000}, "Shorten this to 160 characters: it has 5,000."),
        ({"occurred_at": ""}, "Give a day and a time, such as 10/16/2021 21:05."),
        ({"hearing_on": "2050-01-11T08:30"}, "Jan 11, 2050 is too far away"),
        ({"is_actual_minor": "yes"}, "PC 647(b)(2) is soliciting an adult"),
        ({"statute": "PC 647(b)(3)"}, "Say whether they were portrayed as one"),
        ({"subject": "S-000000"}, "There is no such subject."),
        ({"hearing_on": "2021-10-01T08:30"}, "A hearing does not come before what it is about."),
        ({"birth_on": "2010-01-01"}, "By the birth date the person is under 18."),
    ],
)
def test_the_sentence_of_a_rule_stands_beside_its_field_and_nothing_typed_is_lost(changed: dict, sentence: str) -> None:
    client = client_of(build_cases.officer())

    answer = client.post(reverse("cases:record_citation"), citation_form(words="Gray jacket", **changed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "usa-error-message" in page
    assert "Gray jacket" in page
    assert not Citation.objects.exists()
    assert not Subject.objects.exists()


def test_the_form_offers_the_statutes_of_the_day_and_what_is_known() -> None:
    operation = build_cases.operation()
    client = client_of(build_cases.officer())

    page = client.get(reverse("cases:record_citation"), {"operation": str(operation.pk)}).content.decode()

    assert "Poplar Avenue, Alder City" in page
    assert "PC 653.22" not in page
    assert "PC 653.25" in page
    assert 'value="Officer 12"' in page


def test_an_encounter_asks_all_seven_or_none() -> None:
    client, officer = client_of(build_cases.officer()), build_cases.officer()
    said = citation_form(basis="detention", advocate="accepted", treated_as="undecided", words="Quiet")
    address = reverse("cases:record_encounter")

    answer = client.post(address, said | {QUESTION_KEYS[0]: "yes"})
    assert "Answer all seven questions" in answer.content.decode()
    client.post(address, said | dict.fromkeys(QUESTION_KEYS, "unknown"))

    assert Encounter.objects.visible_to(officer).get().has_asked_questions


def test_the_identity_is_shown_once_after_a_purpose_and_logged() -> None:
    made, client = whole_case(), client_of(build_cases.officer())
    page, address = (reverse(f"cases:{name}", args=[made["subject"].pk]) for name in ("subject", "open_subject"))

    assert "Quillon Ostrander" not in client.get(page).content.decode()
    assert client.post(address, {"purpose": ""}).status_code == 422
    opened = client.post(address, {"purpose": "court"})

    assert "Quillon Ostrander" in opened.content.decode()
    assert Entry.objects.filter(action="cases.open_subject").count() == 1
    assert "Quillon Ostrander" not in client.get(page).content.decode()


def test_a_correction_form_shows_what_is_recorded_and_asks_why() -> None:
    citation, client = build_cases.citation(), client_of(build_cases.officer())
    address = reverse("cases:correct_citation", args=[citation.pk])
    sent = citation_form(document_number="LP-2", reason="")

    assert 'value="LP-21-00418"' in client.get(address).content.decode()
    assert "Say why." in client.post(address, sent).content.decode()
    assert client.post(address, sent | {"reason": "Misread"}).status_code == 302

    citation.refresh_from_db()
    assert citation.document_number == "LP-2"
    assert citation.officer_id == build_cases.officer().user_id


def test_a_prosecutor_walks_a_matter_from_submission_to_dismissal() -> None:
    citation, client = build_cases.citation(), client_of(build_cases.prosecutor())
    client.post(reverse("cases:submit_matter", args=["citations", citation.pk]), {"submitted_on": "2021-10-12"})
    matter = Matter.objects.get()
    minors = {"is_actual_minor": "unknown", "is_portrayed_as_minor": "no"}
    charge = {"statute": "PC 647(b)(2)", "offense_on": "2021-10-06", "filed_on": "2021-10-20", **minors}
    client.post(reverse("cases:file_charge", args=[matter.pk]), charge)
    filed = matter.charges.get()
    amended = {"statute": "PC 647(b)(3)", "amended_on": "2021-10-22", "reason": "Age", **minors}
    client.post(reverse("cases:amend_charge", args=[filed.pk]), amended)
    last = matter.charges.get(state="filed")
    dismissed = {"dismissed_on": "2021-10-25", "reason": "Proof"}
    client.post(reverse("cases:dismiss_charge", args=[last.pk]), dismissed)

    page = client.get(reverse("cases:matter", args=[matter.pk])).content.decode()
    assert "presumed innocent" in page
    assert "Dismissed" in page
    assert "amended from count 1" in page


def test_an_investigation_without_a_statute_says_so_beside_the_list() -> None:
    build_cases.operation()
    client = client_of(build_cases.officer())
    said = {"opened_on": "2021-10-06", "credited": str(build.organization().pk), "officer_title": "Officer 12"}
    address = reverse("cases:open_investigation")

    assert "Choose a statute." in client.post(address, said).content.decode()
    assert client.post(address, said | {"statute": ["PC 266h(a)", "PC 266i(a)(1)"]}).status_code == 302
    assert Investigation.objects.get().counts.count() == 2


def test_a_correction_of_a_person_keeps_the_sealed_identity_unless_it_is_replaced() -> None:
    subject, client = build_cases.subject(name="Quillon Ostrander"), client_of(build_cases.officer())
    address = reverse("cases:correct_subject", args=[subject.pk])
    said = {"basis": "statement", "age_band": "adult", "identified_on": "2021-10-06", "reason": "By word"}

    assert "Say that what you typed replaces" in client.post(address, said | {"name": "Vane"}).content.decode()
    assert client.post(address, said).status_code == 302
    subject.refresh_from_db()
    assert identity_of(subject).name == "Quillon Ostrander"

    client.post(address, said | {"name": "Vane", "replaces_identity": "on"})
    subject.refresh_from_db()
    assert identity_of(subject).name == "Vane"


def test_without_a_campaign_of_the_day_the_form_asks_for_the_operation_and_says_what_helps() -> None:
    build_cases.operation()
    client, address = client_of(build_cases.officer()), reverse("cases:record_citation")
    sent = citation_form(operation="", occurred_at="2021-11-02T21:07")

    shown, refused = client.get(address).content.decode(), client.post(address, sent).content.decode()

    assert "Choose the operation</option>" in shown
    assert "Outside of an operation" not in shown
    assert "No campaign covers this day. Choose the operation it belongs to, or ask the coordinator" in refused
    assert client.post(address, citation_form(operation="")).status_code == 302


@pytest.mark.parametrize(("nights_ago", "is_chosen"), [(0, True), (1, True), (2, False)])
def test_the_form_chooses_the_last_operation_of_the_agency_if_it_is_of_today_or_yesterday(
    nights_ago: int, is_chosen: bool
) -> None:
    night_on = timezone.localdate(timezone=build_cases.ZONE) - timedelta(days=nights_ago)
    operation = build_cases.operation(night_on=night_on)
    client = client_of(build_cases.officer())

    page = client.get(reverse("cases:record_citation")).content.decode()

    assert (f'<option value="{operation.pk}" selected' in page) is is_chosen
