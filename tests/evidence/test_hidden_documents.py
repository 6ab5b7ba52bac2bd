"""The document of a record that a referral or a seal hides leaves with it."""

from __future__ import annotations

import pytest

from hotspots.access.actor import actor_of
from hotspots.access.models import Restriction
from hotspots.access.rules import RestrictionKind, Role
from hotspots.cases.models import Citation
from hotspots.evidence.actions import ItemFacts, ReplaceFacts, log_item, replace_item
from hotspots.evidence.models import Item, Transfer
from hotspots.evidence.queries import known_item
from tests import build
from tests import build_intake as intake
from tests import build_results as results
from tests.build_pages import client_of, item, text_of
from tests.build_results import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> World:
    """Give a campaign with one night."""
    return results.world()


@pytest.fixture
def bench(here: World) -> intake.Bench:
    """Give its agency a custodian, and a line of its own."""
    custodian = build.person("custodian", Role.CUSTODIAN, of=here.agency)
    made = intake.Bench(owner=here.agency, custodian_user=custodian, campaign=here.campaign, line=here.line)
    made.line = intake.open_line(made, "B", "209-555-0105")
    return made


def citation(here: World, document: Item) -> Citation:
    """Make a citation that a response led to, with its document."""
    return results.citation(here, response=results.response(here), document=document)


@pytest.mark.parametrize("kind", [RestrictionKind.REFERRED, RestrictionKind.SEALED])
@pytest.mark.parametrize("path", ["response.contact_point", "response", "subject", ""])
def test_the_document_of_a_hidden_record_is_hidden(
    here: World, bench: intake.Bench, kind: RestrictionKind, path: str
) -> None:
    scan, other = item(bench, b"a scan"), item(bench, b"another")
    hidden: object = citation(here, scan)
    for step in filter(None, path.split(".")):
        hidden = getattr(hidden, step)
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    assert Item.objects.visible_to(coordinator).count() == 2

    results.restrict(hidden, kind)

    for actor in (coordinator, bench.custodian):
        assert list(Item.objects.visible_to(actor)) == [other]
        assert [step.item_id for step in Transfer.objects.visible_to(actor)] == [other.pk]
        assert known_item(actor, scan.sha256) is None
    assert client_of(bench.custodian).get(f"/evidence/{scan.pk}").status_code == 404


def test_what_has_the_same_bytes_or_was_replaced_by_it_leaves_too(here: World, bench: intake.Bench) -> None:
    cut, scan, copy = item(bench, b"cut"), item(bench, b"a scan"), item(bench, b"a scan", "copy.pdf")
    replace_item(by=bench.custodian, item=cut, replacement=scan, facts=ReplaceFacts("the first copy was cut off"))
    made = citation(here, scan)
    assert copy in Item.objects.visible_to(bench.custodian)

    results.restrict(made.response.contact_point)

    assert not Item.objects.visible_to(bench.custodian).exists()


def test_a_sheet_of_paper_comes_back_when_the_restriction_is_lifted(here: World, bench: intake.Bench) -> None:
    facts = ItemFacts(intake.ARRIVED, "desk officer", "a citation on paper", "004417")
    sheet = log_item(by=bench.custodian, owner=bench.owner, facts=facts)
    made = citation(here, sheet)

    results.restrict(made.response.contact_point)
    while_hidden = list(Item.objects.visible_to(bench.custodian))
    Restriction.objects.update(lifted_at=build.NOON)

    assert while_hidden == []
    assert list(Item.objects.visible_to(bench.custodian)) == [sheet]


def test_a_phone_export_stays_whatever_names_it(here: World, bench: intake.Bench) -> None:
    export = bench.receive(b"<smses></smses>")
    made = citation(here, export.item)

    results.restrict(made.response.contact_point)

    assert list(Item.objects.visible_to(bench.custodian)) == [export.item]


def test_the_page_of_a_record_in_sight_does_not_name_it(here: World, bench: intake.Bench) -> None:
    scan = item(bench, b"a scan", "LP-21-00418.pdf")
    made, other = citation(here, scan), results.citation(here, document=scan)

    results.restrict(made.response.contact_point)

    coordinator = actor_of(build.person("coordinator", Role.COORDINATOR))
    page = client_of(coordinator).get(f"/citations/{other.pk}")
    assert page.status_code == 200
    assert scan.sha256[:4] not in text_of(page)
