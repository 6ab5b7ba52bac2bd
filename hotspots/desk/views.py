"""Pages of the desk."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hotspots.access.rules import Role
from hotspots.web.audience import EVERYBODY, SIGNED_IN, audience
from hotspots.web.navigation import in_navigation

EMPTY = {"text": "", "reference": "", "links": []}


@in_navigation(_("Now"), url_name="desk:now", order=10)
@audience(who=SIGNED_IN)
def show_now(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader now."""
    return render(request, "look/error.html", {"title": "What needs you now", **EMPTY})


@in_navigation(_("Who can see what"), url_name="desk:access", order=10, place="footer")
@audience(who=EVERYBODY)
def show_access(request: HttpRequest) -> HttpResponse:
    """Show who can see what."""
    return render(request, "look/public_error.html", {"title": "Who can see what", **EMPTY})


@in_navigation(_("Log"), url_name="desk:log", order=90)
@audience(Role.AUDITOR)
def show_log(request: HttpRequest) -> HttpResponse:
    """Show the log."""
    return render(request, "look/error.html", {"title": "Log", **EMPTY})


@audience(who=SIGNED_IN)
def show_history(request: HttpRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Show the history of a record."""
    return render(request, "look/error.html", {"title": "History", **EMPTY})
