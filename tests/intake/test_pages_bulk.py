"""Responses are found, narrowed and dismissed many at a time."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from hotspots.access.actor import actor_of
from hotspots.access.models import User
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Response
from hotspots.intake.queries import find_responses
from tests import build
from tests import build_intake as made
from tests.build_operations import operation
from tests.build_pages import (
    client_of,
    find,
    night,
    text_of,
    url_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_responses_are_found_by_number_last_four_and_reference() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    client = client_of(bench.custodian)

    for text in ("+12135550101", "(213) 555-0101", "0101", response.reference, response.reference.lower()):
        page = find(client, text)
        assert [row.pk for row in page.context["listing"].rows] == [response.pk], text
    assert "No row matches" in text_of(find(client, "9999"))


def test_the_list_narrows_by_state_and_reason() -> None:
    bench, ad = night()
    client = client_of(bench.custodian)
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    counted = client.get(reverse("intake:responses"), {"state": "counted", "ad": ad.pk})
    spam = client.get(reverse("intake:responses"), {"reason": "spam"})
    broken = client.get(reverse("intake:responses"), {"ad": str(uuid.uuid4())})

    assert len(counted.context["listing"].rows) == 2
    assert len(spam.context["listing"].rows) == 1
    assert broken.status_code == 200
    assert len(broken.context["listing"].rows) == 0


def test_several_are_dismissed_after_a_preview() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    chosen = [bench.response(made.number(place)) for place in (1, 3)]
    url = reverse("intake:dismiss_many") + "?" + "&".join(f"row={row.pk}" for row in chosen)

    preview = client.get(url)
    root = preview.context["root"]
    bare = client.post(url, {"root": root, "reason": ""})
    done = client.post(url, {"root": root, "reason": "spam"}, follow=True)

    assert "Dismiss 2 responses" in text_of(preview)
    assert "Nothing has happened yet" in text_of(preview)
    assert all(row.reference in text_of(preview) for row in chosen)
    assert "Choose a reason." in text_of(bare)
    assert "2 responses are dismissed." in text_of(done)
    assert Response.objects.filter(dismissal_reason="spam").count() == 2
    assert Entry.objects.filter(action="intake.dismiss_responses").count() == 1


def test_nothing_is_dismissed_when_the_rows_have_changed_since_the_preview() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    url = reverse("intake:dismiss_many") + "?state=counted"
    root = client.get(url).context["root"]
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    page = client.post(url, {"root": root, "reason": "wrong_number"})

    assert "The rows have changed since you looked" in text_of(page)
    assert page.context["root"] != root
    assert not Response.objects.filter(dismissal_reason="wrong_number").exists()


def test_a_preview_leaves_out_what_does_not_count() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    page = client.get(reverse("intake:dismiss_many"))
    none = client.get(reverse("intake:dismiss_many") + "?row=nonsense")

    assert "Dismiss 2 responses" in text_of(page)
    assert "1 more was chosen, and does not count now." in text_of(page)
    assert "Nothing to dismiss" in text_of(none)


def test_without_a_chosen_row_nothing_is_looked_at() -> None:
    bench, _ad = night()

    page = client_of(bench.custodian).get(reverse("intake:dismiss_many") + "?by=rows", follow=True)

    assert page.redirect_chain[-1][0] == reverse("intake:responses")
    assert "You chose no row." in text_of(page)


def test_the_list_of_an_operation_without_an_ad_is_empty_and_no_error() -> None:
    bench, _ad = night()
    other = operation(of=bench.campaign, lead=bench.owner)

    page = client_of(bench.custodian).get(reverse("intake:responses") + f"?operation={other.pk}")

    assert page.context["listing"].rows == []
    assert "Select a valid choice" not in text_of(page)


def test_ids_of_responses_are_at_random_so_that_no_gap_shows_one() -> None:
    night()

    assert {response.pk.version for response in Response.objects.all()} == {4}


def test_contacts_without_a_number_stand_apart() -> None:
    bench, _ad = night()

    page = client_of(bench.custodian).get(reverse("intake:withheld"))
    listed = client_of(bench.custodian).get(reverse("intake:responses"))
    rows = client_of(bench.custodian).get(reverse("intake:withheld") + "?format=csv").getvalue().decode().splitlines()

    assert len(page.context["listing"].rows) == 1
    assert "/places/" in page.content.decode()
    assert "no number" not in text_of(page)
    assert len(listed.context["listing"].rows) == 3
    assert len(rows) == 2


def test_every_number_is_found_only_by_those_who_see_it() -> None:
    bench, _ad = night()
    other = User.objects.get(pk=build.person("far", Role.CUSTODIAN, of=build.organization("Millbrook PD")).pk)

    assert find_responses(bench.custodian, "0101").count() == 1
    assert find_responses(actor_of(other), "0101").count() == 0
