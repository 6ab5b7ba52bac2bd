"""A page of rows: read or exported, with the numbers of its contact points and the places of its messages filled in."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from hotspots.access.actor import Actor
from hotspots.intake.actions.opening import OpeningFacts, show_contacts
from hotspots.intake.models import ContactPoint, Message, Response
from hotspots.intake.queries import contact_values
from hotspots.intake.views.filling import fill_column, fill_places
from hotspots.intake.views.pages import purpose_of, reads_words
from hotspots.results.views.row_tables import rows_table
from hotspots.results.views.steps_below import record_url
from hotspots.web.audience import actor_for
from hotspots.web.tables import Listing
from hotspots.web.walk import Step, Trail
from look import formats


def show_rows(request: HttpRequest, rows: Any, trail: Trail) -> Listing | HttpResponseBase:
    """Read the page of rows that the address asks for, or answer with the rows as CSV."""
    actor = actor_for(request)
    table = rows_table(rows.model, trail, actor)
    if request.GET.get("format") == "csv":
        return table.export(request, rows)
    listing = table.read(request, rows)
    if rows.model in (Response, Message):
        _fill(actor, listing, trail)
    return listing


def _fill(actor: Actor, listing: Listing, trail: Trail) -> None:
    rows = listing.rows
    fill_places(actor, listing, {row.pk: row.first_message_id if isinstance(row, Response) else row.pk for row in rows})
    for line in listing.lines:
        for cell in line["cells"]:
            if cell["column"].key == "place" and cell["url"]:
                cell["url"] = _down(trail, line["row"]).keep(cell["url"])
    if rows and isinstance(rows[0], Response) and reads_words(actor):
        numbers = _numbers(actor, rows)
        fill_column(listing, "number", {row.pk: numbers.get(row.contact_point_id, "") for row in rows})


def _down(trail: Trail, row: Any) -> Trail:
    return trail.extend(Step.MESSAGE, row.reference, record_url(row)) if isinstance(row, Response) else trail


def _numbers(actor: Actor, rows: list[Response]) -> dict[uuid.UUID, str]:
    """Give the numbers behind these responses, by contact point; that they are shown is logged."""
    points = ContactPoint.objects.visible_to(actor).in_bulk({row.contact_point_id for row in rows})
    if not points:
        return {}
    show_contacts(by=actor, contact_points=list(points.values()), facts=OpeningFacts(purpose_of(actor)))
    return {pk: formats.phone(number) for pk, number in contact_values(actor, points).items()}
