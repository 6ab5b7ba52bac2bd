"""Builders: plain functions that put records in the database for a test."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.test import Client

from hotspots.access.actor import Actor, actor_of
from hotspots.access.models import County, Grant, Organization, User
from hotspots.access.rules import COUNTY_ROLES, OrganizationKind, Role, Scope
from hotspots.accounts.adapter.proof import Proof, mark_proof
from hotspots.keys import actions as keys
from hotspots.web.county import forget_county

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON = datetime(2021, 10, 5, 19, 0, tzinfo=UTC)


def county(*, is_demonstration: bool = False) -> County:
    """Found the county of a test."""
    forget_county()
    row, _made = County.objects.get_or_create(
        id=1,
        defaults={
            "name": "Alder County",
            "time_zone": "America/Los_Angeles",
            "is_demonstration": is_demonstration,
            "founded_at": NOON,
        },
    )
    return row


def organization(
    name: str = "Alder City Police Department", kind: OrganizationKind = OrganizationKind.POLICE
) -> Organization:
    """Give an organization by name, made if it is new."""
    known = Organization.objects.filter(name=name).first()
    if known is not None:
        return known
    key_id, _key = keys.make_key("history")
    return Organization.objects.create(name=name, short_name=name[:40], organization_kind=kind, history_key_id=key_id)


def user(login: str, *, of: Organization | None = None) -> User:
    """Make a person with an account and no role."""
    return User.objects.create(
        login=login, title=login.replace(".", " ").capitalize(), organization=of or organization(), created_at=NOON
    )


def grant(to: User, role: Role, *, scope: Scope | None = None, scope_id: uuid.UUID | None = None) -> Grant:
    """Grant a role, confirmed: for the county where the role is held so, else for the person's organization."""
    where = scope or (Scope.COUNTY if role in COUNTY_ROLES else Scope.ORGANIZATION)
    if where is Scope.ORGANIZATION and scope_id is None:
        scope_id = to.organization_id
    return Grant.objects.create(user=to, role=role, scope=where, scope_id=scope_id, granted_at=NOON, confirmed_at=NOON)


def person(login: str, *roles: Role, of: Organization | None = None) -> User:
    """Make a person who holds roles."""
    made = user(login, of=of)
    for role in roles:
        grant(made, role)
    return made


def actor(login: str, *roles: Role, of: Organization | None = None) -> Actor:
    """Make a person who holds roles, and give them as an actor."""
    return actor_of(person(login, *roles, of=of), channel="test")


def sign_in(client: Client, who: User | Actor) -> Client:
    """Sign a person in at once, and leave the session as a sign-in with both factors leaves it."""
    person = who if isinstance(who, User) else User.objects.get(pk=who.user_id)
    client.force_login(person, backend=BACKEND)
    session = client.session
    mark_proof(session, person, Proof.TWO_FACTORS)
    session.save()
    return client
