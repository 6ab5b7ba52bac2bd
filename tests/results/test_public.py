"""What everybody may read: published versions at permanent addresses, without a script, and nothing else."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.weight import transferred_bytes
from hotspots.results.actions.correcting import NoteFacts, correct_release, retract_release
from hotspots.results.actions.inviting import InvitationFacts, make_preview_link
from hotspots.results.queries.release_public import PublishedFigure
from hotspots.results.queries.release_sheet import sheet_of
from tests import build_releases as releases
from tests import build_results
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC_BYTES = 100_000
WORD_PAGES = ("/help", "/refuses", "/measures/explained", "/accessibility", "/releases", "/")


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press(is_demonstration=True)


def read(client: Client, address: str) -> str:
    """Open a page that everybody may read."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_first_page_teaches_while_nothing_is_published(here: Press, client: Client) -> None:
    releases.approved(here)

    page = read(client, "/")

    assert "No results are published yet" in page
    assert "261" not in page
    assert "1-888-373-7888" in page


def test_the_first_page_shows_the_published_figures(here: Press, client: Client) -> None:
    releases.published(here)

    page = read(client, "/")

    assert [int(value) for value in re.findall(r'hs-fig__n">(\d+)<', page)] == [261, 22, 1, 1, 2, 2]
    assert "Responses to decoy ads" in page


def test_a_release_shows_its_numbers_with_a_note_each(here: Press, client: Client) -> None:
    version = releases.published(here)

    page = read(client, f"/releases/{version.release.slug}/1")

    assert re.search(r'<a class="hs-slot nowrap" href="#note-1" id="ref-1">261<sup>', page)
    assert ">One<sup>" in page
    assert ">two<sup>" in page
    assert page.count('<li id="note-') == 6
    assert "The District Attorney</footer>" in page


def test_a_release_tells_machines_what_it_is(here: Press, client: Client) -> None:
    version = releases.published(here)

    page = read(client, f"/releases/{version.release.slug}/1")

    assert 'itemtype="https://schema.org/NewsArticle"' in page
    assert f'property="og:title" content="{releases.TITLE}"' in page
    assert '<time datetime="2021-11-09" itemprop="datePublished">' in page
    assert f'rel="canonical" href="http://localhost:8000/releases/{version.release.slug}/1"' in page


@pytest.mark.parametrize("address", WORD_PAGES)
def test_a_public_page_has_no_script_and_no_cookie_and_says_that_it_is_a_demonstration(
    here: Press, client: Client, address: str
) -> None:
    releases.published(here)

    response = client.get(address)

    assert b"<script" not in response.content
    assert not response.cookies
    assert "Demonstration data" in response.content.decode()


def test_nothing_unpublished_can_be_reached(here: Press, client: Client) -> None:
    version = releases.approved(here)
    slug = version.release.slug

    addresses = [f"/releases/{slug}/1{ending}" for ending in ("", ".pdf", ".csv")]
    addresses += ["/results/hot-spots-2021", "/results/hot-spots-2021.csv", "/preview/abc"]

    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.get(f"/releases-desk/{version.release_id}").status_code == 302


def test_a_correction_is_in_the_open_and_the_first_version_keeps_its_address(here: Press, client: Client) -> None:
    first = releases.published(here)
    releases.corrected(here, first)

    old, new = (read(client, f"/releases/{first.release.slug}/{number}") for number in (1, 2))

    assert "Replaced by a correction of November 12, 2021" in old
    assert "State Parole" not in old
    assert "Corrected November 12, 2021" in new
    assert "One agency was left out of the list." in new
    assert f"/releases/{first.release.slug}/1" in new
    assert f"/releases/{first.release.slug}/2" in old


def test_an_open_correction_is_not_to_be_seen(here: Press, client: Client) -> None:
    first = releases.published(here)
    correct_release(by=here.writer, release=first.release, facts=NoteFacts("A secret for now."))

    assert "A secret for now." not in read(client, f"/releases/{first.release.slug}/1")
    assert client.get(f"/releases/{first.release.slug}/2").status_code == 404


