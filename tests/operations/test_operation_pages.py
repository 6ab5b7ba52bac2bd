"""The pages of campaigns and operations, as a browser asks for them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind, Role
from hotspots.operations.models import Campaign, Operation
from tests import build, build_operations

pytestmark = pytest.mark.django_db(transaction=True)

FORM = {
    "kinds": ["street"],
    "night_on": "2021-10-06",
    "place_words": "Poplar Avenue, Alder City",
    "place_name": "Alder City",
    "began_at": "2021-10-06T19:00",
    "ended_at": "2021-10-07T01:00",
    "note": "Ended early.",
}


@pytest.fixture(autouse=True)
def _county() -> None:
    build.county()


def signed_in(person: User) -> Client:
    """Give a browser in which the person is signed in."""
    client = Client()
    build.sign_in(client, person)
    return client


def sheriff() -> Organization:
    """Give the sheriff's office."""
    return build.organization("Alder County Sheriff's Office", OrganizationKind.SHERIFF)


def coordinator() -> Client:
    """Give a coordinator's browser."""
    return signed_in(build.person("coordinator", Role.COORDINATOR, of=build_operations.prosecutor()))


def test_a_coordinator_opens_a_campaign_with_the_form() -> None:
    client = coordinator()
    said = {"name": "Hot Spots 2021", "ordinal": "5", "begins_on": "2021-10-01", "ends_on": "2021-10-31"}
    said |= {"area_words": "All", "key": "hot-spots-2021", "lead": build_operations.prosecutor().pk}

    answer = client.post("/campaigns/open", said, follow=True)

    campaign = Campaign.objects.get()
    assert answer.redirect_chain == [(f"/campaigns/{campaign.pk}", 302)]
    assert "The campaign is open." in answer.text


def test_every_error_stands_beside_its_field_and_nothing_typed_is_lost() -> None:
    client, campaign = coordinator(), build_operations.campaign()
    url = f"/campaigns/{campaign.pk}/operations/record"
    lead = build.organization()

    empty = client.post(url, {"note": "Kept"})
    broken = client.post(url, {**FORM, "lead": lead.pk, "night_on": "2021-09-30", "partners": [sheriff().pk]})

    assert empty.status_code == broken.status_code == 422
    assert empty.text.count("usa-error-message") == 5
    assert "Kept</textarea>" in empty.text
    assert "This night lies outside the dates of the campaign." in broken.context["form"].errors["night_on"]
    assert 'value="2021-09-30"' in broken.text
    assert broken.text.count("checked") == 2
    assert "Ended early.</textarea>" in broken.text


def test_a_lead_records_an_operation_and_is_offered_no_other_agency_as_lead() -> None:
    client, campaign = signed_in(build.person("lead", Role.OPERATION_LEAD)), build_operations.campaign()
    url = f"/campaigns/{campaign.pk}/operations/record"
    sheriff()

    offered = client.get(url).context["form"].fields["lead"].queryset
    refused = client.post(url, {**FORM, "lead": sheriff().pk})
    answer = client.post(url, {**FORM, "lead": build.organization().pk, "partners": [sheriff().pk]}, follow=True)

    assert list(offered) == [build.organization()]
    assert refused.status_code == 422
    assert "Entered afterwards" in answer.text
    assert "Oct 6, 2021, 19:00" in answer.text
    assert Operation.objects.get().partners.get().organization == sheriff()


def test_a_correction_begins_with_what_is_recorded() -> None:
    client = coordinator()
    operation = build_operations.operation(partners=(sheriff(),))
    url = f"/operations/{operation.pk}/correct"
    form = client.get(url).context["form"]

    said = {**FORM, "lead": operation.lead_id, "partners": [sheriff().pk], "reason": "The times were missing"}
    answer = client.post(url, said, follow=True)

    assert form.initial["partners"] == [sheriff().pk]
    assert answer.redirect_chain == [(f"/operations/{operation.pk}", 302)]
    assert "Oct 7, 2021, 01:00" in answer.text


def test_an_operation_of_other_agencies_has_no_page_for_an_officer() -> None:
    operation = build_operations.operation()
    client = signed_in(build.person("officer", Role.OFFICER, of=sheriff()))

    assert client.get(f"/operations/{operation.pk}").status_code == 404
    assert "Poplar Avenue" not in client.get(f"/campaigns/{operation.campaign_id}").text


def test_the_list_narrows_by_agency_kind_campaign_and_place() -> None:
    client = coordinator()
    build_operations.operation()
    other = build_operations.operation(lead=sheriff(), place="Fern Hollow")
    other.kinds = ["online", "hotel"]
    other.save()

    for query in (f"agency={sheriff().pk}", "kind=hotel", "kind=online", "place=fern", f"campaign={other.campaign_id}"):
        rows = client.get(f"/operations?{query}").context["listing"].rows
        assert other in rows
        assert len(rows) == (2 if "campaign" in query else 1)
    assert client.get("/operations?kind=other").context["listing"].rows == []


def test_the_lists_export_what_they_show() -> None:
    client = coordinator()
    build_operations.operation(partners=(sheriff(),))

    lines = b"".join(client.get("/operations?format=csv")).decode().splitlines()

    assert lines[0] == "Place,Night,Kind,Lead,Partners,Campaign"
    assert lines[1].startswith('"Poplar Avenue, Alder City",2021-10-06,Street,')


@pytest.mark.parametrize("sort", ["place", "night", "lead", "campaign"])
def test_every_column_with_an_arrow_sorts(sort: str) -> None:
    client = coordinator()
    build_operations.operation()
    build_operations.operation(lead=sheriff(), place="Fern Hollow")

    up = client.get(f"/operations?sort={sort}").context["listing"].rows
    down = client.get(f"/operations?sort=-{sort}").context["listing"].rows

    assert up == down[::-1]


def test_an_empty_county_teaches_what_will_appear() -> None:
    client = coordinator()

    assert "Open a campaign" in client.get("/campaigns").text
    assert "No operation yet" in client.get("/operations").text


@pytest.mark.parametrize(
    ("name", "queries"),
    [("campaigns", 2), ("operations", 6), ("campaign", 4), ("campaign_operations", 6), ("operation", 3)],
)
def test_a_page_asks_as_many_queries_for_ten_rows_as_for_one(name: str, queries: int) -> None:
    client = coordinator()
    operation = build_operations.operation(partners=(sheriff(),))
    pk = {"campaign": operation.campaign_id, "campaign_operations": operation.campaign_id, "operation": operation.pk}
    url = reverse(f"operations:{name}", kwargs={"pk": pk[name]} if name in pk else None)

    count_queries(client, url)  # a process reads the county once
    first = count_queries(client, url)
    for _again in range(9):
        build_operations.operation(partners=(sheriff(), build_operations.prosecutor()))

    assert count_queries(client, url) == first
    assert first == queries + SHELL_QUERIES


# Session, person, grants, and the organization that the frame names.
SHELL_QUERIES = 4


def count_queries(client: Client, url: str) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
