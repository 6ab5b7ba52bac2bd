"""The document of a record that a referral or a seal hides leaves with it."""

from __future__ import annotations

import importlib
import uuid
from itertools import pairwise

import pytest
from django.apps import apps

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


def replace(bench: intake.Bench, *items: Item) -> None:
    """Replace each item by the next."""
    for old, new in pairwise(items):
        replace_item(by=bench.custodian, item=old, replacement=new, facts=ReplaceFacts("a better scan has come"))


@pytest.mark.parametrize("named", [0, 1, 2, 3])
def test_every_scan_that_was_replaced_or_replaces_it_leaves_too(here: World, bench: intake.Bench, named: int) -> None:
    scans = [item(bench, content) for content in (b"first", b"second", b"third", b"fourth")]
    replace(bench, *scans)
    other = item(bench, b"of another sheet")
    made = citation(here, scans[named])

    results.restrict(made.response.contact_point)

    assert list(Item.objects.visible_to(bench.custodian)) == [other]


@pytest.mark.parametrize("is_copied_before", [True, False])
def test_what_was_replaced_by_a_copy_of_it_leaves_too(here: World, bench: intake.Bench, is_copied_before: bool) -> None:
    first = item(bench, b"first")
    copy = item(bench, b"a scan", "copy.pdf") if is_copied_before else None
    scan = item(bench, b"a scan")
    replace(bench, first, copy or item(bench, b"a scan", "copy.pdf"))
    made = citation(here, scan)

    results.restrict(made.response.contact_point)

    assert not Item.objects.visible_to(bench.custodian).exists()


def test_chains_that_were_joined_late_leave_together(here: World, bench: intake.Bench) -> None:
    scans = [item(bench, content) for content in (b"first", b"second", b"third", b"fourth")]
    replace(bench, *scans[:2])
    replace(bench, *scans[2:])
    replace(bench, scans[1], scans[3])
    made = citation(here, scans[0])

    results.restrict(made.response.contact_point)

    assert not Item.objects.visible_to(bench.custodian).exists()


def test_items_from_before_lineages_are_given_theirs(here: World, bench: intake.Bench) -> None:
    scans = [item(bench, content) for content in (b"first", b"second", b"third", b"third", b"other")]
    replace(bench, *scans[:3])
    for scan in scans:
        Item.objects.filter(pk=scan.pk).update(lineage=uuid.uuid4())

    importlib.import_module("hotspots.evidence.migrations.0005_lineage").name_lineages(apps, None)

    lineages = [Item.objects.get(pk=scan.pk).lineage for scan in scans]
    assert len(set(lineages[:4])) == 1
    assert lineages[4] not in lineages[:4]


def test_a_page_does_not_name_what_stands_in_its_place_where_that_is_hidden(here: World, bench: intake.Bench) -> None:
    export, scan = bench.receive(b"<smses></smses>"), item(bench, b"a scan", "LP-21-00418.pdf")
    replace(bench, export.item, scan)
    made, browser = citation(here, scan), client_of(bench.custodian)
    pages = [f"/evidence/{export.item_id}", f"/exports/{export.pk}"]
    named = text_of(browser.get(pages[0]))

    results.restrict(made.response.contact_point)

    assert "LP-21-00418.pdf" in named
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "LP-21-00418.pdf" not in text_of(answer)
        assert str(scan.pk) not in answer.content.decode()
        assert "in its place" not in text_of(answer)


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
