"""The map of the county marks operations by place, never by point, and says the same as a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.template import engines

from hotspots.access.models import County
from hotspots.web.county import forget_county
from hotspots.web.county_map import county_map, place_names, shapes_of
from tests import build

pytestmark = pytest.mark.django_db


def draw(by_place: dict[str, int]) -> str:
    """Draw a map through its tag."""
    template = engines["django"].from_string("{% load county_map %}{% county_map by_place %}")
    return template.render({"by_place": by_place})


def test_the_places_of_the_county_are_named_the_largest_first() -> None:
    build.county()

    assert place_names()[:2] == ("Alder City", "Port Linden")
    assert len(place_names()) == 6


def test_a_count_stands_at_its_place_in_the_drawing_the_description_and_the_table() -> None:
    build.county()

    drawn = draw({"Alder City": 5, "Fern Hollow": 1, "Elsewhere": 1})

    figure = ET.fromstring(drawn.replace(" open>", ">"))
    counts = [text.text for text in figure.iter("text") if text.get("class") == "hs-map__count"]
    assert sorted(counts) == ["1", "5"]
    description = next(figure.iter("desc")).text or ""
    assert "Alder City: 5 operations; Elsewhere: 1 operation; Fern Hollow: 1 operation." in description
    rows = [" ".join("".join(row.itertext()).split()) for row in figure.iter("tr")]
    assert "Alder City5" in rows
    assert "Elsewhere not on the map1" in rows


def test_a_mark_stands_at_the_middle_of_the_place_whatever_the_operations_were() -> None:
    build.county()

    first, second = county_map({"Millbrook": 1}), county_map({"Millbrook": 3})

    spots = [next((place["x"], place["y"]) for place in drawn["places"] if place["count"]) for drawn in (first, second)]
    assert spots[0] == spots[1]


def test_the_drawing_is_small_and_holds_no_style_and_no_color() -> None:
    build.county()

    drawn = draw({"Alder City": 5})

    assert len(drawn) < 30_000
    assert not re.search(r"style=|#[0-9a-f]{3,6}\b|rgb", drawn)


def test_a_county_without_a_map_shows_the_table_alone() -> None:
    forget_county()
    County.objects.create(id=1, name="Cedar County", time_zone="America/Los_Angeles", founded_at=build.NOON)

    drawn = draw({"Somewhere": 2})

    assert shapes_of("Cedar County") is None
    assert place_names() == ()
    assert "<svg" not in drawn
    assert "Somewhere" in drawn
    forget_county()


@pytest.mark.parametrize("name", ["../etc County", "", ". County", "/ County"])
def test_a_countys_name_never_leads_out_of_the_folder(name: str) -> None:
    assert shapes_of(name) is None
