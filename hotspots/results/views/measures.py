"""The measures in plain words, and the rows behind a live value."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.intake.models import Response
from hotspots.intake.views.finding import finding_of
from hotspots.operations.models import Campaign, Operation
from hotspots.results.measures import Extent, Measure, all_measures, extent_of, measure_of
from hotspots.results.models.figure import COUNTYWIDE
from hotspots.results.queries.campaign import IN_THE_AGENCY, sees_everything
from hotspots.results.queries.rows import rows_seen, with_columns
from hotspots.results.views.figure_page import crumbs_of, records_text, walk_of
from hotspots.results.views.results import campaign_for, extent_for
from hotspots.results.views.row_pages import show_rows
from hotspots.web.audience import SIGNED_IN, actor_for, audience, require_one
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Listing
from hotspots.web.walk import Step, Trail, start_trail
from hotspots.web.why import why_of


@in_navigation(gettext_lazy("Measures"), url_name="results:measures", order=40, place="menu")
@audience(who=SIGNED_IN)
def show_measures(request: HttpRequest) -> HttpResponse:
    """Show each measure in plain words."""
    text, links = why_of(actor_for(request))
    context = {"measures": all_measures(), "why_text": text, "why_links": links}
    return render(request, "results/measures.html", context)


@audience(*COUNTYWIDE, *IN_THE_AGENCY)
def show_measure_rows(request: HttpRequest, pk: uuid.UUID, key: str) -> HttpResponseBase:
    """Show the rows behind a live value."""
    campaign, actor = campaign_for(request, pk), actor_for(request)
    measure = measure_of(key)
    extent = narrowed(request, actor, campaign, extent_for(request, campaign))
    rows_count = measure.rows(extent).count()
    trail = live_trail(request, actor, measure, extent, rows_count)
    rows = with_columns(rows_seen(actor, measure, extent))
    shown = show_rows(request, rows, trail)
    if not isinstance(shown, Listing):
        return shown
    context = {
        "listing": shown,
        "rows_count": rows_count,
        **finding_of(request, is_offered=rows.model is Response),
        **live_context(actor, measure, extent),
        **walk_of(actor, trail, shown),
    }
    return render(request, "results/measure_rows.html", context)


def narrowed(request: HttpRequest, actor: Actor, campaign: Campaign, extent: Extent) -> Extent:
    """Give the extent of the operation or agency that the address names.

    People of an agency see the values of their own operations, so they must name one.
    """
    operation = organization = None
    asked = {name: _uuid_of(request.GET.get(name, "")) for name in ("operation", "agency")}
    if asked["operation"] or not sees_everything(actor):
        seen = Operation.objects.visible_to(actor).filter(campaign=campaign)
        operation = require_one(seen, asked["operation"], "operation")
    elif asked["agency"]:
        organization = require_one(Organization.objects.visible_to(actor), asked["agency"], "agency")
    return extent_of(campaign, operation=operation, organization=organization, data_as_of_on=extent.data_as_of_on)


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def live_trail(request: HttpRequest, actor: Actor, measure: Measure, extent: Extent, rows_count: int) -> Trail:
    """Give the trail that leads to the rows of a live value."""
    kept = request.GET.copy()
    for name in ("after", "before", "at", "trail", "format"):
        kept.pop(name, None)
    here = f"{request.path}?{kept.urlencode()}" if kept else request.path
    value = f"{measure.value(extent):,}"
    trail = start_trail(actor).extend(Step.FIGURE, _("%(value)s, live") % {"value": value}, here)
    return trail.extend(Step.RECORDS, records_text(rows_count), f"{here}#rows")


def live_context(actor: Actor, measure: Measure, extent: Extent) -> dict[str, Any]:
    """Give what the page of a live value shows beside its rows."""
    campaign = extent.campaign
    text, links = why_of(actor, campaign)
    return {
        "measure": measure,
        "extent": extent,
        "heading": measure.heading(measure.value(extent)),
        "parts": measure.denominators(extent),
        "scope_words": str(extent.operation or extent.organization or campaign),
        "crumbs": crumbs_of(campaign),
        "why_text": text,
        "why_links": links,
    }