def test_a_retraction_stands_on_top_of_what_it_withdraws(here: Press, client: Client) -> None:
    first = releases.published(here)
    notice = NoteFacts("The count was wrong.", date(2021, 11, 20))
    retract_release(by=here.second, release=first.release, facts=notice)

    old, new = (read(client, f"/releases/{first.release.slug}/{number}") for number in (1, 2))

    for page in (old, new):
        assert "Retracted November 20, 2021" in page
        assert "The count was wrong." in page
        assert "Withdrawn numbers" in page
    assert "Read the text that was withdrawn" in old
    assert "No figure stands" in read(client, "/results/hot-spots-2021")
    assert "Withdrawn" in read(client, f"/releases/{first.release.slug}/2.csv")


def test_an_invited_reader_sees_that_it_is_not_published(here: Press, client: Client) -> None:
    version = releases.draft(here)
    facts = InvitationFacts("Sheriff", "t" * 43, releases.in_days(2))
    make_preview_link(by=here.writer, version=version, facts=facts)

    response = client.get(f"/preview/{'t' * 43}")

    assert "Not published" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(f"/preview/{'u' * 43}").status_code == 404


def test_the_data_are_values_units_definitions_and_dates(here: Press, client: Client) -> None:
    version = releases.published(here)

    for address in ("/results/hot-spots-2021.csv", f"/releases/{version.release.slug}/1.csv"):
        response = client.get(address)
        rows = list(csv.DictReader(io.StringIO(response.content.decode())))
        assert {row["key"]: int(row["value"]) for row in rows} == releases.SIX
        assert {row["data_as_of_on"] for row in rows} == {"2021-11-05"}
        assert {row["released_on"] for row in rows} == {"2021-11-09"}
        assert all(row["unit"] and row["definition"] and "Demonstration" in row["note"] for row in rows)
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_campaigns_results_show_where_by_place_and_what_is_not_counted(here: Press, client: Client) -> None:
    build_results.operation(here.campaign, here.campaign.lead, number=1, night_on=date(2021, 10, 6))
    releases.published(here)

    page = read(client, "/results/hot-spots-2021")

    assert "Alder City" in page
    assert "Poplar Avenue" not in page
    assert "What this counts" in page


def test_help_names_the_hotline_and_a_way_out(here: Press, client: Client) -> None:
    page = read(client, "/help")

    assert "1-888-373-7888" in page
    assert "233733" in page
    assert "Exit this page" in page
    assert "does not clear the history" in page


def test_robots_may_read_what_is_published(here: Press, client: Client) -> None:
    assert "Disallow: /preview/" in read(client, "/robots.txt")


@pytest.mark.parametrize(
    "address", ["/", "/results/hot-spots-2021", "/releases/{slug}/1", "/measures/explained", "/who-can-see-what"]
)
def test_a_public_page_weighs_less_than_100_kb_as_it_is_sent(here: Press, client: Client, address: str) -> None:
    version = releases.published(here)

    assert transferred_bytes(client, address.format(slug=version.release.slug)) < PUBLIC_BYTES


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 12), ("/results/hot-spots-2021", 10), ("/releases/{slug}/1", 7), ("/releases", 4), ("/help", 2)],
)
def test_a_public_page_asks_the_database_little(here: Press, client: Client, address: str, most: int) -> None:
    version = releases.published(here)
    releases.published(here, title="Another release")

    with CaptureQueriesContext(connection) as asked:
        read(client, address.format(slug=version.release.slug))

    assert len(asked) <= most, [one["sql"][:100] for one in asked]


def test_a_public_figure_says_what_it_counts_in_the_plural(here: Press, client: Client) -> None:
    releases.published(here)

    page = read(client, "/results/hot-spots-2021")

    assert '<p class="hs-fig__u">contact events, never persons</p>' in page
    assert '<p class="hs-fig__u">citations</p>' in page
    assert ">response<" not in page


def test_the_day_of_freezing_is_the_countys(here: Press, client: Client) -> None:
    evening = datetime(2021, 11, 9, 4, 30, tzinfo=UTC)  # Nov 8 in California
    version = releases.published(here)
    slot = version.slots.select_related("figure").get(key="responses_to_ads")
    slot.figure.frozen_at = evening

    sheet = sheet_of([PublishedFigure(slot.figure, version)])

    assert next(csv.DictReader(io.StringIO(sheet)))["frozen_on"] == "2021-11-08"
