"""A referral after a figure was frozen changes nothing that the figure says; the public page waits for a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from hotspots.access.rules import RestrictionKind, Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Response
from hotspots.results.queries.frozen import check_proof, would_now_be
from hotspots.results.queries.release_public import places_of
from hotspots.results.queries.rows import explain
from tests import build as people
from tests import build_releases as releases
from tests import build_results as build
from tests.build_results import World
from tests.results.opening import counted_world, frozen, page, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

HIDING = [RestrictionKind.REFERRED, RestrictionKind.SEALED, RestrictionKind.PROTECTED]


@pytest.fixture
def here() -> World:
    """Give a campaign with responses, a citation and a firearm arrest."""
    return counted_world()


def counted_response() -> Response:
    """Give a response that is counted."""
    row = Response.objects.filter(dismissal_reason="").first()
    assert row is not None
    return row


@pytest.mark.parametrize("kind", HIDING)
@pytest.mark.parametrize("of_contact", [True, False])
def test_a_row_that_is_hidden_after_freezing_counts_as_still_there(
    here: World, kind: RestrictionKind, of_contact: bool
) -> None:
    figure, row = frozen(here), counted_response()

    build.restrict(row.contact_point if of_contact else row, kind)

    now = would_now_be(figure)
    assert now is not None
    assert (now.value, now.is_same) == (figure.value, True)
    assert check_proof(figure).is_same_now


def test_a_person_who_is_hidden_after_freezing_counts_as_still_there(here: World) -> None:
    sold = build.citation(here, "PC 647(b)(1)")
    charge = build.charge(build.matter(here, build.arrest(here, "PC 266i(a)(1)")), "PC 266i(a)(1)")
    figures = [frozen(here, "seller_side_arrests"), frozen(here, "persons_charged.pandering")]

    build.restrict(sold.subject)
    build.restrict(charge.subject)

    found = [would_now_be(figure) for figure in figures]
    assert [(now.value, now.is_same) for now in found if now] == [(1, True), (1, True)]


def test_a_row_that_was_hidden_when_it_was_frozen_stays_out(here: World) -> None:
    build.restrict(counted_response().contact_point)

    figure = frozen(here)

    now = would_now_be(figure)
    assert now is not None
    assert (figure.value, now.value, now.is_same) == (2, 2, True)


def test_a_dismissal_still_shows_beside_a_referral(here: World) -> None:
    figure = frozen(here)
    referred, dismissed = Response.objects.filter(dismissal_reason="")[:2]

    build.restrict(referred.contact_point)
    Response.objects.filter(pk=dismissed.pk).update(
        dismissal_reason="officer", dismissed_by=here.officer, dismissed_at=people.NOON
    )

    text = page(signed_in(Role.COORDINATOR, here), "figure", figure.pk)
    assert "would now be 2" in text
    assert dismissed.reference in text
    assert referred.reference not in text


def test_no_page_of_a_frozen_figure_tells_that_somebody_was_referred(here: World) -> None:
    figure, row, client = frozen(here), counted_response(), signed_in(Role.COORDINATOR, here)
    sheet = reverse("results:download", args=[here.campaign.pk])

    build.restrict(row.contact_point)

    shown = page(client, "figure", figure.pk)
    assert "would now be" not in shown
    assert "What changed since" not in shown
    assert "not open to your role" not in shown
    assert "The 2 rows" not in shown
    assert "The 3 rows" not in shown
    assert "The records have changed since" not in page(client, "proof", figure.pk)
    assert "no longer match" not in page(client, "results", here.campaign.pk)
    line = next(one for one in client.get(sheet).content.decode().splitlines() if ",responses_to_ads," in one)
    assert ",2021-11-05," in line
    assert line.split(",2021-11-05,", 1)[1].split(",")[1] == "3"


def test_an_auditor_reads_the_reference_of_who_was_charged(here: World) -> None:
    made = build.charge(build.matter(here, build.arrest(here, "PC 266i(a)(1)")), "PC 266i(a)(1)")
    key = "persons_charged.pandering"

    by_auditor = page(signed_in(Role.AUDITOR, here), "measure_rows", here.campaign.pk, key)
    by_prosecutor = page(signed_in(Role.PROSECUTOR, here), "measure_rows", here.campaign.pk, key)

    assert made.subject.title not in by_auditor
    assert made.subject.reference in by_auditor
    assert made.subject.title in by_prosecutor


def test_the_step_below_a_case_does_not_tell_of_a_response_that_is_hidden(here: World) -> None:
    row = counted_response()
    build.arrest(here, "PC 266i(a)(1)", response=row)
    key = "arrests.pimping_and_pandering"
    url = [here.campaign.pk, key]
    client = signed_in(Role.COORDINATOR, here)
    before = page(client, "measure_rows", *url)

    build.restrict(row)

    assert "See the response" in before
    assert "See the response" not in page(client, "measure_rows", *url)


def test_rows_are_explained_by_the_countys_date(here: World) -> None:
    late = build.citation(here, occurred_at=datetime(2021, 10, 7, 5, 30, tzinfo=UTC))  # 22:30 on October 6
    coordinator = people.actor("coordinator", Role.COORDINATOR, of=here.campaign.lead)

    found = {row.reference: row.happened_on for row in explain(coordinator, here.campaign, "citations_for_soliciting")}

    assert found[late.reference] == "2021-10-06"


def _operation(here: releases.Press, number: int, **given: Any) -> Any:
    made = build.operation(here.campaign, here.campaign.lead, number=number, night_on=date(2021, 10, 6))
    type(made).objects.filter(pk=made.pk).update(**given)
    return made


def test_the_public_page_shows_places_of_what_was_recorded_before_the_release_went_out() -> None:
    here = releases.press()
    early = {"recorded_at": people.NOON}
    _operation(here, 1, place_name="Alder City", **early)
    _operation(here, 2, place_name="Millbrook", night_on=date(2021, 11, 6), **early)  # after the data-as-of day
    build.restrict(_operation(here, 3, place_name="Port Linden", **early))
    version = releases.published(here)
    assert version.published_at is not None
    _operation(here, 4, place_name="Cedar Flat", recorded_at=releases.in_days(1))

    assert [place.name for place in places_of(here.campaign)] == ["Alder City"]
    assert Entry.objects.filter(action="results.publish_release").exists()
