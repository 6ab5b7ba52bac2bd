"""What the results page of a campaign says."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.operations.models import Campaign
from hotspots.results.actions.drafting import EDITORS
from hotspots.results.actions.figures import FREEZERS
from hotspots.results.forms.freeze import AsOfForm, FreezeForm
from hotspots.results.measures import Extent, all_measures
from hotspots.results.queries.campaign import (
    HEADLINES,
    Parts,
    Standing,
    by_agency,
    by_operation,
    responses_by_ad,
    standings_of,
)
from hotspots.web.walk import with_parameter
from hotspots.web.why import why_of
from look.formats import local_day


def page_context(actor: Actor, campaign: Campaign, extent: Extent, *, form: FreezeForm | None = None) -> dict[str, Any]:
    """Give what the page of the whole campaign shows."""
    standings = standings_of(actor, campaign, extent)
    headlines = [one for key in HEADLINES for one in standings if one.live.key == key]
    text, links = why_of(actor, campaign)
    return {
        **frame_of(campaign, extent),
        "figures": [figure_card(campaign, one) for one in headlines],
        "changed": [changed_line(one) for one in standings if one.is_changed],
        "others": [other_line(campaign, one) for one in standings if one.live.key not in HEADLINES],
        "definitions": [one.live.measure for one in headlines],
        "chart": chart_of(extent),
        "by_operation": table_of(campaign, by_operation(actor, extent), "operation"),
        "by_agency": table_of(campaign, by_agency(extent), "agency"),
        "write_url": reverse("results:start_release") if actor.holds_any(*EDITORS) else "",
        "freeze": _freeze_form(extent, form) if actor.holds_any(*FREEZERS) else None,
        "why_text": text,
        "why_links": links,
    }


def agency_context(actor: Actor, campaign: Campaign, extent: Extent) -> dict[str, Any]:
    """Give what people of an agency see: the live values of the operations that they or their agency take part in."""
    text, links = why_of(actor, campaign)
    parts = by_operation(actor, extent)
    return {
        **frame_of(campaign, extent),
        "by_operation": table_of(campaign, parts, "operation"),
        "definitions": list(parts.measures),
        "why_text": text,
        "why_links": links,
    }


def frame_of(campaign: Campaign, extent: Extent) -> dict[str, Any]:
    """Give the head of the page."""
    return {
        "campaign": campaign,
        "extent": extent,
        "crumbs": [(_("Campaigns"), reverse("operations:campaigns")), (str(campaign), _campaign_url(campaign))],
        "as_of": AsOfForm(initial={"as_of": extent.data_as_of_on}),
    }


def _campaign_url(campaign: Campaign) -> str:
    return reverse("operations:campaign", args=[campaign.pk])


def rows_url(campaign: Campaign, key: str) -> str:
    """Give the address of the rows behind a live value."""
    return reverse("results:measure_rows", args=[campaign.pk, key])


def figure_card(campaign: Campaign, one: Standing) -> dict[str, Any]:
    """Give a figure as the tag `figures` draws it: frozen with the live value beside it, or live."""
    measure, figure = one.live.measure, one.figure
    card = {"label": measure.label, "unit": _unit_line(one), "number": one.live.value}
    if figure is None:
        day = local_day(one.live.data_as_of_on)
        return {
            **card,
            "url": rows_url(campaign, measure.key),
            "live_text": _("Live, not frozen. Data as of %(day)s") % {"day": day},
        }
    return {
        **card,
        "number": figure.value,
        "url": reverse("results:figure", args=[figure.pk]),
        "frozen_text": _("Frozen %(day)s") % {"day": local_day(figure.frozen_at)},
        "live_text": _live_text(one),
        "is_changed": one.is_changed,
    }


def _unit_line(one: Standing) -> str:
    """Write the unit, and the month of the hearings where all of them are in one."""
    months = [part for part in one.live.denominators if part.key.startswith("hearings.")]
    line = one.live.measure.unit_line
    return f"{line}; {months[0].label[0].lower()}{months[0].label[1:]}" if len(months) == 1 else line


def _live_text(one: Standing) -> str:
    assert one.figure is not None
    if one.is_changed and one.now is not None:
        if one.now.value == one.figure.value:
            return _("Would be the same number, of other rows")
        return _("Would now be %(value)s") % {"value": f"{one.now.value:,}"}
    if one.live.value == one.figure.value:
        return _("Live now %(value)s, the same") % {"value": f"{one.live.value:,}"}
    return _("Live now %(value)s, with later facts") % {"value": f"{one.live.value:,}"}


def changed_line(one: Standing) -> dict[str, Any]:
    """Say in one sentence that a frozen figure no longer matches the records."""
    assert one.figure is not None
    assert one.now is not None
    measure = one.live.measure
    now, was = measure.heading(one.now.value), f"{one.figure.value:,}"
    text = _("%(label)s: frozen at %(was)s on %(day)s, it would now be %(now)s.")
    said = {"label": measure.label, "was": was, "day": local_day(one.figure.frozen_at), "now": now}
    url = reverse("results:figure", args=[one.figure.pk]) + "#changed"
    return {"text": text % said, "url": url, "value": was}


def other_line(campaign: Campaign, one: Standing) -> dict[str, Any]:
    """Give a line of the table of the other measures."""
    parts = "; ".join(f"{part.label}: {part.value:,}" for part in one.live.denominators)
    return {
        "label": one.live.label,
        "value": one.live.value,
        "unit": one.live.unit,
        "url": rows_url(campaign, one.live.key),
        "parts": parts,
        "figure": one.figure,
        "is_changed": one.is_changed,
        "is_protected": one.live.measure.is_protected,
    }


def table_of(campaign: Campaign, parts: Parts, parameter: str) -> dict[str, Any]:
    """Give a table by operation or agency, each value a link to its rows."""
    heads = [{"label": measure.label, "unit": measure.unit} for measure in parts.measures]
    lines = []
    for row in parts.rows:
        pairs = zip(parts.measures, row.values, strict=True)
        cells = [
            {"value": value, "url": with_parameter(rows_url(campaign, measure.key), parameter, str(row.pk))}
            for measure, value in pairs
        ]
        lines.append({"name": row.name, "cells": cells})
    return {"heads": heads, "lines": lines}


def chart_of(extent: Extent) -> dict[str, Any]:
    """Give the chart of responses by ad."""
    bars = [{"label": label, "value": value, "is_counted": True} for label, value in responses_by_ad(extent)]
    described = ", ".join(f"{bar['label']}: {bar['value']}" for bar in bars)
    return {
        "title": _("Responses by ad"),
        "description": described,
        "bars": bars,
        "unit": _("responses"),
        "label_heading": _("Ad"),
    }


def _freeze_form(extent: Extent, form: FreezeForm | None) -> FreezeForm:
    if form is not None:
        return form
    chosen = [measure.key for measure in all_measures() if measure.key in HEADLINES]
    return FreezeForm(initial={"data_as_of_on": extent.data_as_of_on, "measures": chosen})
