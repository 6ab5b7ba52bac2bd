"""What everybody may read without signing in: results, releases, open data. No page of these holds a script."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hotspots.results.queries.release_page import unit_words, value_shown
from hotspots.results.queries.release_pdf import notices_of, release_file_name, release_pdf
from hotspots.results.queries.release_public import (
    PublishedFigure,
    Standing,
    invited_version,
    latest_published,
    places_of,
    public_campaign,
    public_campaigns,
    published_figures,
    published_version,
    shown_page,
    standing_of,
)
from hotspots.results.queries.release_sheet import sheet_of, sheet_of_version
from hotspots.web.audience import EVERYBODY, audience
from hotspots.web.navigation import in_navigation


def shown_figure(one: PublishedFigure) -> dict[str, Any]:
    """Give a figure as the tag `figure` draws it in public."""
    figure = one.figure
    return {
        "number": value_shown(figure),
        "label": figure.label,
        "unit": unit_words(figure),
        "definition": figure.definition,
        "url": f"{reverse('results:public_measures')}#{figure.measure_key}",
    }


@in_navigation(_("Results"), url_name="results:public_home", order=10, place="public")
@require_safe
@audience(who=EVERYBODY)
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the latest results, and those before."""
    campaigns = list(public_campaigns())
    latest = campaigns[0] if campaigns else None
    context: dict[str, Any] = {"latest": latest, "earlier": campaigns[1:], "releases": latest_published()[:5]}
    if latest is not None:
        context["figures"] = [shown_figure(one) for one in published_figures(latest)]
    return render(request, "results/public_home.html", context)


@require_safe
@audience(who=EVERYBODY)
def show_campaign(request: HttpRequest, key: str) -> HttpResponse:
    """Show the published results of a campaign, each figure with its definition, and where operations were held."""
    campaign = public_campaign(key)
    figures, places = published_figures(campaign), places_of(campaign)
    context = {
        "campaign": campaign,
        "releases": latest_published(campaign),
        "standing_releases": list(dict.fromkeys(one.version for one in figures)),
        "figures": [shown_figure(one) for one in figures],
        "places": places,
        "by_place": {place.name: place.operations_count for place in places},
        "address": f"{settings.PUBLIC_URL}{request.path}",
    }
    return render(request, "results/public_campaign.html", context)


@require_safe
@audience(who=EVERYBODY)
def download_campaign(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the published figures of a campaign as CSV."""
    campaign = public_campaign(key)
    return _sheet(sheet_of(published_figures(campaign)), f"{campaign.key}.csv")


@in_navigation(_("Releases"), url_name="results:public_releases", order=20, place="public")
@require_safe
@audience(who=EVERYBODY)
def list_releases(request: HttpRequest) -> HttpResponse:
    """Show every published release, newest first."""
    return render(request, "results/public_releases.html", {"versions": latest_published()})


@require_safe
@audience(who=EVERYBODY)
def show_release(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show a published version at its permanent address."""
    return _show(request, standing_of(published_version(slug, version)))


@require_safe
@audience(who=EVERYBODY)
def download_pdf(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Answer with a published version as PDF."""
    found = published_version(slug, version)
    response = HttpResponse(release_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{release_file_name(found, "pdf")}"'
    return response


@require_safe
@audience(who=EVERYBODY)
def download_sheet(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Answer with the figures of a published version as CSV."""
    found = published_version(slug, version)
    return _sheet(sheet_of_version(found), release_file_name(found, "csv"))


@require_safe
@audience(who=EVERYBODY)
def show_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show a text that is not published to an invited reader."""
    link = invited_version(token, now=timezone.now())
    response = _show(request, standing_of(link.version))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _show(request: HttpRequest, standing: Standing) -> HttpResponse:
    page, version = shown_page(standing), standing.version
    context = {"standing": standing, "version": version, "page": page, "notices": notices_of(standing)}
    address = reverse("results:public_release", args=[version.release.slug, version.number])
    return render(request, "results/public_release.html", {**context, "address": f"{settings.PUBLIC_URL}{address}"})


def _sheet(text: str, file_name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
