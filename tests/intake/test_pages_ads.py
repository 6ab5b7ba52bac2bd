"""Pages of lines and ads: what their forms take."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.intake.models import Ad, Line, Response
from tests import build_intake as made
from tests.build_pages import (
    client_of,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


TEXT = "the words of an ad, as they ran"


def line_form(bench: made.Bench, **said: Any) -> dict[str, Any]:
    """Give the fields of a new line."""
    told = {"owner": bench.owner.pk, "label": "B", "line_kind": "phone", "address": "209-555-0117"}
    return {**told, "opened_at": "2021-10-01T09:00", **said}


def ad_form(bench: made.Bench, **said: Any) -> dict[str, Any]:
    """Give the fields of a new ad."""
    approver = bench.someone(Role.OPERATION_LEAD)
    return {
        "line": bench.line.pk,
        "campaign": bench.campaign.pk,
        "site_words": "a classifieds site",
        "text": TEXT,
        "portrayed_age": "24",
        "placed_at": "2021-10-05T14:00",
        "withdrawn_at": "2021-10-07T02:00",
        "approved_by": approver.user_id,
        **said,
    }


def test_a_line_is_opened() -> None:
    bench = made.bench()

    page = client_of(bench.custodian).post(reverse("intake:open_line"), line_form(bench), follow=True)

    assert "Line B is open." in text_of(page)
    assert Line.objects.get(label="B").address == "+12095550117"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"label": ""}, "This field is required."),
        ({"address": "not a number"}, "This is no telephone number."),
        ({"address": "+1 209 555 0104"}, "Line A has this number."),
        ({"opened_at": "2999-01-01T00:00"}, "A line cannot be opened in the future."),
    ],
)
def test_a_line_that_breaks_a_rule_says_so_beside_the_field(said: dict[str, str], sentence: str) -> None:
    bench = made.bench()

    page = client_of(bench.custodian).post(reverse("intake:open_line"), line_form(bench, **said))

    [field] = said
    assert sentence in " ".join(page.context["form"].errors[field])
    assert 'value="B"' in page.content.decode() or field == "label"


def test_an_ad_keeps_the_digest_of_its_text_and_not_the_text() -> None:
    bench = made.bench()
    images = f"{'AB' * 32}\n {'cd' * 32} "

    page = client_of(bench.custodian).post(reverse("intake:place_ad"), ad_form(bench, images=images), follow=True)

    ad = Ad.objects.get()
    assert ad.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert ad.image_sha256s == ["ab" * 32, "cd" * 32]
    assert f"Text kept as evidence, {len(TEXT)} characters" in text_of(page)
    assert TEXT not in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("withdrawn_at", "2021-10-05T13:00", "An ad is withdrawn after it is placed."),
        ("placed_at", "2021-11-05T13:00", "The campaign runs from Oct 1, 2021 to Oct 31, 2021."),
        ("images", "not a digest", "A SHA-256 is 64 digits"),
        ("portrayed_age", "0", "greater than or equal to 1"),
        ("approved_by", "", "This field is required."),
    ],
)
def test_an_ad_that_breaks_a_rule_says_so_beside_the_field(field: str, value: str, sentence: str) -> None:
    bench = made.bench()
    said = {field: value, **({"withdrawn_at": ""} if field == "placed_at" else {})}

    page = client_of(bench.custodian).post(reverse("intake:place_ad"), ad_form(bench, **said))

    assert sentence in " ".join(page.context["form"].errors[field])
    assert TEXT in text_of(page)  # nothing typed is lost
    assert not Ad.objects.exists()


def test_a_line_runs_one_ad_at_a_time() -> None:
    bench = made.bench()
    bench.ad()

    page = client_of(bench.custodian).post(reverse("intake:place_ad"), ad_form(bench, placed_at="2021-10-06T10:00"))

    assert "Ad 1 is live on Line A in that time" in text_of(page)


def test_an_ad_is_withdrawn() -> None:
    bench = made.bench()
    ad = bench.ad(withdrawn_at=None)
    client = client_of(bench.custodian)
    url = reverse("intake:withdraw_ad", args=[ad.pk])

    live = text_of(client.get(reverse("intake:ad", args=[ad.pk])))
    early = client.post(url, {"withdraw-withdrawn_at": "2021-10-01T10:00"})
    done = client.post(url, {"withdraw-withdrawn_at": "2021-10-07T02:00"}, follow=True)

    assert "It still runs" in live
    assert "An ad is withdrawn after it is placed." in text_of(early)
    assert "Answers belong to the ad for 72 hours more." in text_of(done)


def test_the_times_of_an_ad_are_corrected_and_its_responses_follow() -> None:
    bench = made.bench()
    ad = bench.ad()
    bench.read(made.backup(made.sms(made.number(1), made.after(1)), made.sms(made.number(2), made.after(20))))
    client = client_of(bench.custodian)
    url = reverse("intake:correct_ad", args=[ad.pk])
    told = {"times-placed_at": "2021-10-06T00:00", "times-withdrawn_at": "2021-10-07T02:00"}

    bare = client.post(url, {**told, "times-reason": ""})
    done = client.post(url, {**told, "times-reason": "the clock of the site was read wrong"}, follow=True)

    assert "This is needed." in text_of(bare)
    assert "The times are corrected" in text_of(done)
    assert Response.objects.counting().count() == 1
    listed = text_of(client.get(reverse("intake:responses")))
    assert "Outside the ad's time" in listed.replace("&#x27;", "'")
