"""A number is searched for in the body of a form, and stands in no address afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.intake.models import Response
from hotspots.web.walk import start_trail
from tests import build
from tests import build_intake as made
from tests.build_pages import client_as, client_of, find, night, text_of

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = re.compile(r'(?:href|action|value|hx-get)="([^"]*)"')


def addresses_in(page: object) -> str:
    """Give every link, target and hidden value on a page."""
    return unquote(" ".join(ADDRESS.findall(page.content.decode())))  # type: ignore[attr-defined]


@pytest.mark.parametrize("sought", ["+12135550101", "213-555-0101", "0101", "+12135550199", "9999"])
def test_no_redirect_and_no_address_on_the_page_holds_the_number(sought: str) -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    back = reverse("intake:responses") + "?state=counted&after="

    page = find(client, sought, back)

    went = unquote(" ".join(url for url, _status in page.redirect_chain))
    for form in (sought, re.sub(r"\D", "", sought)):
        ids = re.sub(r"[0-9a-f-]{36}", "", f"{went} {addresses_in(page)}")
        assert form not in ids
    assert page.request["QUERY_STRING"].startswith("state=counted")
    assert page.status_code == 200


def test_what_was_found_is_kept_by_filters_sorting_export_and_dismissal() -> None:
    bench, ad = night()
    client = client_of(bench.custodian)
    response = bench.response(made.number(1))

    page = find(client, made.number(1))

    listing = page.context["listing"]
    found = f"found={response.contact_point_id}"
    assert [row.pk for row in listing.rows] == [response.pk]
    assert ("found", str(response.contact_point_id)) in listing.kept
    assert found in listing.csv_url
    assert all(found in head["url"] for head in listing.heads if head["url"])
    dismissing = client.get(f"{reverse('intake:dismiss_many')}?{found}")
    assert "Dismiss 1 response" in text_of(dismissing)
    assert "Leave the search" in text_of(page)
    assert len(client.get(page.context["finding"]["back"]).context["listing"].rows) == 3
    assert ad.responses.count() == 3


def test_a_search_leads_back_to_its_own_list_and_to_no_other_site() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    url = reverse("intake:find")

    for back in ("https://elsewhere.example/responses", "//elsewhere.example", "responses", "", "/\\elsewhere.example"):
        answer = client.post(url, {"sought": "0101", "back": back})
        assert answer.url.startswith("/responses?found="), back
    assert client.post(url, {"sought": " ", "back": "/responses?ad=x"}).url == "/responses?ad=x"
    assert client.get(url).url == "/responses"


def test_a_search_needs_the_token_of_its_form() -> None:
    bench, _ad = night()
    client = build.sign_in(Client(enforce_csrf_checks=True), bench.custodian)

    answer = client.post(reverse("intake:find"), {"sought": "0101"})

    assert answer.status_code == 403


def test_a_visitor_whose_session_ended_gets_no_number_into_the_sign_in_address() -> None:
    night()

    answer = Client().post(reverse("intake:find"), {"sought": made.number(1), "back": "/responses"})

    assert made.number(1) not in unquote(answer.url)
    assert answer.url == "/sign-in"


def test_so_many_that_no_address_holds_them_are_not_listed() -> None:
    bench = made.bench()
    bench.ad()
    numbers = [made.number(1, area=201 + area) for area in range(45)]
    bench.read(made.backup(*(made.sms(one, made.after(1) + timedelta(minutes=n)) for n, one in enumerate(numbers))))

    page = find(client_of(bench.custodian), "0101")

    assert Response.objects.count() == 45
    assert "Too many numbers end so" in text_of(page)
    assert "found" not in page.request["QUERY_STRING"]


def test_the_rows_behind_a_value_are_searched_alike() -> None:
    bench, _ad = night()
    client = client_as(Role.COORDINATOR)
    url = reverse("results:measure_rows", args=[bench.campaign.pk, "responses_to_ads"])

    page = find(client, made.number(1), client.get(url).context["finding"]["back"])

    assert page.request["PATH_INFO"] == url
    assert [row.pk for row in page.context["listing"].rows] == [bench.response(made.number(1)).pk]
    assert "2135550101" not in addresses_in(page)
    assert "2135550101" not in str(page.context["trail"] or start_trail(bench.custodian))


@pytest.mark.parametrize("found", ["R-%00", "R-x", "%00", "R-000000,R-000001"])
def test_what_no_search_has_found_leads_to_an_empty_list(found: str) -> None:
    bench, _ad = night()

    page = client_of(bench.custodian).get(f"{reverse('intake:responses')}?found={found}")

    assert page.status_code == 200
    assert page.context["listing"].rows == []
