"""The whole matrix of who gives which role to whom, and who confirms it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from hotspots.access.rules import CASE_ROLES, CONFIRMED_ROLES, COUNTY_ROLES, OrganizationKind, Role, Scope
from hotspots.accounts.rules import (
    AGENCIES,
    DEMONSTRATION_LOGINS,
    KINDS_OF_ROLE,
    Standing,
    Waiting,
    Wanted,
    check_login,
    code_digest,
    for_role,
    is_loopback,
    may_confirm,
    may_grant,
    may_revoke,
)
from hotspots.errors import BadInput

ME, THEM, THIRD = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
HERE, ELSEWHERE = uuid.UUID(int=10), uuid.UUID(int=11)

ADMINISTRATOR = Standing(ME, is_administrator=True)
LIAISON = Standing(ME, liaison_of=frozenset({HERE}))
OTHER_LIAISON = Standing(ME, liaison_of=frozenset({ELSEWHERE}))
COORDINATOR = Standing(ME, is_coordinator=True)
NOBODY = Standing(ME)


def wanted(role: Role, *, kind: OrganizationKind, user=THEM, invited_by=THIRD, has_liaison=True) -> Wanted:
    """A role for a person, in the scope in which it is held."""
    bare = Wanted(user, invited_by, HERE, kind, has_liaison, role, Scope.COUNTY, None)
    return for_role(bare, role)


def kind_for(role: Role) -> OrganizationKind:
    """A kind of organization whose people hold the role."""
    return sorted(KINDS_OF_ROLE[role])[0]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_says_where_it_is_held(role: Role) -> None:
    assert KINDS_OF_ROLE[role]
    assert for_role(wanted(role, kind=kind_for(role)), role).scope is (
        Scope.COUNTY if role in COUNTY_ROLES else Scope.ORGANIZATION
    )


@pytest.mark.parametrize(("role", "kind"), list(product(Role, OrganizationKind)))
def test_people_hold_the_roles_of_their_kind_of_organization_only(role: Role, kind: OrganizationKind) -> None:
    problem = may_grant(LIAISON, wanted(role, kind=kind))

    assert bool(problem) is (kind not in KINDS_OF_ROLE[role])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("who", "may"),
    [(ADMINISTRATOR, True), (LIAISON, True), (OTHER_LIAISON, False), (COORDINATOR, False), (NOBODY, False)],
)
def test_the_administrator_and_the_organizations_liaison_give_roles(role: Role, who: Standing, may: bool) -> None:
    assert bool(may_grant(who, wanted(role, kind=kind_for(role)))) is not may


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("who", [ADMINISTRATOR, LIAISON])
def test_nobody_gives_a_role_to_themselves(role: Role, who: Standing) -> None:
    assert may_grant(who, wanted(role, kind=kind_for(role), user=ME)).startswith("Nobody gives a role to themselves")


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_gives_no_case_role_to_their_own_invitee(role: Role) -> None:
    problem = may_grant(ADMINISTRATOR, wanted(role, kind=kind_for(role), invited_by=ME))

    assert bool(problem) is (role in CASE_ROLES)


def test_a_liaison_who_administers_accounts_is_held_to_the_stricter_rule() -> None:
    both = Standing(ME, is_administrator=True, liaison_of=frozenset({HERE}))

    assert may_grant(both, wanted(Role.OFFICER, kind=OrganizationKind.POLICE, invited_by=ME))


@pytest.mark.parametrize(("who", "may"), [(ADMINISTRATOR, True), (LIAISON, False), (COORDINATOR, False)])
def test_the_first_liaison_is_named_by_the_administrator(who: Standing, may: bool) -> None:
    first = wanted(Role.LIAISON, kind=OrganizationKind.COMMUNITY, has_liaison=False)

    assert bool(may_grant(who, first)) is not may


@pytest.mark.parametrize(("who", "may"), [(COORDINATOR, True), (LIAISON, False), (ADMINISTRATOR, False)])
def test_the_first_liaison_is_confirmed_by_the_coordinator(who: Standing, may: bool) -> None:
    first = wanted(Role.LIAISON, kind=OrganizationKind.COMMUNITY, has_liaison=False)

    assert bool(may_confirm(who, first, Waiting(THIRD, None, is_first_liaison=True))) is not may


@pytest.mark.parametrize("role", sorted(CONFIRMED_ROLES))
@pytest.mark.parametrize("who", [ADMINISTRATOR, LIAISON, OTHER_LIAISON, COORDINATOR, NOBODY])
def test_the_coordinator_or_a_liaison_confirms_and_the_administrator_no_case_role(role: Role, who: Standing) -> None:
    problem = may_confirm(who, wanted(role, kind=kind_for(role)), Waiting(THIRD, None, is_first_liaison=False))

    may = who in (LIAISON, COORDINATOR) or (who is ADMINISTRATOR and role not in CASE_ROLES)
    assert bool(problem) is not may


@pytest.mark.parametrize("role", sorted(CONFIRMED_ROLES))
@pytest.mark.parametrize("who", [ADMINISTRATOR, LIAISON, COORDINATOR])
@pytest.mark.parametrize(
    ("user", "granted_by", "confirmer_invited_by"),
    [(ME, THIRD, None), (THEM, ME, None), (THEM, THIRD, THIRD), (THEM, THIRD, THEM)],
    ids=["their own", "given by themselves", "invited by the giver", "invited by the one who gets it"],
)
def test_a_confirmation_is_by_a_second_person(role, who, user, granted_by, confirmer_invited_by) -> None:
    role_for_them = wanted(role, kind=kind_for(role), user=user)

    assert may_confirm(who, role_for_them, Waiting(granted_by, confirmer_invited_by, is_first_liaison=False))


@pytest.mark.parametrize(
    ("who", "is_last", "may"),
    [
        (ADMINISTRATOR, False, True),
        (LIAISON, False, True),
        (OTHER_LIAISON, False, False),
        (COORDINATOR, False, False),
        (ADMINISTRATOR, True, False),
    ],
)
def test_the_administrator_or_the_liaison_ends_a_role_but_the_last_administrator_stays(who, is_last, may) -> None:
    assert bool(may_revoke(who, organization_id=HERE, is_last_administrator=is_last)) is not may


def test_a_role_of_an_organization_is_not_held_for_another() -> None:
    strange = Wanted(THEM, None, HERE, OrganizationKind.POLICE, True, Role.OFFICER, Scope.ORGANIZATION, ELSEWHERE)

    assert may_grant(ADMINISTRATOR, strange) == "This role is held for the person's own organization."


@pytest.mark.parametrize("role", list(Role))
def test_only_leads_and_officers_are_held_for_one_operation(role: Role) -> None:
    one_night = Wanted(THEM, None, HERE, kind_for(role), True, role, Scope.OPERATION, THIRD)
    one_night = replace(one_night, operation_agencies=frozenset({HERE}))

    assert bool(may_grant(ADMINISTRATOR, one_night)) is (role not in {Role.OPERATION_LEAD, Role.OFFICER})


@pytest.mark.parametrize(("where", "agencies"), [(THIRD, {ELSEWHERE}), (THIRD, set()), (None, {HERE})])
def test_a_role_for_one_operation_is_held_by_those_who_take_part(where: Any, agencies: set[Any]) -> None:
    one_night = Wanted(THEM, None, HERE, OrganizationKind.POLICE, True, Role.OFFICER, Scope.OPERATION, where)

    problem = may_grant(ADMINISTRATOR, replace(one_night, operation_agencies=frozenset(agencies)))

    assert problem == "The person's organization takes no part in this operation."


def test_agencies_hold_the_roles_of_the_field() -> None:
    assert OrganizationKind.COMMUNITY not in AGENCIES
    assert KINDS_OF_ROLE[Role.OFFICER] == AGENCIES


@pytest.mark.parametrize("login", ["", "Officer", "1st", "two words", "a..b", "a" * 61, "é"])
def test_a_login_of_another_form_is_refused(login: str) -> None:
    with pytest.raises(BadInput):
        check_login(login)


@pytest.mark.parametrize("login", DEMONSTRATION_LOGINS)
def test_the_logins_of_the_demonstration_have_the_form(login: str) -> None:
    check_login(login)


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost:8000", True),
        ("::1", True),
        ("[::1]:8000", True),
        ("0.0.0.0", False),
        ("", False),
        ("10.0.0.5", False),
        ("alder.example:8000", False),
        ("127.0.0.1.alder.example", False),
        ("localhost.alder.example", False),
    ],
)
def test_only_this_machines_own_addresses_are_loopback(address: str, is_ours: bool) -> None:
    assert is_loopback(address) is is_ours


def test_the_salt_decides_what_is_kept_of_a_code() -> None:
    assert code_digest("ABCD-EFGH", b"a" * 16) == code_digest("abcdefgh", b"a" * 16)
    assert code_digest("ABCDEFGH", b"a" * 16) != code_digest("ABCDEFGH", b"b" * 16)
