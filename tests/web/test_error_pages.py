"""Pages for what goes wrong outside of a verb: in the program's frame, with what to do."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.rules import Role
from tests import build
from tests.build_pages import text_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_of_another_session_says_that_what_was_typed_is_still_there() -> None:
    build.county()
    client = Client(enforce_csrf_checks=True)
    build.sign_in(client, build.actor("coordinator", Role.COORDINATOR))

    page = client.post(reverse("operations:open_campaign"), {"name": "Typed"})

    assert page.status_code == 403
    assert "what you typed is still there" in text_of(page)
    assert "CSRF" not in text_of(page)


def test_an_address_that_takes_only_what_is_sent_answers_with_a_page_and_the_way_back() -> None:
    build.county()
    client = build.sign_in(Client(), build.actor("coordinator", Role.COORDINATOR))

    page = client.get(reverse("results:freeze", args=[uuid.uuid4()]))

    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "This address takes what a button or a form sends." in text_of(page)
    assert f'href="{reverse("desk:now")}">To the first page' in page.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/campaigns?page=2", "?next=%2Fcampaigns%3Fpage%3D2"),
        ("http://elsewhere.test/campaigns", ""),
        ("http://testserver//elsewhere.test/", ""),
        ("/campaigns", ""),
        ("", ""),
    ],
)
def test_what_is_sent_without_a_session_comes_back_to_the_page_it_was_sent_from(referer: str, back: str) -> None:
    build.county()

    answer = Client().post(reverse("results:freeze", args=[uuid.uuid4()]), headers={"referer": referer})

    assert (answer.status_code, answer.url) == (302, f"/sign-in{back}")
