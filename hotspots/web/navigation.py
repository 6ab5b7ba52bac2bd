"""The rooms in the navigation: each registers itself on import, with the audience of its first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hotspots.access.actor import Actor
from hotspots.web.audience import Audience, View, audience_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A room in the navigation, or a line of the Menu."""

    label: Any
    url_name: str
    audience: Audience
    order: int
    place: str
    also: tuple[str, ...] = ()

    def link(self, path: str) -> dict[str, Any]:
        """Give the link as the frame shows it."""
        url = reverse(self.url_name)
        is_current = any(path == start or path.startswith(f"{start}/") for start in (url, *self.also))
        return {"label": self.label, "url": url, "is_current": is_current}


ENTRIES: list[Entry] = []


def in_navigation(
    label: Any, *, url_name: str, order: int, place: str = "nav", also: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Register a view in a place: the navigation ("nav"), the Menu ("menu"), the "footer" or the "public" pages.

    `also` names other addresses of the same room, which show it as the current one.
    """

    def register(view: View) -> View:
        declared = audience_of(view)
        if declared is None:
            raise TypeError("a view declares its audience before it enters the navigation")
        ENTRIES.append(Entry(label, url_name, declared, order, place, also))
        return view

    return register


def links_for(actor: Actor, path: str, place: str) -> list[dict[str, Any]]:
    """Give the links that the actor may follow, in order."""
    entries = sorted((entry for entry in ENTRIES if entry.place == place), key=lambda entry: entry.order)
    return [entry.link(path) for entry in entries if entry.audience.includes(actor)]
