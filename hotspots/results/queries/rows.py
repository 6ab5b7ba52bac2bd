"""The rows behind a value, with what a list of them shows, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.cases.models import Arrest, Charge, Citation, Investigation, Matter, Subject
from hotspots.intake.models import Message, Response, SourcePlace
from hotspots.operations.models import Campaign, Operation
from hotspots.results.measures import Extent, Measure, extent_of, measure_of
from hotspots.web.county import county_zone

PLACES_READ = 500

# What a list of a kind of row reads beside it, in the same query.
READ_WITH: dict[Any, tuple[str, ...]] = {
    Response: ("ad__line__owner", "contact_point", "first_message__reading"),
    Message: ("line__owner",),
    Citation: ("credited", "operation", "document__blob"),
    Arrest: ("credited", "operation", "document__blob"),
    Charge: ("matter__credited", "matter__citation", "matter__arrest", "statute", "subject"),
    Investigation: ("credited", "operation"),
    Matter: ("credited", "operation", "subject"),
    Subject: ("credited", "operation"),
    Operation: ("lead",),
    Organization: (),
}


def rows_seen(actor: Actor, measure: Measure, extent: Extent) -> Any:
    """Give the rows that a measure counts now, as far as the actor may see them."""
    rows = measure.rows(extent)
    return rows.model.objects.visible_to(actor).filter(pk__in=rows.order_by().values("pk"))


def with_columns(rows: Any) -> Any:
    """Read the related records that a list of rows shows."""
    return rows.select_related(*READ_WITH[rows.model])


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A row as `hotspots results --explain` lists it."""

    kind: str
    reference: str
    happened_on: str
    agency: str
    document: str


def explain(actor: Actor, campaign: Campaign, key: str) -> list[ExplainedRow]:
    """List the rows behind a live value that the actor may see, in order of their ids.

    Raises NotFound for a key that is no measure.
    """
    rows = list(with_columns(rows_seen(actor, measure_of(key), extent_of(campaign))).order_by("pk"))
    places = _places_of(rows)
    return [_explained(row, places.get(row.pk, "")) for row in rows]


def _places_of(rows: list[Any]) -> dict[Any, str]:
    """Give the first place of each row's message in a file, "offset + length"."""
    messages = {row.first_message_id if isinstance(row, Response) else row.pk: row.pk for row in rows if _is_said(row)}
    ordered = iter(sorted(messages, key=str))
    found: dict[Any, str] = {}
    while chunk := list(islice(ordered, PLACES_READ)):
        for place in SourcePlace.objects.filter(message_id__in=chunk).order_by("-pk"):
            found[messages[place.message_id]] = f"{place.offset_bytes} + {place.length_bytes}"
    return found


def _is_said(row: Any) -> bool:
    return isinstance(row, Response | Message)


def _explained(row: Any, place: str) -> ExplainedRow:
    agency = agency_of(row)
    return ExplainedRow(
        kind=row.kind,
        reference=reference_text(row),
        happened_on=str(happened_on(row) or ""),
        agency=agency.short_name if agency is not None else "",
        document=getattr(row, "document_number", "") or place,
    )


def reference_text(row: Any) -> str:
    """Give what people call a row."""
    if isinstance(row, Charge):
        return f"{row.matter.reference}/{row.number}"
    return getattr(row, "reference", "") or str(row)


def happened_on(row: Any) -> date | None:
    """Give the day on which the fact of a row happened, by the county's clock."""
    for name in (
        "first_at",
        "sent_at",
        "occurred_at",
        "filed_on",
        "opened_on",
        "submitted_on",
        "night_on",
        "identified_on",
    ):
        found = getattr(row, name, None)
        if isinstance(found, datetime):
            return found.astimezone(county_zone()).date()
        if isinstance(found, date):
            return found
    return None


def agency_of(row: Any) -> Organization | None:
    """Give the agency that a row is credited to."""
    if isinstance(row, Organization):
        return row
    if isinstance(row, Charge):
        return row.matter.credited
    if _is_said(row):
        return row.ad.line.owner if isinstance(row, Response) else row.line.owner
    return getattr(row, "credited", None) or getattr(row, "lead", None)
