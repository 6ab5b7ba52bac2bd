"""What a partner agency sees of a line that it shares: what lies in the time of its ads, and neither bytes nor file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.intake.actions import AdTimesFacts, correct_ad
from hotspots.intake.models import Ad, ContactPoint, Export, Message, Response
from hotspots.intake.queries import conversation_of
from hotspots.operations.models import Partner
from tests import build
from tests import build_intake as made
from tests.build_pages import client_of, find, night, place_of, text_of, url_of

pytestmark = pytest.mark.django_db(transaction=True)
END = made.WITHDRAWN + timedelta(hours=72)
SECOND = timedelta(seconds=1)


def partner_in(bench: made.Bench, ad: Ad, number: int = 1) -> Organization:
    """Make an agency a partner in an operation of its own number, which an ad belongs to."""
    other = build.organization("Cottonwood Police Department")
    operation = made.operation(bench, number)
    Partner.objects.create(operation=operation, organization=other)
    Ad.objects.filter(pk=ad.pk).update(operation=operation)
    return other


def links_of(page: Any) -> list[str]:
    """Give the links to bytes on the page of a conversation."""
    return [one["place_url"] for one in page.context["said"] if one["place_url"]]


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.OPERATION_LEAD])
def test_a_partner_opens_a_response_and_finds_the_file_closed(role: Role) -> None:
    bench, ad = night()
    someone = build.actor("partner", role, of=partner_in(bench, ad))
    client, response = client_of(someone), bench.response(made.number(1))

    page = client.get(url_of("response", response))
    below = client.get(reverse("intake:bytes", args=[place_of(response).pk]))
    export = client.get(reverse("intake:export", args=[Export.objects.get().pk]))

    assert page.status_code == 200
    assert "Closed to your agency" in text_of(page)
    assert below.status_code in {403, 404}
    assert export.status_code == 404
    assert not Export.objects.visible_to(someone).exists()


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.OPERATION_LEAD, Role.COORDINATOR, Role.PROSECUTOR])
@pytest.mark.parametrize("is_partner", [True, False])
def test_a_place_is_a_link_for_those_who_may_open_its_bytes_alone(role: Role, is_partner: bool) -> None:
    bench, ad = night()
    other = partner_in(bench, ad)
    client = client_of(build.actor("someone", role, of=other if is_partner else bench.owner))
    response = bench.response(made.number(1))
    lists = (reverse("intake:withheld"), reverse("intake:responses"))

    page = client.get(url_of("response", response))
    answer = client.get(reverse("intake:bytes", args=[place_of(response).pk]))

    links, is_open = links_of(page), answer.status_code == 200
    assert len(links) == (3 if is_open else 0)
    assert all(client.get(link).status_code == 200 for link in links)
    assert all(one["place_text"] for one in page.context["said"])
    assert all(("/places/" in client.get(url).content.decode()) <= is_open for url in lists)


def test_of_another_agencys_line_a_partner_sees_what_lies_in_the_time_of_its_ads() -> None:
    bench = made.bench()
    ad = bench.ad()
    bench.ad(END + timedelta(days=5), None)  # of no operation that the partner is in
    times = (
        made.PLACED - SECOND, made.PLACED, made.WITHDRAWN, END, END + SECOND, END + timedelta(days=6),
    )  # fmt: skip
    bench.read(made.backup(*(made.sms(made.number(1), at, f"text {place}.") for place, at in enumerate(times))))
    bench.read(made.backup(made.sms(made.number(2), END + timedelta(days=7), "to the other ad")), "other.xml")
    lead = build.actor("partner", Role.OPERATION_LEAD, of=partner_in(bench, ad))
    response = Response.objects.get(ad=ad)

    page = client_of(lead).get(url_of("response", response))

    said = [one.words for one in conversation_of(lead, response).said]
    assert said == ["text 1.", "text 2.", "text 3."]
    assert "3 messages, all in the ad's time" in text_of(page).replace("&#x27;", "'")
    assert "text 0." not in text_of(page)
    assert Message.objects.visible_to(lead).count() == 3
    assert ContactPoint.objects.visible_to(lead).count() == 1
    assert Message.objects.visible_to(bench.custodian).count() == 7
    assert len(conversation_of(bench.custodian, response).said) == 6
    assert "No row matches" in text_of(find(client_of(lead), made.number(2)))


def test_a_message_belongs_to_the_ad_that_was_placed_last_before_it() -> None:
    bench = made.bench()
    ad = bench.ad()
    follower = made.WITHDRAWN + timedelta(hours=10)
    bench.ad(follower, None)
    bench.read(
        made.backup(
            made.sms(made.number(1), follower - SECOND, "to the first"),
            made.sms(made.number(1), follower, "to the second"),
        )
    )
    lead = build.actor("partner", Role.OPERATION_LEAD, of=partner_in(bench, ad))

    seen = [one.sent_at for one in Message.objects.visible_to(lead)]

    assert seen == [follower - SECOND]
    assert Response.objects.visible_to(lead).count() == 1


def test_what_came_without_a_number_outside_its_ads_is_in_no_list_of_a_partner() -> None:
    bench = made.bench()
    ad = bench.ad()
    bench.ad(END + timedelta(days=5), None)
    bench.read(made.backup(made.sms("", made.after(1)), made.sms("", END + timedelta(days=6))))
    lead = build.actor("partner", Role.OPERATION_LEAD, of=partner_in(bench, ad))

    def listed(client: Client) -> int:
        return len(client.get(reverse("intake:withheld")).context["listing"].rows)

    assert (listed(client_of(lead)), listed(client_of(bench.custodian))) == (1, 2)


def test_the_list_stands_when_a_response_of_a_partner_lies_outside_its_ads_corrected_time() -> None:
    bench, ad = night()
    someone: Actor = build.actor("partner", Role.OPERATION_LEAD, of=partner_in(bench, ad))
    later = AdTimesFacts(made.after(2.5), made.WITHDRAWN, "It was placed later.")
    ad.refresh_from_db()
    correct_ad(by=bench.custodian, ad=ad, facts=later)
    client = client_of(someone)

    listing = client.get(reverse("intake:responses"))
    page = client.get(url_of("response", bench.response(made.number(1))))

    assert listing.status_code == 200
    assert len(listing.context["listing"].rows) == 3
    assert page.status_code == 200
    assert page.context["said"] == []
    assert "Number closed to your agency" in text_of(page)
