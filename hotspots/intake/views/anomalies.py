"""Things to know about a file, one line for each kind, with every place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from hotspots.intake.queries import AnomalyShown, ExportReport
from hotspots.intake.readers import AnomalyKind
from hotspots.intake.views.words import KIND_HEADINGS, WHAT_WE_DID, shown_words

SHOWN = 1_000


def things_context(report: ExportReport) -> dict[str, Any]:
    """Give the anomalies of a file, beside what was only noted, and how many places of each are not listed."""
    return {
        "things": things_to_know(report.anomalies),
        "notes": things_to_know(report.notes),
        "more_count": max(0, report.anomalies_count - SHOWN),
        "more_notes_count": max(0, report.notes_count - SHOWN),
    }


def things_to_know(anomalies: Iterable[AnomalyShown]) -> list[dict[str, Any]]:
    """Gather the anomalies by kind: one alone tells itself, several tell their kind and list their places."""
    ordered = sorted(anomalies, key=lambda one: one.kind)
    groups = [_group(AnomalyKind(kind), list(rows)) for kind, rows in groupby(ordered, key=lambda one: one.kind)]
    return sorted(groups, key=lambda group: group["first"])


def _group(kind: AnomalyKind, rows: list[AnomalyShown]) -> dict[str, Any]:
    first = rows[0]
    is_single = len(rows) == 1 or kind not in KIND_HEADINGS
    return {
        "first": (first.member, first.offset_bytes),
        "what": shown_words(first.words) if is_single else KIND_HEADINGS[kind],
        "where": place_text(first),
        "count": len(rows),
        "places": []
        if len(rows) == 1
        else [{"where": place_text(row), "words": shown_words(row.words)} for row in rows],
        "did": WHAT_WE_DID[kind],
    }


def place_text(row: AnomalyShown) -> str:
    """Say where something stands: by its line where there is one, and by its byte."""
    if not row.line_number:
        return _("byte %(offset)s") % {"offset": f"{row.offset_bytes:,}"}
    return _("line %(line)s, byte %(offset)s") % {"line": f"{row.line_number:,}", "offset": f"{row.offset_bytes:,}"}
