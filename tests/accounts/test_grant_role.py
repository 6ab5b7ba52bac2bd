"""Giving, confirming and ending roles, as verbs and pages."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from hotspots import errors
from hotspots.access.actor import Actor, actor_of
from hotspots.access.models import Grant, Record, User
from hotspots.access.rules import CONFIRMED_ROLES, OrganizationKind, Role, Scope
from hotspots.accounts.actions import GrantFacts, confirm_grant, grant_role, revoke_role
from hotspots.accounts.rules import Standing, Waiting, Wanted, confirming_roles, may_confirm
from hotspots.audit.queries import history_of
from tests import build, build_accounts, build_operations

pytestmark = pytest.mark.django_db(transaction=True)


def officer_role(person: User) -> GrantFacts:
    """Give the facts of an officer's role."""
    return GrantFacts(Role.OFFICER, Scope.ORGANIZATION, person.organization_id)


@pytest.fixture
def liaison() -> Actor:
    """Make the liaison of the police department."""
    return build.actor("liaison", Role.LIAISON)


@pytest.fixture
def officer() -> User:
    """Make a person of the police department without a role."""
    return build.user("officer.12")


def test_a_case_role_is_in_force_when_a_second_person_has_confirmed(liaison: Actor, officer: User) -> None:
    waiting = grant_role(by=liaison, user=officer, facts=officer_role(officer))

    assert not actor_of(officer).holds_any(Role.OFFICER)
    confirm_grant(by=build.actor("liaison.2", Role.LIAISON), grant=waiting)
    assert actor_of(officer).holds_any(Role.OFFICER)


def test_whoever_gave_a_role_does_not_confirm_it(liaison: Actor, officer: User) -> None:
    waiting = grant_role(by=liaison, user=officer, facts=officer_role(officer))

    with pytest.raises(errors.RuleBroken):
        confirm_grant(by=liaison, grant=waiting)


def test_an_invitee_of_the_giver_does_not_confirm(liaison: Actor, officer: User) -> None:
    waiting = grant_role(by=liaison, user=officer, facts=officer_role(officer))
    second = build.person("liaison.2", Role.LIAISON)
    User.objects.filter(pk=second.pk).update(invited_by=liaison.user_id)

    with pytest.raises(errors.RuleBroken):
        confirm_grant(by=actor_of(second), grant=waiting)


def test_a_coalition_member_needs_no_second_person(liaison: Actor, officer: User) -> None:
    grant_role(
        by=liaison,
        user=officer,
        facts=GrantFacts(Role.COALITION_MEMBER, Scope.ORGANIZATION, officer.organization_id),
    )

    assert actor_of(officer).holds_any(Role.COALITION_MEMBER)


def test_the_first_liaison_is_named_by_the_administrator_and_confirmed_by_the_coordinator() -> None:
    admin = build.actor("admin", Role.ADMINISTRATOR, of=build_accounts.administration())
    coordinator = build.actor("coordinator", Role.COORDINATOR, of=build_accounts.office())
    residents = build.organization("Poplar Avenue Residents", OrganizationKind.COMMUNITY)
    member = build_accounts.invited(admin, "member", "x", to=residents).user

    facts = GrantFacts(Role.LIAISON, Scope.ORGANIZATION, residents.pk)
    confirm_grant(by=coordinator, grant=grant_role(by=admin, user=member, facts=facts))

    assert actor_of(member).organizations(Role.LIAISON) == [residents.pk]


def test_an_administrator_gives_no_case_role_to_their_own_invitee() -> None:
    admin = build.actor("admin", Role.ADMINISTRATOR)
    invitee = build_accounts.invited(admin, "officer.12", "x").user

    with pytest.raises(errors.RuleBroken):
        grant_role(by=admin, user=invitee, facts=officer_role(invitee))


def test_a_liaison_of_another_organization_gives_nothing(officer: User) -> None:
    stranger = build.actor("stranger", Role.LIAISON, of=build_accounts.office())

    with pytest.raises(errors.NotAllowed):
        grant_role(by=stranger, user=officer, facts=officer_role(officer))


def test_a_role_is_given_once(liaison: Actor, officer: User) -> None:
    grant_role(by=liaison, user=officer, facts=officer_role(officer))

    with pytest.raises(errors.RuleBroken):
        grant_role(by=liaison, user=officer, facts=officer_role(officer))


def test_a_role_that_ended_is_ended_in_an_open_session_too(client: Client, liaison: Actor) -> None:
    held = build.person("officer.12", Role.OFFICER, Role.LIAISON)
    build.sign_in(client, held)
    assert client.get("/people").status_code == 200

    revoke_role(by=liaison, grant=held.grants.get(role=Role.LIAISON))

    assert client.get("/people").status_code == 404


def test_the_last_administrator_stays() -> None:
    admin = build.person("admin", Role.ADMINISTRATOR)

    with pytest.raises(errors.RuleBroken):
        revoke_role(by=actor_of(admin), grant=admin.grants.get())


def test_a_grant_is_told_in_the_persons_history(liaison: Actor, officer: User) -> None:
    waiting = grant_role(by=liaison, user=officer, facts=officer_role(officer))
    revoke_role(by=liaison, grant=waiting)

    assert [line.fields["role"] for line in history_of(officer.pk)] == [("officer", None), (None, "officer")]


