"""What tests of pages share: a browser for a person, the words on a page, the queries that it takes."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rules import Role
from tests import build

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(who: User | Actor | None) -> Client:
    """Give a browser in which a person is signed in; nobody, for None."""
    client = Client()
    if who is not None:
        user = who if isinstance(who, User) else User.objects.get(pk=who.user_id)
        client.force_login(user, backend=BACKEND)
    return client


def client_as(role: Role, of: Organization | None = None) -> Client:
    """Give a browser of a person who holds a role, the same person at each call."""
    login = f"page.{role.value}.{(of.short_name if of else 'home')[:12]}".lower().replace(" ", "-")
    user = User.objects.filter(login=login).first() or build.person(login, role, of=of)
    return client_of(user)


def text_of(response: Any) -> str:
    """Give the words on a page, without tags, spaces made one."""
    body = response.getvalue() if response.streaming else response.content
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.decode())).strip()


def queries_of(client: Client, url: str) -> int:
    """Count the queries that a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(url)
    assert response.status_code == 200
    return len(caught)
