"""The pages of results, as each role sees them."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.intake.models import Response, SourcePlace
from hotspots.results.models import Figure
from hotspots.web.walk import SALT, TRAIL
from tests import build as people
from tests import build_results as build
from tests.build_results import World
from tests.results.opening import counted_world, frozen, page, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

COUNTYWIDE = (Role.COORDINATOR, Role.PUBLISHER, Role.PROSECUTOR, Role.AUDITOR)


@pytest.fixture
def here() -> World:
    """Give a campaign with responses, a citation and a firearm arrest."""
    return counted_world()


@pytest.mark.parametrize("role", COUNTYWIDE)
def test_the_results_page_shows_live_and_frozen_side_by_side(here: World, role: Role) -> None:
    frozen(here)

    text = page(signed_in(role, here), "results", here.campaign.pk)

    assert "Live now 3, the same" in text
    assert "Units are never added together" in text
    assert "Persons cited or arrested on the seller" in text
    assert "no longer match" not in text


def test_only_those_who_may_freeze_see_the_form(here: World) -> None:
    for role in COUNTYWIDE:
        text = page(signed_in(role, here), "results", here.campaign.pk)
        assert ("Freeze the chosen figures" in text) is (role in (Role.COORDINATOR, Role.PUBLISHER))


def test_a_changed_record_raises_an_alert_that_leads_to_it(here: World) -> None:
    figure = frozen(here)
    gone = Response.objects.filter(dismissal_reason="").first()
    assert gone is not None
    Response.objects.filter(pk=gone.pk).update(
        dismissal_reason="officer", dismissed_by=here.officer, dismissed_at=people.NOON
    )
    client = signed_in(Role.COORDINATOR, here)

    results = page(client, "results", here.campaign.pk)
    shown = page(client, "figure", figure.pk)

    assert "One frozen figure no longer matches the records" in results
    assert "would now be 2 responses to decoy ads" in results
    assert f"/figures/{figure.pk}#changed" in results
    assert "would now be 2" in shown
    assert gone.reference in shown
    assert "dismissed on" in shown
    changed = client.get(reverse("results:figure", args=[figure.pk])).context["changed"]
    _user, passed = signing.loads(parse_qs(urlsplit(changed[0]["url"]).query)[TRAIL][0], salt=SALT)
    assert "3, frozen" in [value for _step, value, _url in passed]


def test_the_figure_page_says_what_it_counts_and_what_it_leaves_out(here: World) -> None:
    figure = frozen(here)

    text = page(signed_in(Role.COORDINATOR, here), "figure", figure.pk)

    assert "3 responses to decoy ads" in text
    assert "3, frozen" in text
    assert bytes(figure.root).hex() in text.replace(" ", "")
    assert "Spam" in text
    assert "Closed to your role" not in text
    place = SourcePlace.objects.filter(message__in=Response.objects.values("first_message")).first()
    assert place is not None
    assert f"{place.offset_bytes:,} + 267" in text


def test_a_referred_response_leaves_the_page_without_a_trace(here: World) -> None:
    figure = frozen(here)
    row = Response.objects.filter(dismissal_reason="").first()
    assert row is not None
    build.restrict(row.contact_point)

    text = page(signed_in(Role.COORDINATOR, here), "figure", figure.pk)

    assert row.reference not in text
    assert "referred" not in text.lower()


def test_an_auditor_reads_references_and_no_numbers(here: World) -> None:
    figure = frozen(here)
    row = Response.objects.filter(dismissal_reason="").first()
    assert row is not None

    text = page(signed_in(Role.AUDITOR, here), "figure", figure.pk)

    assert row.reference in text
    assert "Contact point</" not in text
    assert "Closed to auditors" in text
    assert f"/responses/{row.pk}" not in text


def test_a_publisher_sees_the_figure_and_no_rows(here: World) -> None:
    figure = frozen(here)

    text = page(signed_in(Role.PUBLISHER, here), "figure", figure.pk)

    assert "No row that you can see" in text
    assert "Closed to your role" in text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OPERATION_LEAD, Role.CUSTODIAN, Role.LIAISON])
def test_people_of_an_agency_see_the_live_values_of_their_operations_alone(here: World, role: Role) -> None:
    other = build.operation(here.campaign, here.campaign.lead, number=2, night_on=date(2021, 10, 8))
    build.citation(here, operation=other, night_on=date(2021, 10, 8))
    figure = frozen(here)
    client = signed_in(role, here, of=here.agency)

    text = page(client, "results", here.campaign.pk)

    assert "Operation 1, Poplar Avenue" in text
    assert "Operation 2" not in text
    assert client.get(reverse("results:figure", args=[figure.pk])).status_code == 404
    assert client.get(reverse("results:measure_rows", args=[here.campaign.pk, "responses_to_ads"])).status_code == 404
    assert client.get(reverse("results:download", args=[here.campaign.pk])).status_code == 404


def test_an_agency_drills_into_its_own_operation(here: World) -> None:
    client = signed_in(Role.OPERATION_LEAD, here, of=here.agency)

    text = page(client, "measure_rows", here.campaign.pk, "responses_to_ads", query=f"?operation={here.operation.pk}")

    assert "3 responses to decoy ads" in text


@pytest.mark.parametrize("role", [Role.COALITION_MEMBER, Role.ADVOCATE_LIAISON, Role.ADMINISTRATOR])
def test_others_find_no_results_page(here: World, role: Role) -> None:
    answer = signed_in(role, here).get(reverse("results:results", args=[here.campaign.pk]))

    assert answer.status_code == 404


def test_rows_of_a_live_value_lead_down(here: World) -> None:
    client = signed_in(Role.COORDINATOR, here)

    text = page(client, "measure_rows", here.campaign.pk, "responses_to_ads")

    assert "3, live" in text
    assert "trail=" in text


KINDS = (
    "citations_for_soliciting",
    "arrests.firearm",
    "withheld_contacts",
    "operations_held",
    "agencies_taking_part",
    "seller_side_arrests",
    "persons_charged.pandering",
    "outcomes.submitted",
    "investigations_opened.pimping_and_pandering",
)


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_of_row_has_its_page(here: World, key: str) -> None:
    build.message(here, build.local(10, 6, 3))
    build.citation(here, "PC 647(b)(1)")
    build.investigation(here)
    build.charge(build.matter(here, build.arrest(here, "PC 266i(a)(1)")), "PC 266i(a)(1)")
    client = signed_in(Role.COORDINATOR, here)

    text = page(client, "measure_rows", here.campaign.pk, key)
    sheet = client.get(reverse("results:measure_rows", args=[here.campaign.pk, key]) + "?format=csv")

    assert "No row that you can see" not in text
    assert len(b"".join(sheet.streaming_content).splitlines()) > 1  # type: ignore[attr-defined]


def test_figures_are_frozen_from_the_page_and_a_mistake_loses_nothing(here: World) -> None:
    client, url = signed_in(Role.COORDINATOR, here), reverse("results:freeze", args=[here.campaign.pk])

    wrong = client.post(url, {"measures": ["arrests.firearm"], "data_as_of_on": "2021-09-01"})
    right = client.post(url, {"measures": ["arrests.firearm", "responses_to_ads"], "data_as_of_on": "2021-11-05"})

    assert wrong.status_code == 422
    assert "The campaign had not begun on that day" in wrong.content.decode()
    assert 'value="2021-09-01"' in wrong.content.decode()
    assert right.status_code == 302
    assert Figure.objects.count() == 2


def test_the_download_holds_values_and_dates_and_never_rows(here: World) -> None:
    frozen(here)
    answer = signed_in(Role.PUBLISHER, here).get(reverse("results:download", args=[here.campaign.pk]))

    sheet = answer.content.decode()
    assert "responses_to_ads" in sheet
    assert "2021-11-05" in sheet
    assert all(row.reference not in sheet for row in Response.objects.all())


def test_the_proof_says_whole_and_what_differs(here: World) -> None:
    figure, client = frozen(here), signed_in(Role.AUDITOR, here)
    before = page(client, "proof", figure.pk)
    build.response(here)

    after = page(client, "proof", figure.pk)

    assert "Whole: the records of today give the same root" in before
    assert "Whole. The records have changed since" in after


def test_the_measures_are_explained_to_everybody_who_is_signed_in(here: World) -> None:
    text = page(signed_in(Role.COALITION_MEMBER, here), "measures")

    assert "responses_to_ads" in text
    assert "It is not a person" in text


def test_the_counts_of_an_earlier_day_can_be_asked_for(here: World) -> None:
    client = signed_in(Role.COORDINATOR, here)

    assert "Oct 4, 2021" in page(client, "results", here.campaign.pk, query="?as_of=2021-10-04")
    assert client.get(reverse("results:results", args=[here.campaign.pk]) + "?as_of=x").status_code == 422
