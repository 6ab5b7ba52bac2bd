"""Open data: value, unit, definition and dates of published figures; never rows."""

from __future__ import annotations

import csv
import enum
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_page import value_shown
from hotspots.results.queries.release_public import PublishedFigure, Standing, standing_of
from hotspots.results.queries.release_reading import draft_of
from hotspots.web.county import county_now, county_zone
from hotspots.web.tables import neutralized

HEADINGS = (
    "key",
    "label",
    "value",
    "unit",
    "definition",
    "campaign",
    "operation_begins_on",
    "operation_ends_on",
    "data_as_of_on",
    "frozen_on",
    "released_on",
    "release",
    "root",
    "note",
    "state",
    "state_on",
    "state_note",
)


class SheetState(enum.StrEnum):
    """How the release of a figure stands on the day on which the sheet is written."""

    NOT_PUBLISHED = "not published"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    REPLACED = "replaced by a correction"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sheet says of the release beside every figure: its state, since when, and the note that everybody reads.

    A sheet is kept and sent on, so it says itself that its numbers no longer stand.
    """

    state: SheetState
    state_on: date | None = None
    note: str = ""


def sheet_of_version(version: ReleaseVersion) -> str:
    """Write the figures of a version as CSV."""
    draft, standing = draft_of(version), standing_of(version)
    figures = [PublishedFigure(draft.figures[key], version) for key in draft.text.figure_keys() if key in draft.figures]
    note = _("Withdrawn") if standing.is_withdrawn else ""
    return sheet_of(figures or _slots(version), note=note, mark=mark_of(standing))


def mark_of(standing: Standing) -> Mark:
    """Say how a version stands today: what came after it says more than what it was."""
    if standing.retraction is not None:
        return _noted(SheetState.RETRACTED, standing.retraction)
    if standing.newer is not None:
        return _noted(SheetState.REPLACED, standing.newer)
    return _mark_alone(standing.version)


def _mark_alone(version: ReleaseVersion) -> Mark:
    """Say what the newest version of a release is."""
    if version.published_at is None:
        return Mark(SheetState.NOT_PUBLISHED)
    return _noted(SheetState.CORRECTED, version) if version.note else Mark(SheetState.PUBLISHED, version.released_on)


def _noted(state: SheetState, version: ReleaseVersion) -> Mark:
    return Mark(state, version.noted_on, version.note)


def sheet_of(figures: Iterable[PublishedFigure], *, note: str = "", mark: Mark | None = None) -> str:
    """Write published figures as CSV; a cell that a spreadsheet would compute is made text.

    Without a mark, each figure stands in the newest version of its release.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    county = county_now()
    is_demonstration = county is not None and county.is_demonstration
    marks = (
        [note, _("Demonstration data: %(county)s does not exist") % {"county": county}] if is_demonstration else [note]
    )
    for one in figures:
        cells = _cells(one, ". ".join(words for words in marks if words), mark or _mark_alone(one.version))
        writer.writerow([neutralized(cell) for cell in cells])
    return sheet.getvalue()


def _slots(version: ReleaseVersion) -> list[PublishedFigure]:
    rows = version.slots.select_related("figure").defer("figure__row_ids")
    return [PublishedFigure(slot.figure, version) for slot in rows]


def _cells(one: PublishedFigure, note: str, mark: Mark) -> list[str]:
    figure, version = one.figure, one.version
    address = reverse("results:public_release", args=[version.release.slug, version.number])
    dates = (version.operation_begins_on, version.operation_ends_on, figure.data_as_of_on)
    return [
        figure.measure_key,
        figure.label,
        value_shown(figure).replace(",", ""),
        figure.unit,
        " ".join(figure.definition.split()),
        version.release.campaign.name,
        *(day.isoformat() if day else "" for day in dates),
        figure.frozen_at.astimezone(county_zone()).date().isoformat(),
        version.released_on.isoformat() if version.released_on else "",
        f"{settings.PUBLIC_URL}{address}",
        bytes(figure.root).hex(),
        note,
        mark.state.value,
        mark.state_on.isoformat() if mark.state_on else "",
        " ".join(mark.note.split()),
    ]
