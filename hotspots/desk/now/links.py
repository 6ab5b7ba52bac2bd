"""Links of the first pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def link_to(name: str, query: str = "", **place: Any) -> str:
    """Give the address of a page."""
    address = reverse(name, kwargs=place or None)
    return f"{address}?{query}" if query else address
