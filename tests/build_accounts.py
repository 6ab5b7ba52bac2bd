"""Builders of accounts: invitations, second factors, sign-in through the door."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.test import Client

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind
from hotspots.accounts.actions import InviteFacts, invite_user
from hotspots.accounts.models import Invitation
from hotspots.accounts.rules import link_digest
from tests import build

PASSWORD = "a heron over the levee"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def office(name: str = "Alder County District Attorney") -> Organization:
    """Give the prosecutor's office."""
    return build.organization(name, OrganizationKind.PROSECUTOR)


def administration(name: str = "Alder County Administration") -> Organization:
    """Give the county's administration."""
    return build.organization(name, OrganizationKind.COUNTY)


def invited(by: Actor, login: str, token: str, *, to: Organization | None = None) -> Invitation:
    """Invite a person with a link of a known secret."""
    facts = InviteFacts(login=login, title=login.capitalize(), token_digest=link_digest(token))
    return invite_user(by=by, organization=to or build.organization(), facts=facts)


def with_password(user: User, password: str = PASSWORD) -> User:
    """Set a person's password."""
    user.password = make_password(password)
    user.save()
    return user


def with_factor(user: User, secret: str = SECRET) -> User:
    """Set a person's second factor."""
    TOTP.activate(user, secret)
    return user


def code_now(secret: str = SECRET) -> str:
    """Give the code that an authenticator shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    """Send login and password."""
    return client.post("/sign-in", {"login": user.login, "password": password})


def factor_of(user: User) -> Authenticator:
    """Give a person's second factor as it is kept."""
    return Authenticator.objects.get(user=user)