def test_roles_are_given_confirmed_and_ended_on_pages(officer: User) -> None:
    giver, second = Client(), Client()
    build.sign_in(giver, build.person("liaison", Role.LIAISON))
    build.sign_in(second, build.person("liaison.2", Role.LIAISON))

    assert giver.post(f"/people/{officer.pk}/role", {"role": "officer"}).url == f"/people/{officer.pk}"
    waiting = Grant.objects.waiting().get()
    assert "A second person confirms" in giver.get(f"/grants/{waiting.pk}/confirm").content.decode()
    assert giver.post(f"/grants/{waiting.pk}/confirm").status_code == 409
    assert second.post(f"/grants/{waiting.pk}/confirm").url == f"/people/{officer.pk}"
    assert actor_of(officer).holds_any(Role.OFFICER)
    assert giver.post(f"/grants/{waiting.pk}/end").url == f"/people/{officer.pk}"
    assert not actor_of(officer).holds_any(Role.OFFICER)


def test_the_form_offers_only_roles_that_may_be_given(client: Client, officer: User) -> None:
    build.sign_in(client, build.person("liaison", Role.LIAISON))

    page = client.get(f"/people/{officer.pk}/role")

    offered = {value for value, _label in page.context["form"].fields["role"].choices}
    assert offered == {"liaison", "operation_lead", "officer", "evidence_custodian", "coalition_member"}


def test_a_liaison_sees_the_people_of_their_own_organization_only(client: Client, officer: User) -> None:
    stranger = build.user("stranger", of=build_accounts.office())
    build.sign_in(client, build.person("liaison", Role.LIAISON))

    page = client.get("/people").content.decode()

    assert "officer.12" in page
    assert "stranger" not in page
    assert client.get(f"/people/{stranger.pk}").status_code == 404


def test_the_list_of_people_takes_few_queries(client: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        build.person(f"officer.{number}", Role.OFFICER)
    build.sign_in(client, build.person("admin", Role.ADMINISTRATOR))

    with django_assert_max_num_queries(9):
        client.get("/people")


def test_a_role_for_one_operation_is_given_by_an_agency_that_takes_part(liaison: Actor, officer: User) -> None:
    sheriff = build.organization("Alder County Sheriff's Office", OrganizationKind.SHERIFF)
    ours = build_operations.operation(lead=sheriff, partners=(officer.organization,))
    theirs = build_operations.operation(lead=sheriff)

    def give(scope_id: uuid.UUID, operation: Record | None) -> Grant:
        return grant_role(
            by=liaison, user=officer, facts=GrantFacts(Role.OFFICER, Scope.OPERATION, scope_id), operation=operation
        )

    with pytest.raises(errors.NotFound):
        give(theirs.pk, theirs)
    for scope_id, named in ((theirs.pk, None), (theirs.pk, ours), (uuid.uuid4(), ours)):
        with pytest.raises(errors.RuleBroken, match="takes no part in this operation"):
            give(scope_id, named)
    with pytest.raises(errors.BadInput, match="not for another record"):
        give(officer.pk, officer)

    assert give(ours.pk, ours).scope_id == ours.pk
    assert Grant.objects.filter(user=officer).count() == 1


def test_whoever_gives_a_role_is_told_who_may_confirm_it(client: Client, officer: User) -> None:
    build.sign_in(client, build.person("liaison", Role.LIAISON))
    sentence = f"A second person confirms it: another liaison of {officer.organization.short_name} or a coordinator."

    given = client.post(f"/people/{officer.pk}/role", {"role": "officer"}, follow=True).content.decode()
    later = client.get(f"/people/{officer.pk}").content.decode()

    assert f"Given: officer. {sentence}" in given
    assert later.count(sentence) == 1


@pytest.mark.parametrize("role", sorted(CONFIRMED_ROLES))
@pytest.mark.parametrize("has_liaison", [True, False])
def test_those_who_are_named_are_those_who_may_confirm(role: Role, has_liaison: bool) -> None:
    here, giver = uuid.uuid4(), uuid.uuid4()
    wanted = Wanted(uuid.uuid4(), None, here, OrganizationKind.COUNTY, has_liaison, role, Scope.ORGANIZATION, here)
    is_first = role is Role.LIAISON and not has_liaison
    capacities = {
        Role.ADMINISTRATOR: Standing(uuid.uuid4(), is_administrator=True),
        Role.COORDINATOR: Standing(uuid.uuid4(), is_coordinator=True),
        Role.LIAISON: Standing(uuid.uuid4(), liaison_of=frozenset({here})),
    }

    may = {held for held, who in capacities.items() if not may_confirm(who, wanted, Waiting(giver, None, is_first))}

    assert may == set(confirming_roles(role, is_first_liaison=is_first))


def test_the_form_of_a_role_is_refused_before_it_is_filled_for_oneself_and_for_a_closed_account(
    client: Client, officer: User
) -> None:
    liaison = build.person("liaison", Role.LIAISON)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    build.sign_in(client, liaison)

    oneself, closed = client.get(f"/people/{liaison.pk}/role"), client.get(f"/people/{officer.pk}/role")

    assert (oneself.status_code, closed.status_code) == (409, 409)
    assert "Nobody gives a role to themselves." in oneself.content.decode()
    assert "This account is closed." in closed.content.decode()
