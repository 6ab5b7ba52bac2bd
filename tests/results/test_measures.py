"""Each measure gives a known answer, and leaves out what it says it leaves out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hotspots.access.rules import RestrictionKind
from hotspots.intake.rules.states import ReadingState
from hotspots.operations.models import Partner
from hotspots.results.measures import all_measures, measure_of
from hotspots.results.queries.live import live_results, results_document
from tests import build_results as build
from tests.build_results import World, local
from tests.results.counting import AS_OF, parts, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    """Give a campaign of October 2021."""
    return build.world()


def test_a_campaign_without_records_counts_nothing(here: World) -> None:
    counted = results_document(here.campaign, data_as_of_on=AS_OF)

    assert counted.pop("operations_held") == 1
    assert counted.pop("agencies_taking_part") == 2
    assert set(counted.values()) == {0}


def test_the_keys_that_others_build_on_are_there() -> None:
    keys = {measure.key for measure in all_measures()}

    assert keys >= {
        "responses_to_ads",
        "citations_for_soliciting",
        "persons_charged.trafficking_of_a_minor",
        "persons_charged.pandering",
        "investigations_opened.pimping_and_pandering",
        "arrests.firearm",
        "withheld_contacts",
        "distinct_contact_points",
        "seller_side_arrests",
    }


def test_every_measure_says_what_it_counts_and_what_it_leaves_out() -> None:
    for measure in all_measures():
        said = (measure.label, measure.unit, measure.unit_note, measure.population, measure.definition, measure.period)
        assert all(str(text) for text in said), measure.key
        assert measure.not_counted, measure.key


def test_the_buyer_side_is_never_shown_without_the_seller_side() -> None:
    assert "seller_side_arrests" in measure_of("citations_for_soliciting").beside


def test_responses_count_pairs_and_not_messages(here: World) -> None:
    contact = build.contact_point()
    build.response(here, contact=contact)
    build.message(here, local(10, 6, 21), contact=contact)
    second = build.ad(here.campaign, here.line, here.officer, number=2, operation=None, placed_at=local(10, 14, 15))
    build.response(here, local(10, 15), contact=contact, to=second)

    assert value(here, "responses_to_ads") == 2
    assert value(here, "distinct_contact_points") == 1


@pytest.mark.parametrize("reason", ["spam", "wrong_number", "advertiser", "officer", "no_words"])
def test_a_dismissed_response_is_known_and_not_counted(here: World, reason: str) -> None:
    build.response(here)
    build.response(here, dismissed=reason)

    assert value(here, "responses_to_ads") == 1
    found = parts(here, "responses_to_ads")
    assert found["pairs_known"] == 2
    assert found[f"dismissed.{reason}"] == 1


def test_a_dismissal_counts_whenever_it_was_made(here: World) -> None:
    build.response(here, dismissed="spam")  # on October 20

    assert value(here, "responses_to_ads", data_as_of_on=date(2021, 10, 10)) == 0


@pytest.mark.parametrize("kind", [RestrictionKind.REFERRED, RestrictionKind.SEALED, RestrictionKind.PROTECTED])
@pytest.mark.parametrize("of_contact", [True, False])
def test_no_total_contains_or_lets_one_compute_what_was_referred(
    here: World, kind: RestrictionKind, of_contact: bool
) -> None:
    build.response(here)
    hidden = build.response(here)
    build.restrict(hidden.contact_point if of_contact else hidden, kind)

    assert value(here, "responses_to_ads") == 1
    assert value(here, "distinct_contact_points") == 1
    assert parts(here, "responses_to_ads")["pairs_known"] == 1
    assert "outside_period" not in parts(here, "responses_to_ads")


def test_a_hold_hides_nothing(here: World) -> None:
    build.restrict(build.response(here), RestrictionKind.HELD)

    assert value(here, "responses_to_ads") == 1


def test_what_was_read_from_a_file_that_is_not_finished_is_not_counted(here: World) -> None:
    half = build.reading(here.line, state=ReadingState.WAITING)
    build.response(here, read=half)
    build.message(here, local(10, 6), read=half)

    assert value(here, "responses_to_ads") == 0
    assert value(here, "withheld_contacts") == 0
    assert parts(here, "responses_to_ads")["pairs_known"] == 0


def test_a_response_is_dated_by_the_county_clock(here: World) -> None:
    build.response(here, local(10, 31, 23, 59))
    build.response(here, local(11, 1, 0, 1))
    build.response(here, local(9, 30, 23, 59))

    assert value(here, "responses_to_ads") == 1
    assert parts(here, "responses_to_ads")["outside_period"] == 2


def test_a_pair_whose_answers_all_lie_outside_the_ads_time_is_not_known(here: World) -> None:
    late = build.response(here)
    type(late).objects.filter(pk=late.pk).update(is_outside=True)

    assert value(here, "responses_to_ads") == 0
    assert parts(here, "responses_to_ads")["pairs_known"] == 0


def test_data_as_of_counts_by_the_date_of_the_fact_and_never_by_its_entry(here: World) -> None:
    build.response(here, local(10, 6))
    build.response(here, local(10, 7))

    assert value(here, "responses_to_ads", data_as_of_on=date(2021, 10, 6)) == 1
    assert value(here, "responses_to_ads", data_as_of_on=date(2021, 10, 7)) == 2


def test_withheld_contacts_are_counted_apart_and_only_in_the_time_of_an_ad(here: World) -> None:
    ends_at = here.ad.withdrawn_at + timedelta(hours=72)
    build.message(here, local(10, 6))
    build.message(here, ends_at - timedelta(minutes=1))
    build.message(here, ends_at + timedelta(minutes=1))
    build.message(here, here.ad.placed_at - timedelta(minutes=1))

    assert value(here, "withheld_contacts") == 2
    assert value(here, "responses_to_ads") == 0


def test_an_agency_counts_once_however_often_it_took_part(here: World) -> None:
    second = build.operation(here.campaign, here.partner, number=2, night_on=date(2021, 10, 8))
    Partner.objects.create(operation=second, organization=here.agency)

    assert value(here, "operations_held") == 2
    assert value(here, "agencies_taking_part") == 2
    assert value(here, "operations_held", organization=here.partner) == 2
    assert value(here, "agencies_taking_part", operation=second) == 2


def test_values_are_given_by_operation_and_by_agency(here: World) -> None:
    other = build.operation(here.campaign, here.partner, number=2, night_on=date(2021, 10, 8))
    build.response(here)
    build.citation(here)
    build.citation(here, operation=other, credited=here.partner, night_on=date(2021, 10, 8))

    assert value(here, "citations_for_soliciting") == 2
    assert value(here, "citations_for_soliciting", operation=other) == 1
    assert value(here, "citations_for_soliciting", organization=here.agency) == 1
    assert value(here, "responses_to_ads", operation=here.operation) == 1
    assert value(here, "responses_to_ads", organization=here.partner) == 0
    by_key = {live.key: live.value for live in live_results(here.campaign, operation=other, data_as_of_on=AS_OF)}
    assert by_key["citations_for_soliciting"] == 1


def test_another_campaign_is_not_counted(here: World) -> None:
    build.citation(here)
    here.campaign.pk = None
    other = type(here.campaign).objects.create(
        key="hot-spots-2020",
        name="4th annual",
        begins_on=date(2021, 10, 1),
        ends_on=date(2021, 10, 31),
        area_words="Alder County",
        lead=here.campaign.lead,
        opened_at=here.campaign.opened_at,
    )

    assert results_document(other, data_as_of_on=AS_OF)["citations_for_soliciting"] == 0
