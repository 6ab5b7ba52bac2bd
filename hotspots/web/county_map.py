"""The quiet map of the county: outline, places, river, highways, and operations by place, never by point."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.analysis.map import Projection, area_of, bounds_of, fit, middle_of, path_of
from hotspots.web.county import county_now

WIDTH, HEIGHT, MARGIN = 1000, 850, 70
TOLERANCE = 0.9
PERCENT = 100
BELOW_PERCENT = 4.2  # from a place's middle to the words under it
LABEL_TO_LEFT_FROM = 82  # farther right than this, words would leave the map


@dataclass(frozen=True, slots=True)
class PlaceShape:
    """A place as it is drawn: its outline, and where its mark and words stand, in percent of the map."""

    name: str
    path: str
    x: float
    y: float
    population: int


@dataclass(frozen=True, slots=True)
class CountyShapes:
    """Everything of the map that no operation changes."""

    outline: str
    neighbors: tuple[str, ...]
    places: tuple[PlaceShape, ...]
    rivers: str
    streams: str
    water: str
    highways: str


def _folder_of(county_name: str) -> Path | None:
    word = county_name.partition(" ")[0].lower()
    return Path(settings.BASE_DIR) / "geo" / word if word.isalpha() else None


@functools.lru_cache(maxsize=4)
def shapes_of(county_name: str) -> CountyShapes | None:
    """Read and draw a county's files once a process; None where there are none."""
    folder = _folder_of(county_name)
    if folder is None or not (folder / "county.geojson").is_file():
        return None
    outline = _rings(_features(folder, "county"))
    projection = fit(bounds_of(outline[0]), WIDTH, HEIGHT, MARGIN)
    water = _features(folder, "water")
    return CountyShapes(
        outline=_closed(outline, projection),
        neighbors=tuple(_closed(_rings([one]), projection) for one in _features(folder, "neighbours")),
        places=tuple(_place_of(one, projection) for one in _features(folder, "places")),
        rivers=_open(_of_kind(water, "river"), projection),
        streams=_open(_of_kind(water, "tributary"), projection),
        water=_closed(_rings(_of_kind(water, "lake", "river bed")), projection),
        highways=_open(_features(folder, "roads"), projection),
    )


def place_names() -> tuple[str, ...]:
    """Name the places of the county, the largest first; none where it has no map."""
    county = county_now()
    shapes = shapes_of(county.name) if county else None
    found = shapes.places if shapes else ()
    return tuple(place.name for place in sorted(found, key=lambda place: -place.population))


def _features(folder: Path, name: str) -> list[dict[str, Any]]:
    return list(json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"])


def _of_kind(features: list[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    return [one for one in features if one["properties"]["kind"] in kinds]


def _rings(features: list[dict[str, Any]]) -> list[Any]:
    found: list[Any] = []
    for one in features:
        geometry = one["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        found += [ring for polygon in polygons for ring in polygon]
    return found


def _lines(features: list[dict[str, Any]]) -> list[Any]:
    found: list[Any] = []
    for one in features:
        geometry = one["geometry"]
        found += [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
    return found


def _closed(rings: list[Any], projection: Projection) -> str:
    return path_of(rings, projection, is_closed=True, tolerance=TOLERANCE)


def _open(features: list[dict[str, Any]], projection: Projection) -> str:
    return path_of(_lines(features), projection, is_closed=False, tolerance=TOLERANCE)


def _place_of(feature: dict[str, Any], projection: Projection) -> PlaceShape:
    rings = _rings([feature])
    largest = max(rings, key=lambda ring: abs(area_of(ring)))
    x, y = projection.place(middle_of(largest))
    name, population = feature["properties"]["name"], feature["properties"].get("population", 0)
    return PlaceShape(name, _closed(rings, projection), PERCENT * x / WIDTH, PERCENT * y / HEIGHT, population)


def county_map(operations_by_place: Mapping[str, int]) -> dict[str, Any]:
    """Give what the map's template draws, from the count of operations in each place.

    A place that the map does not know stands in the table alone, and so does everything in a county without a map.
    """
    county = county_now()
    name = county.name if county else _("This county")
    shapes = shapes_of(county.name) if county else None
    known = {place.name for place in shapes.places} if shapes else set()
    rows = sorted(operations_by_place.items(), key=lambda row: (-row[1], row[0]))
    return {
        "name": name,
        "width": WIDTH,
        "height": HEIGHT,
        "shapes": shapes,
        "places": [_drawn(place, operations_by_place.get(place.name, 0)) for place in shapes.places] if shapes else [],
        "rows": [{"place": place, "count": count, "is_on_map": place in known} for place, count in rows],
        "description": _described(rows),
    }


def _drawn(place: PlaceShape, count: int) -> dict[str, Any]:
    return {
        "name": place.name,
        "path": place.path,
        "count": count,
        "x": f"{place.x:.2f}%",
        "y": f"{place.y:.2f}%",
        "words_y": f"{place.y + BELOW_PERCENT:.2f}%",
        "anchor": "end" if place.x > LABEL_TO_LEFT_FROM else "middle",
    }


def _described(rows: list[tuple[str, int]]) -> str:
    if not rows:
        return _("No operation is marked.")
    parts = [
        ngettext("%(place)s: %(count)s operation", "%(place)s: %(count)s operations", count)
        % {"place": place, "count": count}
        for place, count in rows
    ]
    return _("Operations by place. %(rows)s. A mark stands for the place, never for a point in it.") % {
        "rows": "; ".join(parts)
    }
