"""The people of the demonstration: accounts, and roles given by one person and confirmed by another."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from hotspots.access.actor import SYSTEM, Actor, actor_of
from hotspots.access.models import Organization, User
from hotspots.access.rules import COUNTY_ROLES, OrganizationKind, Role, Scope
from hotspots.accounts.actions import (
    AcceptFacts,
    CountyFacts,
    FirstOrganization,
    FoundingFacts,
    GrantFacts,
    InviteFacts,
    accept_invitation,
    confirm_grant,
    found_county,
    grant_role,
    invite_first,
    invite_user,
)
from hotspots.accounts.models import Invitation
from hotspots.accounts.rules import link_digest
from hotspots.coalition.actions import OrganizationFacts, admit_organization, begin_membership
from hotspots.commands.demonstration.script import (
    AGENCIES,
    AGENCIES_OF_2021,
    ALDER_PD,
    COMMUNITY,
    COUNTY,
    COUNTY_OFFICE,
    DA,
    LINES,
    MILLBROOK_PD,
    SHERIFF,
    TIME_ZONE,
    Agency,
    local,
)


@dataclass(frozen=True, slots=True)
class Post:
    """An account of an agency besides its liaisons."""

    login: str
    title: str
    agency: Agency
    roles: tuple[Role, ...]


POSTS = (
    Post("publisher", "Publisher", DA, (Role.PUBLISHER,)),
    Post("prosecutor", "Prosecutor", DA, (Role.PROSECUTOR,)),
    Post("advocate-liaison", "Advocate liaison", DA, (Role.ADVOCATE_LIAISON,)),
    Post("investigator.da", "Investigator 3", DA, (Role.OFFICER, Role.OPERATION_LEAD)),
    Post("lead.alder-city", "Operation lead", ALDER_PD, (Role.OPERATION_LEAD,)),
    Post("officer.alder-city", "Officer 7", ALDER_PD, (Role.OFFICER,)),
    Post("officer.sheriff", "Officer 12", SHERIFF, (Role.OFFICER,)),
    Post("lead.sheriff", "Operation lead", SHERIFF, (Role.OPERATION_LEAD,)),
    Post("officer.millbrook", "Officer 21", MILLBROOK_PD, (Role.OFFICER, Role.OPERATION_LEAD)),
)
SHORT = {
    "DA": "da",
    "Sheriff": "sheriff",
    "Alder City PD": "alder-city",
    "Millbrook PD": "millbrook",
    "Parole": "parole",
    "Probation": "probation",
    "Highway Patrol": "highway",
    "Federal": "federal",
}


@dataclass(slots=True)
class People:
    """Organizations by name and accounts by login."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        """Give a person as an actor, with the roles that are in force now."""
        return actor_of(self.users[login], channel="demonstration")

    def of(self, agency: Agency) -> Organization:
        """Give the organization of an agency."""
        return self.organizations[agency.name]

    def keep(self, invitation: Invitation) -> User:
        """Accept an invitation with a password that nobody knows: the demonstration signs in with one click."""
        facts = AcceptFacts(password_hash=f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_urlsafe(32)}")
        user = accept_invitation(by=SYSTEM, invitation=invitation, facts=facts)
        self.users[user.login] = user
        return user

    def invite(self, by: str, agency: Agency, login: str, title: str) -> User:
        """Invite a person and accept for them."""
        facts = _invitation(login, title)
        return self.keep(invite_user(by=self.actor(by), organization=self.of(agency), facts=facts))

    def grant(self, login: str, role: Role, *, by: str, confirmed_by: str | None) -> None:
        """Give a role, and have a second person confirm it where it needs one."""
        user = self.users[login]
        is_countywide = role in COUNTY_ROLES
        facts = GrantFacts(
            role,
            Scope.COUNTY if is_countywide else Scope.ORGANIZATION,
            None if is_countywide else user.organization_id,
        )
        grant = grant_role(by=self.actor(by), user=user, facts=facts)
        if confirmed_by is not None:
            confirm_grant(by=self.actor(confirmed_by), grant=grant)


def _invitation(login: str, title: str) -> InviteFacts:
    return InviteFacts(login=login, title=title, token_digest=link_digest(secrets.token_urlsafe(32)))


def found(people: People) -> None:
    """Found the county with its first two accounts, and admit its organizations."""
    found_county(by=SYSTEM, facts=CountyFacts(COUNTY, TIME_ZONE, is_demonstration=True))
    first = invite_first(
        by=SYSTEM,
        facts=FoundingFacts(
            administration=FirstOrganization(
                COUNTY_OFFICE.name, COUNTY_OFFICE.short_name, _invitation("administrator", "Administrator")
            ),
            prosecutor=FirstOrganization(DA.name, DA.short_name, _invitation("coordinator", "Coordinator")),
        ),
    )
    for invitation in first:
        people.keep(invitation)
    for organization in Organization.objects.all():
        people.organizations[organization.name] = organization


def admit(people: People) -> None:
    """Admit the agencies and the coalition; the prosecutor's office is there already, and joins it."""
    joined_on = local(1, 15, 9).date()
    begin_membership(by=people.actor("coordinator"), organization=people.of(DA), joined_on=joined_on)
    for agency in (*AGENCIES, *COMMUNITY):
        if agency is DA:
            continue
        facts = OrganizationFacts(
            name=agency.name,
            short_name=agency.short_name,
            organization_kind=OrganizationKind(agency.kind),
            joined_on=joined_on,
        )
        people.organizations[agency.name] = admit_organization(by=people.actor("coordinator"), facts=facts)


def staff(people: People) -> None:
    """Give every agency of 2021 a liaison and a second one to confirm, and fill the posts."""
    people.invite("administrator", COUNTY_OFFICE, "auditor", "Auditor")
    people.grant("auditor", Role.AUDITOR, by="administrator", confirmed_by="coordinator")
    for agency in AGENCIES_OF_2021:
        _liaisons(people, agency)
    poplar = next(one for one in COMMUNITY if one.name == "Poplar Avenue Residents")
    people.invite("administrator", poplar, "member.poplar", "Coalition member")
    people.grant("member.poplar", Role.COALITION_MEMBER, by="administrator", confirmed_by=None)
    custodians = tuple(
        Post(f"custodian.{SHORT[line.owner.short_name]}", "Evidence custodian", line.owner, (Role.CUSTODIAN,))
        for line in LINES.values()
    )
    for post in (*POSTS, *custodians):
        place = SHORT[post.agency.short_name]
        people.invite("administrator", post.agency, post.login, post.title)
        for role in post.roles:
            people.grant(post.login, role, by=f"liaison.{place}", confirmed_by=f"confirmer.{place}")


def _liaisons(people: People, agency: Agency) -> None:
    place = SHORT[agency.short_name]
    for login, title in ((f"liaison.{place}", "Liaison"), (f"confirmer.{place}", "Second liaison")):
        people.invite("administrator", agency, login, title)
    people.grant(f"liaison.{place}", Role.LIAISON, by="administrator", confirmed_by="coordinator")
    people.grant(f"confirmer.{place}", Role.LIAISON, by=f"liaison.{place}", confirmed_by="coordinator")
