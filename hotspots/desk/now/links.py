"""Links of the first pages."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def link_to(name: str, query: str = "", **place: Any) -> str:
    """Give the address of a page, or nothing where no room has one yet: a first page shows no dead link."""
    try:
        address = reverse(name, kwargs=place or None)
    except NoReverseMatch:
        return ""
    return f"{address}?{query}" if query else address
