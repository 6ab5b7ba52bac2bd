"""Withheld contacts: inbound calls and texts without a number, counted apart from responses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hotspots.intake.models import Ad
from hotspots.intake.queries import answers
from hotspots.results.measures.declaration import Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import keep_unrestricted


@measure(
    key="withheld_contacts",
    words=Words(_("Withheld contacts"), _("contact without a number"), _("contacts without a number")),
    unit=_("contact event"),
    unit_note=_("One call or one text. Ten of them can be one caller, so they are never added to responses."),
    population=_("Inbound calls and texts on the lines of the campaign's ads."),
    definition=_(
        "An inbound call or text that came without a number while it would have been an answer to an ad of the "
        "campaign."
    ),
    period=_(
        "By the time on the phone, within the campaign's days and from an ad's placing until 72 hours after its "
        "withdrawal."
    ),
    not_counted=(
        _("Contacts with a number: they are responses, or dismissed."),
        _("Contacts outside the time of an ad, and what the phone did not receive."),
    ),
    order=11,
)
def withheld_messages(extent: Extent) -> Any:
    """Give the inbound contacts without a number in an ad's time."""
    ads = Ad.objects.filter(campaign=extent.campaign)
    if extent.operation is not None:
        ads = ads.filter(operation=extent.operation)
    if extent.organization is not None:
        ads = ads.filter(line__owner=extent.organization)
    rows = answers.withheld_contacts(ads)
    return keep_unrestricted(rows.filter(sent_at__gte=extent.begins_at, sent_at__lt=extent.ends_at), extent)
