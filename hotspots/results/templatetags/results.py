"""Small readings of figures for the templates of results."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from hotspots.results.measures import Denominator

register = template.Library()


@register.simple_tag
def left_out_of(parts: Iterable[Denominator]) -> list[Denominator]:
    """Give the reasons for which rows are not counted, those without a row left away."""
    return [part for part in parts if part.is_left_out and part.value]


@register.simple_tag
def total_of(parts: Iterable[Denominator]) -> str:
    """Add rows of one unit."""
    return f"{sum(part.value for part in parts):,}"
