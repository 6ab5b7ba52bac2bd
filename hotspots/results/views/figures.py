"""A frozen figure: what it counts, what it leaves out, its rows, and its proof."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from hotspots.intake.models import Response
from hotspots.intake.views.finding import finding_of
from hotspots.results.models import Figure
from hotspots.results.models.figure import COUNTYWIDE
from hotspots.results.queries.frozen import check_proof, rows_of_figure, would_now_be
from hotspots.results.queries.rows import with_columns
from hotspots.results.views.figure_page import crumbs_of, figure_context, trail_to, walk_of
from hotspots.results.views.row_pages import show_rows
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.tables import Listing


def figure_for(request: HttpRequest, pk: uuid.UUID) -> Figure:
    """Give a figure that the reader may see."""
    rows = Figure.objects.visible_to(actor_for(request))
    return require_one(
        rows.select_related("campaign__lead", "operation", "organization", "frozen_by__organization"), pk, "figure"
    )


@audience(*COUNTYWIDE)
def show_figure(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Show a frozen figure, its rows, and what it would be now."""
    figure, actor = figure_for(request, pk), actor_for(request)
    now = would_now_be(figure)
    trail = trail_to(actor, figure)
    rows = with_columns(rows_of_figure(actor, figure, now))
    shown = show_rows(request, rows, trail)
    if not isinstance(shown, Listing):
        return shown
    context: dict[str, Any] = {"listing": shown, **figure_context(actor, figure, now, trail)}
    context |= finding_of(request, is_offered=rows.model is Response)
    return render(request, "results/figure.html", {**context, **walk_of(actor, trail, shown)})


@audience(*COUNTYWIDE)
def show_proof(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Compute a figure's root again, and say whether it is whole."""
    figure = figure_for(request, pk)
    crumbs = [*crumbs_of(figure.campaign), (str(figure), reverse("results:figure", args=[figure.pk]))]
    return render(request, "results/proof.html", {"figure": figure, "proof": check_proof(figure), "crumbs": crumbs})
