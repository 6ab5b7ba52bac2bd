"""Lists sort, page in both directions, filter and export, alike on both databases."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

import pytest
from django import forms
from django.db.models import F
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.access.models import Organization
from hotspots.web.tables import Column, Empty, FilterForm, Listing, Table
from hotspots.web.tables.keyset import Cursor, decode_cursor
from tests import build

pytestmark = pytest.mark.django_db


class KindFilter(FilterForm):
    """A test's filters."""

    kind = forms.ChoiceField(choices=[("", "Any"), ("police", "Police"), ("court", "Court")], required=False)

    def narrow(self, rows: Any) -> Any:
        return rows.filter(organization_kind=self.cleaned_data["kind"]) if self.cleaned_data["kind"] else rows


TABLE = Table(
    title="Organizations",
    columns=(
        Column("name", "Name", value="name", sort="name", is_head=True),
        Column("short", "Short name", value="short_name", sort="short_name"),
        Column("place", "Jurisdiction", value="jurisdiction", sort=F("people__organization__jurisdiction")),
        Column("people", "People", value=lambda row: 1210, is_numeric=True),
    ),
    default_sort="name",
    file_name="organizations",
    empty=Empty("Nobody yet", "An organization appears here when it is admitted."),
    filters=KindFilter,
    page_rows=3,
)


def ask(query: str = "") -> Any:
    """Make a request as a table reads one."""
    request = RequestFactory().get(f"/list?{query}")
    request.hotspots_actor = PUBLIC  # type: ignore[attr-defined]
    return request


def read(query: str = "", table: Table = TABLE) -> Listing:
    """Read a page."""
    return table.read(ask(query), Organization.objects.all())


def short_names(listing: Listing) -> list[str]:
    """Give the short names on a page."""
    return [row.short_name for row in listing.rows]


def follow(url: str) -> Listing:
    """Follow a link of a page."""
    return read(url.partition("?")[2])


def add(*names: str, kind: str = "police") -> list[Organization]:
    """Put organizations with these short names in the database, each with a name of its own."""
    return [
        Organization.objects.create(
            name=f"{at:03d}-{uuid.uuid4()}", short_name=name, organization_kind=kind, history_key_id=uuid.uuid4()
        )
        for at, name in enumerate(names)
    ]


def walk(query: str) -> tuple[list[Any], list[list[Any]], list[list[Any]]]:
    """Page to the end and back again: all ids in order, the pages onward, the pages back."""
    listing = read(query)
    onward = [listing.rows]
    while listing.pages["next_url"]:
        listing = follow(listing.pages["next_url"])
        onward.append(listing.rows)
    back = [listing.rows]
    while listing.pages["previous_url"]:
        listing = follow(listing.pages["previous_url"])
        back.append(listing.rows)
    return [row.pk for page in onward for row in page], onward, back


@pytest.mark.parametrize("sort", ["short", "-short"])
def test_paging_with_ties_shows_each_row_once_onward_and_back(sort: str) -> None:
    add("b", "a", "c", "b", "b", "B", "a", "b", "Ä", "z", "b")

    seen, _onward, back = walk(f"sort={sort}")

    assert len(seen) == len(set(seen)) == 11
    assert {row.pk for page in back for row in page} == set(seen)


@pytest.mark.parametrize("sort", ["place", "-place"])
def test_rows_without_a_value_come_last_in_both_directions(sort: str) -> None:
    rows = add(*"abcdefgh")
    for at in (1, 4, 6):
        rows[at].jurisdiction = f"Place {at}"
        rows[at].save()
        build.user(f"person-{at}", of=rows[at])

    seen, onward, back = walk(f"sort={sort}")

    valued = [rows[at].pk for at in ((1, 4, 6) if sort == "place" else (6, 4, 1))]
    assert seen[:3] == valued
    assert len(set(seen)) == 8
    assert [row.pk for row in back[-1]] == [row.pk for row in onward[0]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["a", "A", "b", "é", "ß", "z z", "_", "~"]), max_size=14))
def test_any_set_of_texts_is_paged_whole_in_byte_order(names: list[str]) -> None:
    Organization.objects.all().delete()
    add(*names)

    seen, _onward, back = walk("sort=short")

    lowered = ["".join(c.lower() if c.isascii() else c for c in name) for name in names]
    by_id = {row.pk: row for row in Organization.objects.all()}
    shown = ["".join(c.lower() if c.isascii() else c for c in by_id[pk].short_name) for pk in seen]
    assert shown == sorted(lowered, key=str.encode)
    assert len({row.pk for page in back for row in page}) == len(names)


