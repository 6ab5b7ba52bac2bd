"""Error pages and the choice of theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.access.models import User
from hotspots.web.audience import EVERYBODY, audience
from hotspots.web.frame import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 60 * 60

HEADINGS = {
    "not_allowed": _("You may not do this"),
    "not_found": _("There is nothing here"),
    "rule_broken": _("This cannot be done"),
    "bad_input": _("This could not be read"),
    "stale": _("Someone else was first"),
    "unavailable": _("This part is away"),
}


def _template_for(request: HttpRequest) -> str:
    return "look/error.html" if isinstance(getattr(request, "user", None), User) else "look/public_error.html"


def show_refusal(request: HttpRequest, refusal: errors.Refusal) -> HttpResponse:
    """Show a refusal as a page, or as problem+json (RFC 9457) to a program."""
    if "json" in request.headers.get("Accept", ""):
        problem = {"type": f"about:{refusal.rule}", "title": str(refusal), "status": refusal.http_status}
        return JsonResponse(problem, status=refusal.http_status, content_type="application/problem+json")
    context = {"title": HEADINGS[refusal.family], "text": str(refusal), "reference": "", "links": []}
    return render(request, _template_for(request), context, status=refusal.http_status)


def show_apology(request: HttpRequest, reference: str = "") -> HttpResponse:
    """Show the apology for a fault of ours."""
    text = _("The program made a mistake. What was saved before stays saved. Tell your administrator the reference.")
    context = {"title": _("Something went wrong here"), "text": text, "reference": reference, "links": []}
    return render(request, _template_for(request), context, status=500)


def show_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that there is no such page."""
    return show_refusal(request, errors.NotFound("web.address", _("There is no page at this address.")))


def show_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request had the wrong shape."""
    return show_refusal(request, errors.BadInput("web.request", _("The browser sent something that cannot be read.")))


@require_POST
@audience(who=EVERYBODY)
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie, and go back."""
    target: Any = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
