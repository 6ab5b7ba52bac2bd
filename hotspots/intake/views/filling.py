"""Fill a column of a list once its page is known.

What is encrypted, or stands in another table, is read for the rows of the page alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from hotspots.access.actor import Actor
from hotspots.intake.actions.opening import may_open_bytes
from hotspots.intake.models import Export, Message, SourcePlace
from hotspots.intake.rules.states import ReadingState
from hotspots.intake.views.pages import bytes_url, range_text
from hotspots.web.tables import Listing


def fill_column(listing: Listing, key: str, texts: Mapping[Any, str], urls: Mapping[Any, str] | None = None) -> None:
    """Write the texts of a column, and its links, by the id of the row."""
    for line in listing.lines:
        for cell in line["cells"]:
            if cell["column"].key == key:
                cell["text"] = texts.get(line["row"].pk, "")
                cell["url"] = (urls or {}).get(line["row"].pk, "")


def fill_places(actor: Actor, listing: Listing, message_ids: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Write where each row's message stands, with a link to its bytes; to the file, for those who may not open them."""
    seen = Message.objects.visible_to(actor).filter(pk__in=list(message_ids.values())).order_by().values("pk")
    rows = SourcePlace.objects.filter(message_id__in=seen, reading__state=ReadingState.FINISHED)
    rows = rows.select_related("message__line").order_by("-reading__finished_at", "-id")
    first = {place.message_id: place for place in rows}
    places = {row_id: first[message_id] for row_id, message_id in message_ids.items() if message_id in first}
    texts = {row_id: range_text(place) for row_id, place in places.items()}
    fill_column(listing, "place", texts, _urls_of(actor, places))


def _urls_of(actor: Actor, places: Mapping[uuid.UUID, SourcePlace]) -> dict[uuid.UUID, str]:
    opened = {row_id: bytes_url(place.pk) for row_id, place in places.items() if _is_open(actor, place)}
    return {**_file_urls(actor, places), **opened} if len(opened) < len(places) else opened


def _is_open(actor: Actor, place: SourcePlace) -> bool:
    return may_open_bytes(actor, place.message.line)


def _file_urls(actor: Actor, places: Mapping[uuid.UUID, SourcePlace]) -> dict[uuid.UUID, str]:
    readings = {place.reading_id for place in places.values()}
    seen = Export.objects.visible_to(actor).filter(reading_id__in=readings).order_by("-received_at")
    files = dict(seen.values_list("reading_id", "pk"))
    return {
        row_id: reverse("intake:export", args=[files[place.reading_id]])
        for row_id, place in places.items()
        if place.reading_id in files
    }
