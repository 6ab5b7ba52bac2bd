"""Open data: value, unit, definition and dates of published figures; never rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_page import value_shown
from hotspots.results.queries.release_public import PublishedFigure, standing_of
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
)


def sheet_of_version(version: ReleaseVersion) -> str:
    """Write the figures of a version as CSV."""
    draft, withdrawn = draft_of(version), standing_of(version).is_withdrawn
    figures = [PublishedFigure(draft.figures[key], version) for key in draft.text.figure_keys() if key in draft.figures]
    return sheet_of(figures or _slots(version), note=_("Withdrawn") if withdrawn else "")


def sheet_of(figures: Iterable[PublishedFigure], *, note: str = "") -> str:
    """Write published figures as CSV; a cell that a spreadsheet would compute is made text."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    county = county_now()
    is_demonstration = county is not None and county.is_demonstration
    marks = (
        [note, _("Demonstration data: %(county)s does not exist") % {"county": county}] if is_demonstration else [note]
    )
    for one in figures:
        writer.writerow([neutralized(cell) for cell in _cells(one, ". ".join(mark for mark in marks if mark))])
    return sheet.getvalue()


def _slots(version: ReleaseVersion) -> list[PublishedFigure]:
    rows = version.slots.select_related("figure").defer("figure__row_ids")
    return [PublishedFigure(slot.figure, version) for slot in rows]


def _cells(one: PublishedFigure, note: str) -> list[str]:
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
    ]
