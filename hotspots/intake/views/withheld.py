"""Contacts without a number: counted apart, never responses."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hotspots.intake.models import Ad, Message
from hotspots.intake.queries import withheld_contacts
from hotspots.intake.views.filling import fill_places
from hotspots.intake.views.pages import LIST_READERS, response_tabs
from hotspots.intake.views.words import PHONE_STATES
from hotspots.web.audience import actor_for, audience
from hotspots.web.tables import Column, Empty, Table

KINDS = {"sms": _("Text"), "mms": _("Picture message"), "call": _("Call")}


def kind_of(row: Message) -> str:
    """Say how somebody without a number made contact, and what the phone noted."""
    state = PHONE_STATES.get(row.phone_state)
    kind = str(KINDS[row.message_kind])
    return f"{kind}, {state}" if state else kind


WITHHELD = Table(
    title=_("Contacts without a number"),
    file_name="withheld-contacts",
    columns=(
        Column("sent", _("When"), value="sent_at", sort="sent_at", is_head=True),
        Column("kind", _("Kind"), value=kind_of, sort="message_kind"),
        Column("line", _("Line"), value=lambda row: str(row.line), sort="line__label"),
        Column("agency", _("Agency"), value="line.owner.short_name", sort="line__owner__short_name"),
        Column("place", _("Place in the file"), value=lambda row: "", is_mono=True),
    ),
    default_sort="sent",
    empty=Empty(
        _("None without a number"),
        _(
            "An inbound call or text that shows no number appears here. "
            "It is counted apart, since one caller can be many of them."
        ),
    ),
)


@audience(*LIST_READERS)
def show_withheld(request: HttpRequest) -> HttpResponseBase:
    """Show the contacts without a number in the time of the ads that the reader may see."""
    actor = actor_for(request)
    contacts = withheld_contacts(Ad.objects.visible_to(actor))
    rows = Message.objects.visible_to(actor).filter(pk__in=contacts.values("pk")).select_related("line__owner")
    if request.GET.get("format") == "csv":
        return replace(WITHHELD, columns=WITHHELD.columns[:-1]).export(request, rows)
    listing = WITHHELD.read(request, rows)
    fill_places(actor, listing, {row.pk: row.pk for row in listing.rows})
    return render(request, "intake/withheld.html", {"tabs": response_tabs(request), "listing": listing})
