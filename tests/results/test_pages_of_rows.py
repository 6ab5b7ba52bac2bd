"""The rows behind a figure: marked, found, logged, and read in few queries."""

from __future__ import annotations

from typing import Any

import pytest

from hotspots.access.rules import Role
from hotspots.audit.models import Entry, Reference
from hotspots.intake.models import Response
from tests import build_results as build
from tests.build_results import World
from tests.results.opening import counted_world, frozen, page, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> World:
    """Give a campaign with responses, a citation and a firearm arrest."""
    return counted_world()


def test_a_page_of_numbers_writes_one_entry_with_all_references(here: World) -> None:
    figure, client = frozen(here), signed_in(Role.COORDINATOR, here)
    shown = Response.objects.filter(dismissal_reason="")

    page(client, "figure", figure.pk)

    entry = Entry.objects.get(action="intake.show_contacts")
    told = set(Reference.objects.filter(entry=entry).values_list("record_id", flat=True))
    assert told == set(shown.values_list("contact_point_id", flat=True))


def test_the_row_that_one_came_from_is_marked(here: World) -> None:
    figure, row = frozen(here), Response.objects.filter(dismissal_reason="").last()
    assert row is not None

    text = page(signed_in(Role.COORDINATOR, here), "figure", figure.pk, query=f"?at={row.pk}")

    assert 'class="is-marked"' in text
    assert f"{row.reference}, first contact" in text


def test_a_response_is_found_by_its_reference(here: World) -> None:
    figure = frozen(here)
    row, other = Response.objects.filter(dismissal_reason="")[:2]

    text = page(signed_in(Role.COORDINATOR, here), "figure", figure.pk, query=f"?found={row.reference}")

    assert f">{row.reference}<" in text
    assert f">{other.reference}<" not in text


@pytest.mark.parametrize(
    ("name", "most"), [("results", 60), ("figure", 24), ("measure_rows", 25), ("proof", 6), ("measures", 4)]
)
def test_the_queries_of_a_page_do_not_grow_with_its_rows(
    here: World, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(60):
        build.response(here)
        build.citation(here)
    figure, client = frozen(here), signed_in(Role.COORDINATOR, here)
    given = {"results": [here.campaign.pk], "measure_rows": [here.campaign.pk, "responses_to_ads"], "measures": []}
    page(client, name, *given.get(name, [figure.pk]))

    with django_assert_max_num_queries(most):
        page(client, name, *given.get(name, [figure.pk]))
