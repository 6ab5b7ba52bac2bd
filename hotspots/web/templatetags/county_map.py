"""`{% county_map operations_by_place %}`: the map of the county with operations by place, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from hotspots.web.county_map import county_map

register = template.Library()


@register.inclusion_tag("web/parts/county_map.html", name="county_map")
def show_county_map(operations_by_place: Mapping[str, int]) -> dict[str, Any]:
    """Draw the map of the county."""
    return county_map(operations_by_place)
