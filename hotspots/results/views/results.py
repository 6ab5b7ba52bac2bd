"""The results of a campaign: live, frozen, by operation and by agency."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.operations.models import Campaign
from hotspots.results.actions.figures import FREEZERS, freeze_figures
from hotspots.results.forms.freeze import AsOfForm, FreezeForm
from hotspots.results.measures import Extent, extent_of
from hotspots.results.models import Figure
from hotspots.results.models.figure import COUNTYWIDE
from hotspots.results.queries.campaign import IN_THE_AGENCY, sees_everything, standings_of
from hotspots.results.views.results_page import agency_context, page_context
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.county import county_now, county_zone
from hotspots.web.tables import neutralized


def campaign_for(request: HttpRequest, pk: uuid.UUID) -> Campaign:
    """Give a campaign that the reader may see."""
    return require_one(Campaign.objects.visible_to(actor_for(request)).select_related("lead"), pk, "campaign")


def extent_for(request: HttpRequest, campaign: Campaign) -> Extent:
    """Give the extent that the address asks for: up to `as_of`, or today."""
    form = AsOfForm(request.GET)
    if not form.is_valid():
        raise errors.BadInput("results.as_of", _("Give the day as in 2021-11-05."))
    return extent_of(campaign, data_as_of_on=form.cleaned_data["as_of"])


@audience(*COUNTYWIDE, *IN_THE_AGENCY)
def show_results(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the results of a campaign, or of the reader's own operations in it."""
    campaign, actor = campaign_for(request, pk), actor_for(request)
    extent = extent_for(request, campaign)
    if not sees_everything(actor):
        return render(request, "results/agency.html", agency_context(actor, campaign, extent))
    return render(request, "results/campaign.html", page_context(actor, campaign, extent))


@audience(*COUNTYWIDE)
def download_results(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer with every value, its unit, definition and dates, as CSV: never with rows."""
    campaign = campaign_for(request, pk)
    standings = standings_of(actor_for(request), campaign, extent_for(request, campaign))
    sheet = io.StringIO()
    csv.writer(sheet).writerows(_sheet(campaign, standings))
    response = HttpResponse(sheet.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{campaign.key}-results.csv"'
    return response


def _frozen_cells(figure: Figure | None) -> list[Any]:
    """Give the frozen value with its days, as the county tells them."""
    if figure is None:
        return ["", "", ""]
    return [figure.value, figure.data_as_of_on, figure.frozen_at.astimezone(county_zone()).date()]


def _sheet(campaign: Campaign, standings: list[Any]) -> list[list[Any]]:
    county = county_now()
    note = f"Demonstration data: {county.name} does not exist" if county and county.is_demonstration else ""
    head = ["campaign", "key", "label", "value_live", "unit", "data_as_of", "value_frozen", "frozen_data_as_of"]
    lines: list[list[Any]] = [[*head, "frozen_on", "would_now_be", "definition", "not_counted", "note"]]
    for one in standings:
        measure, figure = one.live.measure, one.figure
        line = [campaign.name, measure.key, measure.label, one.live.value, measure.unit, one.live.data_as_of_on]
        line += _frozen_cells(figure)
        words = [measure.definition, " ".join(str(text) for text in measure.not_counted), note]
        lines.append([neutralized(str(cell)) for cell in (*line, one.now.value if one.now else "", *words)])
    return lines


@require_POST
@audience(*FREEZERS)
def freeze(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the chosen figures, up to the stated day."""
    campaign, actor = campaign_for(request, pk), actor_for(request)
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            made = freeze_figures(by=actor, campaign=campaign, facts=form.facts())
        except errors.RuleBroken as broken:
            form.add_error(broken.field or None, str(broken))
        else:
            text = ngettext("%(count)s figure is frozen.", "%(count)s figures are frozen.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect("results:results", pk=campaign.pk)
    context = page_context(actor, campaign, extent_of(campaign), form=form)
    return render(request, "results/campaign.html", context, status=422)
