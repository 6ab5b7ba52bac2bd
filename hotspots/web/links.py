"""Links to pages of rooms above, by name: shown only where the page exists and the reader may open it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

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


def sign_in_url(request: HttpRequest) -> str:
    """Give the address where one signs in, and comes back to the page where one was.

    What was sent is not sent again by coming back: the page it was sent from is where to go on.
    """
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
    return f"{settings.LOGIN_URL}?{urlencode({'next': back})}" if back else str(settings.LOGIN_URL)


def _page_before(request: HttpRequest) -> str:
    """Give the page of this site that a form was sent from, or nothing where the browser does not tell."""
    hosts, told = {request.get_host()}, request.headers.get("Referer", "")
    if not urlsplit(told).netloc or not url_has_allowed_host_and_scheme(told, allowed_hosts=hosts):
        return ""
    page = urlsplit(told)
    path = f"{page.path}?{page.query}" if page.query else page.path
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=hosts) else ""
