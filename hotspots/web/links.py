"""Links to pages of rooms above, by name: shown only where the page exists and the reader may open it."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.http import urlencode

from hotspots.access.actor import Actor
from hotspots.web.audience import audience_of


def open_url(actor: Actor, url_name: str, *, query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """Give the address of a page, or nothing where there is none or the actor is not in its audience."""
    try:
        url = reverse(url_name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
    declared = audience_of(resolve(url).func)
    if declared is None or not declared.includes(actor):
        return ""
    return f"{url}?{urlencode(query)}" if query else url
