"""The tabs above a list: the lists beside it that the reader may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from hotspots.web.audience import actor_for, audience_of


def tabs_of(request: HttpRequest, *tabs: tuple[Any, str]) -> list[dict[str, Any]]:
    """Give the tabs whose page the reader may open; none where only one would be left."""
    shown = []
    for label, url_name in tabs:
        url = reverse(url_name)
        declared = audience_of(resolve(url).func)
        if declared is not None and declared.includes(actor_for(request)):
            shown.append({"label": label, "url": url, "is_current": url == request.path})
    return shown if len(shown) > 1 else []
