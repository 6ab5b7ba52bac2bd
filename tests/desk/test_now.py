"""The first page of each role."""

from __future__ import annotations

import pytest
from django.test import Client

from hotspots.access.actor import actor_of
from hotspots.access.models import Grant
from hotspots.access.rules import Role, Scope
from hotspots.accounts.actions import GrantFacts, grant_role
from hotspots.desk.now.page import FILLERS, page_for
from tests import build, build_accounts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def county() -> None:
    """Found the county."""
    build.county()


def test_every_role_has_a_first_page_of_its_own() -> None:
    assert set(FILLERS) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_first_page_opens_where_nothing_is_yet_and_says_what_will_come(client: Client, role: Role) -> None:
    build.sign_in(client, build.person("somebody", role))

    page = client.get("/now")

    assert page.status_code == 200
    assert "What needs you now" in page.content.decode()
    assert page.context["page"].nothing_waits


def test_somebody_without_a_role_is_told_how_to_get_one(client: Client) -> None:
    build.sign_in(client, build.user("somebody"))

    assert "gives you a role" in client.get("/now").content.decode()


def test_a_liaison_finds_the_roles_they_may_confirm_and_not_those_they_gave(client: Client) -> None:
    giver, second = build.person("liaison", Role.LIAISON), build.person("liaison.2", Role.LIAISON)
    officer = build.user("officer.12")
    facts = GrantFacts(Role.OFFICER, Scope.ORGANIZATION, officer.organization_id)
    grant_role(by=actor_of(giver), user=officer, facts=facts)

    assert [todo.title for todo in page_for(actor_of(second)).todos] == ["Confirm Officer 12 as officer"]
    assert page_for(actor_of(giver)).todos == []


def test_an_administrator_finds_the_links_that_ended_unused() -> None:
    admin = build.person("admin", Role.ADMINISTRATOR)
    invitation = build_accounts.invited(actor_of(admin), "officer.12", "x")
    invitation.expires_at = build.NOON
    invitation.save()

    assert "ended unused" in str(page_for(actor_of(admin)).todos[0].title)


def test_an_auditor_is_asked_to_verify_the_log(client: Client) -> None:
    build.sign_in(client, build.person("auditor", Role.AUDITOR))
    assert "Verify the log for the first time" in client.get("/now").content.decode()

    client.post("/log/verify")

    assert "Verify the log" not in client.get("/now").content.decode()


def test_two_roles_share_one_page_without_repeating(client: Client) -> None:
    person = build.person("both", Role.COORDINATOR, Role.PUBLISHER, of=build_accounts.office())

    keys = [aside.key for aside in page_for(actor_of(person)).asides]

    assert len(keys) == len(set(keys))
    assert Grant.objects.filter(user=person).count() == 2
