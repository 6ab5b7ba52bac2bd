"""Pages of sign-in."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hotspots.web.audience import EVERYBODY, audience


@audience(who=EVERYBODY)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form."""
    return render(request, "look/public_error.html", {"title": "Sign in", "text": "", "reference": "", "links": []})


@require_POST
@audience(who=EVERYBODY)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")


@audience(who=EVERYBODY)
def show_demonstration(request: HttpRequest) -> HttpResponse:
    """Show the roles of the demonstration."""
    return render(request, "look/public_error.html", {"title": "Demonstration", "text": "", "reference": "", "links": []})
