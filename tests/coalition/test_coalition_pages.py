"""The pages of the coalition, as a browser asks for them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind, Role
from hotspots.coalition.models import Contact, Membership
from tests import build, build_operations

pytestmark = pytest.mark.django_db(transaction=True)

CONTACT = {"function": "Watch commander", "reached_by": "209-555-0144", "for_what": "Calls at night"}
SHELL_QUERIES = 4


@pytest.fixture(autouse=True)
def _county() -> None:
    build.county()


def signed_in(person: User) -> Client:
    """Give a browser in which the person is signed in."""
    client = Client()
    build.sign_in(client, person)
    return client


def coordinator() -> Client:
    """Give a coordinator's browser."""
    return signed_in(build.person("coordinator", Role.COORDINATOR, of=build_operations.prosecutor()))


def member() -> Client:
    """Give the browser of a coalition member of a community organization."""
    residents = build.organization("Poplar Avenue Residents", OrganizationKind.COMMUNITY)
    return signed_in(build.person("member", Role.COALITION_MEMBER, of=residents))


def test_the_whole_life_of_an_organization_runs_through_its_pages() -> None:
    client = coordinator()
    said = {"name": "Alder Food Bank", "short_name": "Food Bank", "organization_kind": "community"}

    client.post("/coalition/admit", said)
    page = f"/coalition/{Organization.objects.get(name='Alder Food Bank').pk}"
    steps = (
        ("join", {"joined_on": "2019-03-01"}, "is a member of the coalition"),
        ("leave", {"left_on": "2020-03-01", "reason": "It closed its office"}, "The membership has ended."),
        ("suspend", {"reason": "It closed its office"}, "The organization is suspended."),
        ("reinstate", {"reason": "It opened again"}, "The organization is active again."),
        ("add-contact", CONTACT, "The contact is added."),
    )

    for step, typed, told in steps:
        answer = client.post(f"{page}/{step}", typed, follow=True)
        assert answer.redirect_chain == [(page, 302)], answer.text
        assert told in answer.text


def test_a_contact_is_corrected_and_removed() -> None:
    client = coordinator()
    contact = Contact.objects.create(organization=build.organization(), added_at=build.NOON, **CONTACT)

    wrong = client.post(f"/contacts/{contact.pk}/correct", {**CONTACT, "reason": "Nothing at all"})
    client.post(f"/contacts/{contact.pk}/correct", {**CONTACT, "for_what": "Calls by day", "reason": "A wrong time"})
    client.post(f"/contacts/{contact.pk}/remove", {"reason": "The desk was closed"})

    assert "Nothing is different" in wrong.text
    contact.refresh_from_db()
    assert contact.for_what == "Calls by day"
    assert contact.removed_at is not None
    assert client.get(f"/contacts/{contact.pk}/correct").status_code == 404


def test_errors_stand_beside_their_fields() -> None:
    client = coordinator()
    said = {"name": "Alder Food Bank", "short_name": "Food Bank", "organization_kind": "community"}
    client.post("/coalition/admit", said)

    twice = client.post("/coalition/admit", {**said, "name": "ALDER FOOD BANK"})
    later = client.post("/coalition/admit", {**said, "name": "Other", "joined_on": "2999-01-01"})

    assert twice.context["form"].errors["name"] == ["There is an organization of this name."]
    assert "joined_on" in later.context["form"].errors
    assert 'value="2999-01-01"' in later.text


def test_a_member_sees_organizations_and_contacts_and_nothing_of_cases() -> None:
    client, operation = member(), build_operations.operation()
    Contact.objects.create(organization=build.organization(), added_at=build.NOON, **CONTACT)

    page = client.get(f"/coalition/{operation.lead_id}").text

    assert "Watch commander" in page
    assert "/operations" not in page
    assert "Add a contact" not in page
    assert "Suspend" not in page
    for url in ("/campaigns", f"/campaigns/{operation.campaign_id}", "/operations", f"/operations/{operation.pk}"):
        assert client.get(url).status_code == 404
    assert client.get("/coalition/admit").status_code == 404


def test_a_member_keeps_the_contacts_of_the_own_organization() -> None:
    client = member()
    own, other = Organization.objects.get(name="Poplar Avenue Residents"), build.organization()

    assert client.post(f"/coalition/{own.pk}/add-contact", CONTACT).status_code == 302
    assert client.post(f"/coalition/{other.pk}/add-contact", CONTACT).status_code == 403
    assert Contact.objects.get().organization == own


def test_the_list_narrows_sorts_and_exports() -> None:
    client = coordinator()
    police = build.organization()
    food_bank = build.organization("Alder Food Bank", OrganizationKind.COMMUNITY)
    Membership.objects.create(organization=food_bank, joined_on=date(2019, 1, 1), recorded_at=build.NOON)
    Contact.objects.create(organization=police, added_at=build.NOON, **CONTACT)

    def rows(query: str) -> list[Organization]:
        found: list[Organization] = client.get(f"/coalition?{query}").context["listing"].rows
        return found

    assert rows("kind=police") == [police]
    assert rows("member=yes") == [food_bank]
    assert food_bank not in rows("member=no")
    assert rows("name=FOOD") == [food_bank]
    assert rows("status=suspended") == []
    assert rows("sort=-contacts")[0] == police
    assert rows("sort=joined")[0] == rows("sort=-joined")[0] == food_bank
    assert b"Alder Food Bank,Community,2019-01-01,0,0,active" in b"".join(client.get("/coalition?format=csv"))


@pytest.mark.parametrize("name", ["list", "page"])
def test_a_page_asks_as_many_queries_for_many_as_for_one(name: str) -> None:
    client, organization = coordinator(), build.organization()
    url = "/coalition" if name == "list" else f"/coalition/{organization.pk}"

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    count()  # a process reads the county once
    first = count()
    for at in range(9):
        build.organization(f"Organization {at}")
        build.user(f"person-{at}", of=organization)
        Contact.objects.create(organization=organization, added_at=build.NOON, **CONTACT)

    assert count() == first
    assert first == {"list": 3, "page": 5}[name] + SHELL_QUERIES
