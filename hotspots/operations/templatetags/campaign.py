"""`{% campaign_tabs campaign "results" %}`: the tabs of a campaign, here and in the rooms above."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.operations.models import Campaign
from hotspots.web.links import open_url

register = template.Library()


@register.inclusion_tag("operations/parts/tabs.html", takes_context=True, name="campaign_tabs")
def show_tabs(context: template.Context, campaign: Campaign, here: str) -> dict[str, Any]:
    """Draw the tabs that the reader may open; `here` is overview, operations, results or releases."""
    actor: Actor = context["actor"]
    tabs = (
        ("overview", _("Overview"), open_url(actor, "operations:campaign", pk=campaign.pk)),
        ("operations", _("Operations"), open_url(actor, "operations:campaign_operations", pk=campaign.pk)),
        ("results", _("Results"), open_url(actor, "results:results", pk=campaign.pk)),
        ("releases", _("Releases"), open_url(actor, "results:releases", query={"campaign": campaign.pk})),
    )
    shown = [{"label": label, "url": url, "is_current": key == here} for key, label, url in tabs if url]
    return {"tabs": shown, "campaign": campaign}
