"""The list of responses; the numbers that it shows are logged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.actions.opening import OpeningFacts, show_contacts
from hotspots.intake.actions.responses import REVIEWERS
from hotspots.intake.models import ContactPoint, Response
from hotspots.intake.queries import contact_values
from hotspots.intake.views import words
from hotspots.intake.views.filling import fill_column, fill_places
from hotspots.intake.views.filters import ReferenceFilters, ResponseFilters
from hotspots.intake.views.finding import finding_of
from hotspots.intake.views.pages import LIST_READERS, purpose_of, reads_words, response_tabs
from hotspots.intake.views.words import state_text
from hotspots.web.audience import actor_for, audience
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, Table
from look import formats

CHOOSE = Column("choose", _("Choose"), value=lambda row: "", cell="intake/parts/choose.html")
FIRST = Column("first", _("First contact"), value="first_at", sort="first_at")
REFERENCE = Column(
    "reference", _("Reference"), value="reference", sort="reference", is_head=True,
    link=lambda row: reverse("intake:response", args=[row.pk]),
)  # fmt: skip
CONTACT = Column("contact", _("Contact point"), value=lambda row: "")
AD = Column("ad", _("Ad"), value=lambda row: str(row.ad), sort="ad__number")
AGENCY = Column("agency", _("Agency"), value="ad.line.owner.short_name", sort="ad__line__owner__short_name")
MESSAGES = Column(
    "messages",
    _("Messages in the ad's time"),
    value="messages_count",
    sort="messages_count",
    is_numeric=True,
    unit=words.MESSAGES,
)
STATE = Column("state", _("State"), value=state_text, sort="dismissal_reason", cell="intake/parts/state.html")
PLACE = Column("place", _("Place in the file"), value=lambda row: "", is_mono=True)

RESPONSES = Table(
    title=_("Responses"),
    file_name="responses",
    columns=(CHOOSE, FIRST, REFERENCE, CONTACT, AD, AGENCY, MESSAGES, STATE),
    default_sort="first",
    filters=ResponseFilters,
    empty=Empty(
        _("No response yet"),
        _(
            "A response appears here when a phone export is read and a contact point answered an ad: "
            "once for each ad, however much was said."
        ),
        _("Receive an export"),
        "intake:receive",
        KEEPERS,
    ),
)
# An auditor reads references and places, never numbers or words.
REFERENCES = replace(
    RESPONSES,
    columns=(FIRST, replace(REFERENCE, link=None), AD, AGENCY, MESSAGES, STATE, PLACE),
    filters=ReferenceFilters,
)


@in_navigation(_("Responses"), url_name="intake:responses", order=40, also=("/ads", "/lines"))
@audience(*LIST_READERS)
def show_responses(request: HttpRequest) -> HttpResponseBase:
    """Show the responses that the reader may see."""
    actor = actor_for(request)
    rows = Response.objects.visible_to(actor).select_related("ad__line__owner", "contact_point")
    if request.GET.get("format") == "csv":
        return _export(request, actor, rows)
    table = RESPONSES if reads_words(actor) else REFERENCES
    listing = table.read(request, rows)
    if reads_words(actor):
        numbers = _numbers(actor, listing.rows)
        fill_column(listing, "contact", {row.pk: numbers.get(row.contact_point_id, "") for row in listing.rows})
    else:
        fill_places(actor, listing, {row.pk: row.first_message_id for row in listing.rows})
    may_dismiss = actor.holds_any(*REVIEWERS) and listing.rows
    context = {"tabs": response_tabs(request), "listing": listing, "may_dismiss": may_dismiss}
    context |= finding_of(request, is_offered=not listing.is_empty or listing.is_filtered)
    return render(request, "intake/responses.html", context)


def _export(request: HttpRequest, actor: Actor, rows: Any) -> HttpResponseBase:
    """Answer with the list as CSV; every number in it is logged first."""
    if not reads_words(actor):
        return replace(REFERENCES, columns=REFERENCES.columns[:-1]).export(request, rows)
    form = ResponseFilters(request.GET, actor=actor)
    kept = list(form.narrow(rows)) if form.is_valid() else []
    numbers = _numbers(actor, kept)
    contact = replace(CONTACT, value=lambda row: numbers.get(row.contact_point_id, ""))
    columns = tuple(contact if column is CONTACT else column for column in RESPONSES.columns if column is not CHOOSE)
    return replace(RESPONSES, columns=columns).export(request, rows)


def _numbers(actor: Actor, rows: list[Response]) -> Mapping[uuid.UUID, str]:
    """Give the numbers behind these responses, by contact point; that they are shown is logged."""
    ids = {row.contact_point_id for row in rows}
    points: dict[uuid.UUID, ContactPoint] = ContactPoint.objects.visible_to(actor).in_bulk(ids) if ids else {}
    if not points:
        return {}
    show_contacts(by=actor, contact_points=list(points.values()), facts=OpeningFacts(purpose_of(actor)))
    return {pk: formats.phone(number) for pk, number in contact_values(actor, points).items()}
