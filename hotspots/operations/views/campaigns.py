"""Pages of campaigns."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotspots.access.rules import Role
from hotspots.operations import actions, forms
from hotspots.operations.models import COUNTYWIDE, IN_THE_AGENCY, Campaign
from hotspots.operations.queries import agencies_in, campaigns_of, count_by_place, operations_of
from hotspots.operations.views.tables import CAMPAIGN_OPERATIONS, campaign_address
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.form_page import FormPage
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, Table
from hotspots.web.why import why_of

READERS = (*COUNTYWIDE, *IN_THE_AGENCY, Role.ADVOCATE_LIAISON)
CRUMBS = ((gettext_lazy("Campaigns"), "/campaigns"),)

CAMPAIGNS = Table(
    title=gettext_lazy("Campaigns"),
    file_name="campaigns",
    columns=(
        Column("name", gettext_lazy("Campaign"), value="name", sort="name", link=campaign_address, is_head=True),
        Column("begins", gettext_lazy("First day"), value="begins_on", sort="begins_on", is_lead=True),
        Column("ends", gettext_lazy("Last day"), value="ends_on", sort="ends_on", is_spare=True),
        Column("lead", gettext_lazy("Lead agency"), value="lead.short_name", sort="lead__short_name"),
        Column(
            "operations",
            gettext_lazy("Operations"),
            value="operations_count",
            sort="operations_count",
            is_numeric=True,
            unit=lambda count: ngettext("operation", "operations", count),
        ),
    ),
    default_sort="-begins",
    empty=Empty(
        gettext_lazy("No campaign yet"),
        gettext_lazy("A campaign is a year's programme. Operations, responses and results belong to one."),
        gettext_lazy("Open a campaign"),
        "operations:open_campaign",
        roles=(Role.COORDINATOR,),
    ),
)


@in_navigation(gettext_lazy("Campaigns"), url_name="operations:campaigns", order=20, also=("/figures",))
@audience(*READERS)
def show_campaigns(request: HttpRequest) -> HttpResponseBase:
    """Show the campaigns."""
    actor = actor_for(request)
    context = {"may_open": actor.holds_any(Role.COORDINATOR)}
    return CAMPAIGNS.respond(request, campaigns_of(actor), "operations/campaigns.html", context)


def _context_of(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    actor = actor_for(request)
    text, links = why_of(actor, campaign)
    return {
        "campaign": campaign,
        "crumbs": CRUMBS,
        "may_correct": actor.holds_any(Role.COORDINATOR),
        "may_record": actor.holds_any(*actions.RECORDERS) and campaign.takes_records,
        "why": {"text": text, "links": links},
    }


@audience(*READERS)
def show_campaign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a campaign: facts, operations, map, agencies."""
    actor = actor_for(request)
    campaign = require_one(campaigns_of(actor), pk, "campaign")
    operations = list(operations_of(actor).filter(campaign=campaign))
    context = {
        **_context_of(request, campaign),
        "operations": operations,
        "agencies": agencies_in(operations),
        "by_place": count_by_place(operations),
    }
    return render(request, "operations/campaign.html", context)


@audience(*READERS)
def show_campaign_operations(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Show the operations of a campaign."""
    actor = actor_for(request)
    campaign = require_one(campaigns_of(actor), pk, "campaign")
    rows = operations_of(actor).filter(campaign=campaign)
    context = _context_of(request, campaign)
    return CAMPAIGN_OPERATIONS.respond(request, rows, "operations/campaign_operations.html", context)


@audience(Role.COORDINATOR)
def open_campaign(request: HttpRequest) -> HttpResponse:
    """Open a campaign."""
    actor = actor_for(request)
    form = forms.NewCampaignForm(request.POST or None, actor=actor)
    page = FormPage(
        title=_("Open a campaign"),
        button=_("Open campaign"),
        cancel_url=reverse("operations:campaigns"),
        lead=_("From then on operations, ads and exports can be recorded in it."),
        done=_("The campaign is open."),
        crumbs=CRUMBS,
    )

    def perform() -> Campaign:
        lead, key = form.cleaned_data["lead"], form.cleaned_data["key"]
        return actions.open_campaign(by=actor, lead=lead, key=key, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, "operations:campaign")


@audience(Role.COORDINATOR)
def correct_campaign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a campaign."""
    actor = actor_for(request)
    campaign = require_one(Campaign.objects.visible_to(actor), pk, "campaign")
    form = forms.CampaignCorrectionForm.of(campaign, request.POST or None)
    page = FormPage(
        title=_("Correct %(name)s") % {"name": campaign.name},
        button=_("Correct campaign"),
        cancel_url=campaign_address(campaign),
        done=_("The campaign is corrected."),
        record=campaign,
        crumbs=(*CRUMBS, (campaign.name, campaign_address(campaign))),
    )

    def perform() -> Campaign:
        said = {"facts": form.facts(), "reason": form.cleaned_data["reason"]}
        return actions.correct_campaign(by=actor, campaign=campaign, **said, **form.sending)

    return page.answer(request, form, perform)
