"""The pages of cases: each opens for those who may, forms keep what was typed, queries do not grow with the rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hotspots.access.actor import Actor
from hotspots.cases import actions
from hotspots.cases.models import Arrest, Hearing
from hotspots.cases.rules.kinds import VoidReason
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = ("cases", "arrests", "investigations", "matters", "subjects", "encounters", "hearings")
QUERIES_OF_A_LIST = 16
QUERIES_OF_A_RECORD = 26


def client_of(actor: Actor) -> Client:
    """Sign a person in."""
    client = Client()
    build.sign_in(client, actor)
    return client


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


RECORD_PAGES = ("citation", "arrest", "investigation", "matter", "subject", "encounter")
FORM_PAGES = {
    "correct_citation": "citation",
    "void_citation": "citation",
    "correct_arrest": "arrest",
    "void_arrest": "arrest",
    "close_investigation": "investigation",
    "decline_matter": "matter",
    "file_charge": "matter",
    "correct_subject": "subject",
    "amend_charge": "charge",
    "dismiss_charge": "charge",
    "void_charge": "charge",
    "correct_encounter": "encounter",
    "void_encounter": "encounter",
    "void_matter": "matter",
    "correct_investigation": "investigation",
    "void_investigation": "investigation",
    "correct_hearing": "hearing",
    "record_hearing_outcome": "hearing",
}


@pytest.mark.parametrize("who", ["officer", "coordinator", "prosecutor", "auditor"])
def test_every_list_and_record_opens_and_says_why(who: str) -> None:
    made = whole_case()
    client = client_of(getattr(build_cases, who)())

    for name in LISTS:
        assert client.get(reverse(f"cases:{name}")).status_code == 200, name
    for name in RECORD_PAGES:
        answer = client.get(reverse(f"cases:{name}", args=[made[name].pk]))
        assert answer.status_code == 200, name
        assert "You can see this page because" in answer.content.decode()


def test_every_form_opens_for_a_prosecutor() -> None:
    made, client = whole_case(), client_of(build_cases.prosecutor())
    news = ("record_citation", "record_arrest", "record_encounter", "identify_subject", "open_investigation")
    addresses = [reverse(f"cases:{name}") for name in news]
    addresses += [reverse(f"cases:{name}", args=[made[row].pk]) for name, row in FORM_PAGES.items()]
    addresses += [reverse("cases:submit_matter", args=["arrests", made["arrest"].pk])]
    addresses += [reverse("cases:submit_matter", args=["investigations", made["investigation"].pk])]
    addresses += [reverse("cases:schedule_hearing", args=["matters", made["matter"].pk])]

    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_an_officer_elsewhere_finds_nothing() -> None:
    made = whole_case()
    elsewhere = build.organization("Port Linden Police Department")
    client = client_of(build.actor("elsewhere", build_cases.Role.OFFICER, of=elsewhere))

    for name in RECORD_PAGES:
        assert client.get(reverse(f"cases:{name}", args=[made[name].pk])).status_code == 404
    assert "C-" not in client.get(reverse("cases:cases")).content.decode()


def test_an_auditor_reads_references_and_not_what_is_known_of_a_person() -> None:
    made, client = whole_case(), client_of(build_cases.auditor())

    subject = client.get(reverse("cases:subject", args=[made["subject"].pk])).content.decode()
    encounter = client.get(reverse("cases:encounter", args=[made["encounter"].pk])).content.decode()

    assert made["subject"].reference in subject
    assert "Subject 014" not in subject
    assert "Open the identity" not in subject
    assert "Did not say" not in encounter
    assert client.get(reverse("cases:record_citation")).status_code == 404


def test_a_void_citation_says_so_on_its_page() -> None:
    citation, client = build_cases.citation(), client_of(build_cases.officer())
    address = reverse("cases:void_citation", args=[citation.pk])

    client.post(address, {"void_reason": VoidReason.ENTERED_TWICE, "reason": "Twice"})

    page = client.get(reverse("cases:citation", args=[citation.pk])).content.decode()
    assert "Void since" in page
    assert "Void it" not in page


def test_a_hearing_on_a_court_holiday_is_marked_on_the_record() -> None:
    made, client = whole_case(), client_of(build_cases.officer())

    page = client.get(reverse("cases:citation", args=[made["citation"].pk])).content.decode()

    assert "Jan 17, 2022 is a court holiday, Martin Luther King Jr. Day" in page


def test_lists_narrow_by_operation_statute_officer_and_state() -> None:
    build_cases.citation("LP-1")
    build_cases.citation("LP-2", codes=("PC 647(b)(3)",), officer=actions.Officer(title="Officer 9"))
    client, address = client_of(build_cases.coordinator()), reverse("cases:cases")
    queries = (
        {"statute": "PC 647(b)(3)"},
        {"officer": "officer 9"},
        {"reference": "lp-2"},
        {"operation": str(build_cases.operation().pk), "agency": str(build.organization().pk), "officer": "9"},
    )

    for query in queries:
        page = client.get(address, query).content.decode()
        assert "LP-2" in page, query
        assert "LP-1" not in page, query
    assert "LP-1" not in client.get(address, {"state": "voided"}).content.decode()


def test_a_list_exports_to_csv() -> None:
    build_cases.citation("LP-1")
    client = client_of(build_cases.coordinator())

    answer = client.get(reverse("cases:cases"), {"format": "csv"})

    text = b"".join(answer.streaming_content).decode()
    assert "LP-1" in text
    assert "PC 647(b)(2)" in text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(name: str) -> None:
    whole_case()
    client, address = client_of(build_cases.coordinator()), reverse(f"cases:{name}")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)

    for number in range(5):
        at = build_cases.AT_NINE + timedelta(minutes=number)
        build_cases.matter(
            source=build_cases.citation(f"M-{number}", hearing=build_cases.hearing_facts(), occurred_at=at)
        )
        build_cases.arrest(f"B-{number}")
        build_cases.encounter()
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= QUERIES_OF_A_LIST


@pytest.mark.parametrize("name", RECORD_PAGES)
def test_a_record_page_stays_within_its_queries(name: str) -> None:
    made = whole_case()
    client, address = client_of(build_cases.officer()), reverse(f"cases:{name}", args=[made[name].pk])
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) <= QUERIES_OF_A_RECORD


def test_no_page_of_cases_uses_a_word_that_condemns() -> None:
    made, client = whole_case(), client_of(build_cases.prosecutor())
    pages = [client.get(reverse(f"cases:{name}", args=[made[name].pk])) for name in RECORD_PAGES]
    pages += [client.get(reverse(f"cases:{name}")) for name in LISTS]

    for page in pages:
        text = page.content.decode().lower()
        assert not [word for word in ("perpetrator", "john", "rescued") if word in text]
    assert Arrest.objects.count() == 1
