"""The public pages of words: how to get help, what is counted and how, what the program refuses to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hotspots.results.measures import all_measures
from hotspots.web.audience import EVERYBODY, audience
from hotspots.web.navigation import in_navigation

ROBOTS = "User-agent: *\nAllow: /\nDisallow: /preview/\nDisallow: /sign-in\n"


@in_navigation(_("Get help"), url_name="results:help", order=30, place="public")
@require_safe
@audience(who=EVERYBODY)
def show_help(request: HttpRequest) -> HttpResponse:
    """Show how to get help."""
    return render(request, "results/public_help.html")


@in_navigation(_("How numbers are counted"), url_name="results:public_measures", order=20, place="footer")
@require_safe
@audience(who=EVERYBODY)
def show_measures(request: HttpRequest) -> HttpResponse:
    """Show what each measure counts, in plain words."""
    return render(request, "results/public_measures.html", {"measures": all_measures()})


@in_navigation(_("What this record refuses to do"), url_name="results:refuses", order=30, place="footer")
@require_safe
@audience(who=EVERYBODY)
def show_refusals(request: HttpRequest) -> HttpResponse:
    """Show what the program refuses to do."""
    return render(request, "results/public_refuses.html")


@in_navigation(_("Accessibility"), url_name="results:accessibility", order=40, place="footer")
@require_safe
@audience(who=EVERYBODY)
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Show how these pages are made for everybody, and whom to tell when one is not."""
    return render(request, "results/public_accessibility.html")


@require_safe
@audience(who=EVERYBODY)
def answer_robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what they may read."""
    return HttpResponse(ROBOTS, content_type="text/plain")
