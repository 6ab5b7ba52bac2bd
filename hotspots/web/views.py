"""Error pages and the choice of theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.access.models import User
from hotspots.web.audience import EVERYBODY, actor_for, audience
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


def _first_page(request: HttpRequest) -> dict[str, str]:
    is_signed_in = actor_for(request).is_signed_in
    return {"url": reverse("desk:now" if is_signed_in else "results:public_home"), "label": _("To the first page")}


def show_wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Show that an address takes what a form sends and is no page, with the way back to one."""
    text = _(
        "This address takes what a button or a form sends. Opened as a page it shows nothing, and nothing was changed."
    )
    if "json" in request.headers.get("Accept", ""):
        problem = {"type": "about:web.method", "title": text, "status": refused.status_code}
        shown: HttpResponse = JsonResponse(problem, status=refused.status_code, content_type="application/problem+json")
    else:
        context = {"title": _("There is no page here"), "text": text, "reference": "", "links": [_first_page(request)]}
        shown = render(request, _template_for(request), context, status=refused.status_code)
    shown.headers["Allow"] = refused.headers["Allow"]
    return shown


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


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form came from a page of another session, and how to send it all the same."""
    text = _(
        "You signed in again, or changed role, after this page was opened, so the form was not taken and nothing was "
        "saved. Go back in the browser: what you typed is still there. Copy it, load the page again and send it."
    )
    return show_refusal(request, errors.NotAllowed("web.csrf", text))


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
