"""What tests of pages share: a browser for a person, the words on a page, the queries that it takes."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rules import Role
from hotspots.evidence.actions import ItemFacts, UploadFacts, keep_file, log_item
from hotspots.evidence.models import Item
from hotspots.intake.models import Ad, Response, SourcePlace
from tests import build
from tests import build_intake as made

MINUTE = "%Y-%m-%dT%H:%M"
HOSTILE = "<script>alert('x')</script> \u202eevil\u202c & more"


def client_of(who: User | Actor | None) -> Client:
    """Give a browser in which a person is signed in; nobody, for None."""
    client = Client()
    return client if who is None else build.sign_in(client, who)


def client_as(role: Role, of: Organization | None = None) -> Client:
    """Give a browser of a person who holds a role, the same person at each call."""
    login = f"page.{role.value}.{(of.short_name if of else 'home')[:12]}".lower().replace(" ", "-")
    user = User.objects.filter(login=login).first() or build.person(login, role, of=of)
    return client_of(user)


def text_of(response: Any) -> str:
    """Give the words on a page, without tags, spaces made one."""
    body = response.getvalue() if response.streaming else response.content
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.decode())).strip()


def find(client: Client, sought: str, back: str = "") -> Any:
    """Search for a number, its last four digits or a reference, and give the list that it leads to."""
    said = {"sought": sought, "back": back or reverse("intake:responses")}
    return client.post(reverse("intake:find"), said, follow=True)


def queries_of(client: Client, url: str) -> int:
    """Count the queries that a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(url)
    assert response.status_code == 200
    return len(caught)


def local_now() -> datetime:
    """Give the time now in the county, as a form's field takes it."""
    return timezone.now().astimezone(ZoneInfo("America/Los_Angeles"))


def item(bench: made.Bench, content: bytes = b"frames", name: str = "lobby.mp4") -> Item:
    """Log a digital item."""
    upload = keep_file(
        by=bench.custodian, owner=bench.owner, source=io.BytesIO(content), facts=UploadFacts(name, len(content))
    )
    facts = ItemFacts(made.ARRIVED, "desk officer", "video of the lobby")
    return log_item(by=bench.custodian, owner=bench.owner, upload=upload, facts=facts)


def object_of(bench: made.Bench) -> Item:
    """Log a physical item."""
    facts = ItemFacts(made.ARRIVED, "desk officer", "a phone, black", "004417")
    return log_item(by=bench.custodian, owner=bench.owner, facts=facts)


def night() -> tuple[made.Bench, Ad]:
    """Run an ad that is answered by a conversation, a call for help and a hostile text; one more has no number."""
    bench = made.bench()
    ad = bench.ad()
    bench.read(
        made.backup(
            made.sms(made.number(1), made.after(1), "hi saw your ad"),
            made.sms(made.number(1), made.after(1.1), "who is this", kind=2),
            made.sms(made.number(1), made.after(1.2), "how much"),
            made.sms(made.number(2), made.after(2), "please help me"),
            made.sms(made.number(3), made.after(3), HOSTILE),
            made.sms("", made.after(4), "no number"),
        )
    )
    return bench, ad


def url_of(page: str, record: Any) -> str:
    """Give the address of a record's page."""
    return reverse(f"intake:{page}", args=[record.pk])


def place_of(response: Response) -> SourcePlace:
    """Give the place of a response's first message."""
    return SourcePlace.objects.get(message=response.first_message)


def refer(bench: made.Bench, response: Response) -> Any:
    """Refer the sender of a response."""
    return client_of(bench.custodian).post(url_of("refer", response), {"ground": "may_be_minor"}, follow=True)