def test_the_text_says_which_rows_these_are() -> None:
    add(*"abcdefg")

    first = read("sort=short")
    second = follow(first.pages["next_url"])
    third = follow(second.pages["next_url"])

    assert [page.pages["text"] for page in (first, second, third)] == [
        "Rows 1 to 3 of 7",
        "Rows 4 to 6 of 7",
        "Rows 7 to 7 of 7",
    ]
    assert follow(third.pages["previous_url"]).pages["text"] == "Rows 4 to 6 of 7"
    assert not first.pages["previous_url"]
    assert not third.pages["next_url"]


def test_a_row_that_is_added_before_the_page_shifts_no_row() -> None:
    add(*"bcdefg")
    first = read("sort=short")
    add("a")

    second = follow(first.pages["next_url"])

    assert short_names(second) == ["e", "f", "g"]
    assert second.pages["text"] == "Rows 5 to 7 of 7"


def test_a_page_whose_rows_are_gone_begins_again() -> None:
    rows = add(*"abcd")
    first = read("sort=short")
    rows[3].delete()

    assert short_names(follow(first.pages["next_url"])) == ["a", "b", "c"]


@pytest.mark.parametrize("at", range(7))
def test_the_page_that_holds_a_row_is_found_and_marks_it(at: int) -> None:
    rows = add(*"abcdefg")

    listing = read(f"sort=short&at={rows[at].pk}")

    assert short_names(listing) == [*"abcdefg"][at // 3 * 3 :][:3]
    assert [line["row"].pk for line in listing.lines if line["is_marked"]] == [rows[at].pk]


def test_links_keep_the_filters_and_what_else_the_address_holds() -> None:
    add(*"abcde")
    add(*"xyz", kind="court")

    listing = read("kind=police&trail=abc&sort=short&after=&x=")

    assert QueryDict(listing.pages["next_url"].partition("?")[2]).dict().keys() == {"kind", "trail", "sort", "after"}
    assert "kind=police" in listing.heads[0]["url"]
    assert "after" not in listing.heads[0]["url"]
    assert listing.kept == [("trail", "abc"), ("sort", "short"), ("x", "")]
    assert listing.window.total_count == 5


def test_a_click_on_the_column_that_sorts_turns_it_around() -> None:
    assert [head["direction"] for head in read("").heads] == ["ascending", "", "", ""]
    assert "sort=-name" in read("").heads[0]["url"]
    assert read("sort=-name").heads[0]["url"].endswith("sort=name")
    assert read("").heads[3]["url"] == ""


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=%F0%9F%98%80",
        "before=" + Cursor("\x00", uuid.UUID(int=1)).encode(),
        "after=WzFd",
        "after=WyJcdWQ4MDAiLCIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCJd",
        "after=W1tdLCIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCJd",
        "sort=password",
        "sort=people",
        "sort=--name",
        "at=12",
    ],
)
def test_a_broken_address_is_refused_with_a_sentence(query: str) -> None:
    with pytest.raises(errors.BadInput):
        read(query)


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader_of_cursors(text: str) -> None:
    field = Organization._meta.get_field("name")

    with contextlib.suppress(errors.BadInput):
        assert decode_cursor(text, field).pk


def test_a_filter_that_cannot_be_read_shows_its_error_and_no_row() -> None:
    add(*"abc")

    listing = read("kind=nobody")

    assert listing.form is not None
    assert listing.form.errors["kind"]
    assert listing.rows == []


def test_a_cell_drawn_by_a_template_is_markup_and_a_value_is_text() -> None:
    [row] = add("<b>x</b>")
    drawn = Column("status", "Status", value="status", cell="coalition/parts/status.html").draw(row)
    plain = Column("short", "Short name", value="short_name").draw(row)

    template = engines["django"].from_string("{% include 'web/parts/cell.html' %}")

    assert '<span class="hs-st' in template.render({"cell": drawn})
    assert "&lt;b&gt;x&lt;/b&gt;" in template.render({"cell": plain})


def test_an_empty_list_and_an_empty_filter_are_told_apart() -> None:
    assert read().is_empty
    assert not read().is_filtered
    add("a")
    assert read("kind=court").is_filtered


def test_a_page_takes_two_queries(django_assert_num_queries: Any) -> None:
    add(*"abcdefg")
    url = follow(read("sort=short").pages["next_url"]).pages["previous_url"]

    with django_assert_num_queries(2):
        read("sort=short")
    with django_assert_num_queries(2):
        follow(url)
