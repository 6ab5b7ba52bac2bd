"""Pages of evidence: who opens them, what they say, and what may be done there."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.rules import OrganizationKind, Role
from hotspots.evidence.models import Item, Transfer, Verification
from hotspots.store.actions import path_of
from tests import build
from tests import build_intake as made
from tests.build_pages import (
    MINUTE,
    client_as,
    client_of,
    item,
    local_now,
    object_of,
    queries_of,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


READERS = {Role.COORDINATOR, Role.PROSECUTOR, Role.AUDITOR, Role.CUSTODIAN, Role.OPERATION_LEAD, Role.OFFICER}

SENDERS = READERS - {Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("page", "audience"),
    [
        ("evidence:items", READERS),
        ("evidence:item", READERS),
        ("evidence:upload", SENDERS),
        ("evidence:log_object", SENDERS),
        ("evidence:download", {Role.PROSECUTOR, Role.CUSTODIAN}),
    ],
)
def test_a_page_opens_for_its_audience_alone(role: Role, page: str, audience: set[Role]) -> None:
    bench = made.bench()
    kept = item(bench)
    url = reverse(page, args=[kept.pk] if page in {"evidence:item", "evidence:download"} else [])

    response = client_as(role, bench.owner).get(url)

    assert response.status_code == (200 if role in audience else 404)


def test_an_item_of_another_agency_is_not_there() -> None:
    bench = made.bench()
    kept = item(bench)
    other = client_as(Role.CUSTODIAN, build.organization("Millbrook Police Department"))

    assert other.get(reverse("evidence:item", args=[kept.pk])).status_code == 404
    assert "lobby.mp4" not in text_of(other.get(reverse("evidence:items")))


def test_an_item_shows_its_digest_and_who_has_held_it() -> None:
    bench = made.bench()
    kept = item(bench)

    page = client_of(bench.custodian).get(reverse("evidence:item", args=[kept.pk]))

    said = text_of(page)
    digest = hashlib.sha256(b"frames").hexdigest()
    assert digest in page.content.decode()
    assert f"{digest[:4]} {digest[4:8]}" in said
    assert "1 entry, no gap" in said
    assert "Received from desk officer by Custodian" in said
    assert "You can see this page because" in said
    assert "successfully" not in said.lower()


def test_an_auditor_reads_no_description() -> None:
    bench = made.bench()
    kept, thing = item(bench), object_of(bench)
    auditor = client_as(Role.AUDITOR)

    pages = [auditor.get(reverse("evidence:item", args=[one.pk])) for one in (kept, thing)]
    listed = auditor.get(reverse("evidence:items"))

    for page in (*pages, listed):
        assert "lobby of" not in text_of(page)
        assert "video of the lobby" not in page.content.decode()
        assert "black" not in page.content.decode()
    assert "Closed to auditors" in text_of(pages[0])
    assert "Physical item, seal 004417" in text_of(listed)
    assert kept.sha256 in pages[0].content.decode()
    assert "black" not in auditor.get(reverse("evidence:items") + "?format=csv").getvalue().decode()


def test_the_list_filters_sorts_and_exports() -> None:
    bench = made.bench()
    item(bench)
    object_of(bench)
    client = client_of(bench.custodian)

    found = text_of(client.get(reverse("evidence:items") + "?name=004417&sort=file"))
    rows = client.get(reverse("evidence:items") + "?format=csv&kind=digital").getvalue().decode().splitlines()

    assert "a phone, black" in found
    assert "lobby.mp4" not in found
    assert len(rows) == 2
    assert "lobby.mp4" in rows[1]


def test_an_item_is_found_by_its_digest_with_spaces() -> None:
    bench = made.bench()
    kept = item(bench)
    typed = " ".join(kept.sha256[at : at + 4] for at in range(0, 64, 4))

    said = text_of(client_of(bench.custodian).get(reverse("evidence:items"), {"name": typed}))

    assert "lobby.mp4" in said


def test_an_empty_list_says_what_will_appear() -> None:
    bench = made.bench()

    said = text_of(client_of(bench.custodian).get(reverse("evidence:items")))

    assert "No evidence yet" in said
    assert "Receive evidence" in said


def test_a_verification_is_recorded_and_shown() -> None:
    bench = made.bench()
    kept = item(bench)

    page = client_of(bench.custodian).post(reverse("evidence:verify", args=[kept.pk]), follow=True)

    assert Verification.objects.get().is_whole
    assert "still give the same SHA-256" in text_of(page)
    assert "Same SHA-256," in text_of(page)


def test_altered_bytes_are_told_at_once() -> None:
    bench = made.bench()
    kept = item(bench)
    path = path_of(kept.blob)
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    page = client_of(bench.custodian).post(reverse("evidence:verify", args=[kept.pk]), follow=True)

    assert "no longer give this SHA-256" in text_of(page)
    assert "Another SHA-256" in text_of(page)


def hand_over(client: Client, kept: Item, **said: Any) -> Any:
    """Send the form of a hand-over."""
    told = {"moved_at": local_now().strftime(MINUTE), "reason": "to the laboratory", **said}
    return client.post(reverse("evidence:transfer", args=[kept.pk]), told, follow=True)


def test_an_item_is_handed_on() -> None:
    bench = made.bench()
    kept = object_of(bench)
    taker = build.person("laboratory", Role.CUSTODIAN, of=build.organization("Sheriff", OrganizationKind.SHERIFF))

    page = hand_over(client_of(bench.custodian), kept, to=taker.pk, seal_number="004500")

    said = text_of(page)
    assert Transfer.objects.filter(item=kept).count() == 2
    assert "Laboratory, Sheriff holds the item now." in said
    assert "seal 004500" in said
    assert "2 entries, no gap" in said


def test_a_hand_over_that_breaks_a_rule_says_so_beside_its_field_and_keeps_what_was_typed() -> None:
    bench = made.bench()
    kept = object_of(bench)
    taker = build.person("laboratory", Role.CUSTODIAN)
    client = client_of(bench.custodian)

    early = hand_over(client, kept, to=taker.pk, moved_at="2021-10-01T10:00", reason="sent to be read")
    bare = hand_over(client, kept, to="", reason="")

    assert "It cannot change hands before it last did." in text_of(early)
    assert 'value="sent to be read"' in early.content.decode()
    assert "Choose one." in text_of(bare)
    assert "This is needed." in text_of(bare)
    assert Transfer.objects.filter(item=kept).count() == 1


def test_only_a_custodian_hands_on() -> None:
    bench = made.bench()
    kept = item(bench)
    officer = client_as(Role.OFFICER, bench.owner)

    said = text_of(officer.get(reverse("evidence:item", args=[kept.pk])))

    assert "Hand it on" not in said
    assert hand_over(officer, kept, to=bench.custodian_user.pk).status_code == 404


def test_an_item_is_replaced_by_a_whole_one() -> None:
    bench = made.bench()
    cut, whole = item(bench, b"fra", "cut.mp4"), item(bench, b"frames", "whole.mp4")
    client = client_of(bench.custodian)

    page = client.post(
        reverse("evidence:replace", args=[cut.pk]),
        {"replacement": whole.pk, "reason": "the copy was cut off"},
        follow=True,
    )

    assert "Another item stands in its place" in text_of(page)
    assert "Stands in place of" in text_of(client.get(reverse("evidence:item", args=[whole.pk])))


def test_a_download_asks_why_and_gives_the_bytes_as_they_came() -> None:
    bench = made.bench()
    kept = item(bench, b"\x00<script>", "na me.html")
    client = client_of(bench.custodian)
    url = reverse("evidence:download", args=[kept.pk])

    asked = client.post(url, {"reason": ""})
    sent = client.post(url, {"reason": "discovery"})

    assert "This is needed." in text_of(asked)
    assert sent.getvalue() == b"\x00<script>"
    assert sent.headers["Content-Type"] == "application/octet-stream"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="na me.html"'


def test_a_name_with_markup_is_text() -> None:
    bench = made.bench()
    kept = item(bench, name="<img src=x onerror=alert(1)>.xml")

    page = client_of(bench.custodian).get(reverse("evidence:item", args=[kept.pk]))

    assert "<img src=x" not in page.content.decode()


def test_the_pages_take_few_queries_however_many_rows_there_are() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)
    kept = item(bench)
    client.get(reverse("evidence:items"))
    few = queries_of(client, reverse("evidence:items"))
    for place in range(6):
        item(bench, b"%d" % place, f"{place}.mp4")

    assert queries_of(client, reverse("evidence:items")) == few <= 9
    assert queries_of(client, reverse("evidence:item", args=[kept.pk])) <= 18
