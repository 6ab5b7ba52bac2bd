"""The shell's middleware: headers, the county's time, deny by default, and refusals as pages."""

from __future__ import annotations

import hashlib
import logging
import secrets
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from hotspots import errors
from hotspots.access.models import User
from hotspots.audit.models import RefusedVisits
from hotspots.keys.actions import index_digest
from hotspots.web.audience import actor_for, audience_of
from hotspots.web.county import county_now
from hotspots.web.links import sign_in_url
from hotspots.web.views import show_apology, show_refusal, show_wrong_method

log = logging.getLogger("hotspots.web")

NextHandler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)


class SecurityHeaders:
    """Set the content security policy, and keep signed-in pages out of every cache."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        user = getattr(request, "user", None)
        if isinstance(user, User):
            response.headers["Cache-Control"] = "no-store"
        if (county := county_now()) is not None and county.is_demonstration:
            response.headers["X-Demonstration-Data"] = f"{county.name} does not exist"
        return response


class CountyTime:
    """Show times in the county's zone."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        county = county_now()
        with timezone.override(zoneinfo.ZoneInfo(county.time_zone if county else "UTC")):
            return self.get_response(request)


class DenyByDefault:
    """Refuse a view that has not declared its audience, and a visitor who is not in it."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run, send an unknown visitor to sign in, or answer that there is no such page."""
        declared = audience_of(view)
        if declared is None:
            log.error("A view without an audience was refused: %s", getattr(view, "__name__", view))
            return show_refusal(request, errors.NotFound("web.audience", "There is no such page."))
        actor = actor_for(request)
        if declared.includes(actor):
            return None
        if not actor.is_signed_in:
            count_refused_visit(request)
            return redirect(sign_in_url(request))
        return show_refusal(request, errors.NotFound("web.audience", "There is no such page."))


def count_refused_visit(request: HttpRequest) -> None:
    """Count a refusal of an anonymous visitor, by minute and a keyed digest of the address."""
    address = request.META.get("REMOTE_ADDR", "")
    minute_at = timezone.now().replace(second=0, microsecond=0)
    place = {"minute_at": minute_at, "address_digest": index_digest("address", address)}
    try:
        if not RefusedVisits.objects.filter(**place).update(visits_count=F("visits_count") + 1):
            RefusedVisits.objects.create(**place)
    except DatabaseError:
        log.exception("A refused visit could not be counted")


class Refusals:
    """Turn refusals into pages, and everything else into an apology with a reference."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return show_wrong_method(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its page; log anything else under a reference."""
        if isinstance(exception, errors.Refusal):
            return show_refusal(request, exception)
        if settings.DEBUG:
            return None
        reference = hashlib.sha256(secrets.token_bytes(16)).hexdigest()[:8].upper()
        log.exception("Apology %s at %s", reference, request.path)
        return show_apology(request, reference=reference)
