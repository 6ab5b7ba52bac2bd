"""Withheld contacts: inbound calls and texts without a number, counted apart from responses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotspots.intake.models import Ad, Message
from hotspots.intake.readers.records import Direction
from hotspots.intake.rules.states import ReadingState, answer_ends_at
from hotspots.results.measures.declaration import Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import keep_unrestricted


def windows_of(extent: Extent) -> Iterator[tuple[Any, datetime, datetime]]:
    """Give the line and the time in which a contact belongs to an ad of the campaign, or of one operation or agency in it.

    A line runs at most one live ad; while the 72 hours of an older ad still run, a contact belongs to the newer one.
    """
    ads = list(Ad.objects.filter(campaign=extent.campaign).select_related("line").order_by("line_id", "placed_at"))
    for place, ad in enumerate(ads):
        following = ads[place + 1] if place + 1 < len(ads) and ads[place + 1].line_id == ad.line_id else None
        ends = [extent.ends_at, answer_ends_at(ad.withdrawn_at), following.placed_at if following else None]
        begins_at, ends_at = max(ad.placed_at, extent.begins_at), min(end for end in ends if end is not None)
        if begins_at < ends_at and _is_in(ad, extent):
            yield ad.line_id, begins_at, ends_at


def _is_in(ad: Ad, extent: Extent) -> bool:
    if extent.operation is not None:
        return bool(ad.operation_id == extent.operation.pk)
    return extent.organization is None or bool(ad.line.owner_id == extent.organization.pk)


@measure(
    key="withheld_contacts",
    words=Words(_("Withheld contacts"), _("contact without a number"), _("contacts without a number")),
    unit=_("contact event"),
    unit_note=_("One call or one text. Ten of them can be one caller, so they are never added to responses."),
    population=_("Inbound calls and texts on the lines of the campaign's ads."),
    definition=_("An inbound call or text that came without a number while it would have been an answer to an ad of the campaign."),
    period=_("By the time on the phone, within the campaign's days and from an ad's placing until 72 hours after its withdrawal."),
    not_counted=(
        _("Contacts with a number: they are responses, or dismissed."),
        _("Contacts outside the time of an ad, and what the phone did not receive."),
    ),
    order=11,
)
def withheld_messages(extent: Extent) -> Any:
    """Give the inbound contacts without a number in an ad's time."""
    answered = Q(pk__in=[])
    for line_id, begins_at, ends_at in windows_of(extent):
        answered |= Q(line_id=line_id, sent_at__gte=begins_at, sent_at__lt=ends_at)
    rows = Message.objects.filter(
        answered, is_withheld=True, direction=Direction.INBOUND, reading__state=ReadingState.FINISHED
    )
    return keep_unrestricted(rows)
