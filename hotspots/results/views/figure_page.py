"""What the page of a figure says, and the walk from it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotspots.access.actor import Actor
from hotspots.intake.models import Message, Response
from hotspots.operations.models import Campaign
from hotspots.results.measures import Denominator
from hotspots.results.models import Figure
from hotspots.results.queries.frozen import NowBe, measure_frozen, rows_changed
from hotspots.results.queries.rows import reference_text
from hotspots.results.views.steps_below import Steps, links_record, record_url, release_of, steps_below
from hotspots.web.tables import Listing
from hotspots.web.walk import Step, Trail, start_trail, steps_of, updown_of
from hotspots.web.why import why_of
from look.formats import local_day

UpDown = tuple[dict[str, Any] | None, dict[str, Any] | None]

OPEN = gettext_lazy(
    "this figure is published and everybody may read its value, its definition and its dates; rows are shown by role"
)


def trail_to(actor: Actor, figure: Figure) -> Trail:
    """Give the trail that leads to a figure's rows."""
    here = reverse("results:figure", args=[figure.pk])
    trail = start_trail(actor)
    release, url = release_of(actor, figure)
    if url is not None:
        trail = trail.extend(Step.RELEASE, release, url)
    trail = trail.extend(Step.FIGURE, _("%(value)s, frozen") % {"value": f"{figure.value:,}"}, here)
    return trail.extend(Step.RECORDS, records_text(figure.rows_count), f"{here}#rows")


def records_text(count: int) -> str:
    """Say how many rows there are."""
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": f"{count:,}"}


def walk_of(actor: Actor, trail: Trail, listing: Listing, *, here: Step = Step.FIGURE) -> dict[str, Any]:
    """Give the walk of a page that shows a value and its rows; below is the row that is followed, or the first."""
    followed = next((line["row"] for line in listing.lines if line["is_marked"]), None)
    row = followed or next(iter(listing.rows), None)
    found = steps_below(actor, row)
    passed: Steps = {one.step: (one.value, one.url) for one in trail.passed}
    if Step.RELEASE not in passed:
        passed[Step.RELEASE] = (_("In no release yet"), None)
    if not listing.rows:
        passed[Step.RECORDS] = (_("Closed to your role"), None)
    records = passed[Step.RECORDS]
    if records[1] is not None:
        passed[Step.RECORDS] = (records[0], "#rows")
    steps = steps_of(trail, here=here, found={**passed, **found})
    return {"steps": [_plain(step) for step in steps], "updown": _up_and_down(actor, steps, row, trail), "trail": trail}


def _up_and_down(actor: Actor, steps: list[dict[str, Any]], row: Any, trail: Trail) -> UpDown:
    """Give the way up, and down past the rows, which stand on this very page: to the message, or to the record."""
    up, down = updown_of([step for step in steps if step["step"] is not Step.RECORDS])
    is_said = isinstance(row, Response | Message)
    if row is None or is_said or not links_record(actor, type(row)):
        return up, down
    return up, {"label": _("Down to the record"), "value": reference_text(row), "url": trail.keep(record_url(row))}


def _plain(step: dict[str, Any]) -> dict[str, Any]:
    # The rows stand on this very page.
    return {**step, "url": "#rows"} if step["step"] is Step.RECORDS and step["url"] else step


def figure_context(actor: Actor, figure: Figure, now: NowBe | None, trail: Trail) -> dict[str, Any]:
    """Give what the page of a frozen figure shows beside its rows."""
    measure = measure_frozen(figure)
    text, links = why_of(actor, figure, open_reason=str(OPEN))
    return {
        "figure": figure,
        "measure": measure,
        "heading": measure.heading(figure.value) if measure else f"{figure.value:,} {figure.label}",
        "now": now,
        "changed": changed_rows(actor, figure, now, trail),
        "parts": [Denominator(**part) for part in figure.denominators],
        "crumbs": crumbs_of(figure.campaign),
        "scope_words": scope_words(figure),
        "why_text": text,
        "why_links": links,
    }


def crumbs_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Give the parents of a page about a value of a campaign."""
    return [
        (str(campaign), reverse("operations:campaign", args=[campaign.pk])),
        (_("Results"), reverse("results:results", args=[campaign.pk])),
    ]


def scope_words(figure: Figure) -> str:
    """Say of what the figure is: the campaign, one operation, or one agency."""
    return str(figure.operation or figure.organization or figure.campaign)


def changed_rows(actor: Actor, figure: Figure, now: NowBe | None, trail: Trail) -> list[dict[str, Any]]:
    """Name the rows that came or left since the figure was frozen, as far as the actor may see them."""
    if now is None or now.is_same:
        return []
    came = [(row, _came_words(row, figure)) for row in rows_changed(actor, figure, now.difference.came)]
    left = [(row, _left_words(row)) for row in rows_changed(actor, figure, now.difference.left)]
    return [_change(actor, row, words, trail) for row, words in (*came, *left)]


def _change(actor: Actor, row: Any, words: str, trail: Trail) -> dict[str, Any]:
    history = reverse("desk:history", kwargs={"kind": row.kind, "pk": row.pk})
    url = record_url(row) if links_record(actor, type(row)) else ""
    url = trail.keep(url) if url else ""
    return {"reference": reference_text(row), "url": url, "words": words, "history_url": history}


def _came_words(row: Any, figure: Figure) -> str:
    made_at = getattr(row, "recorded_at", None)
    if made_at is not None and made_at > figure.frozen_at:
        return _("Would be counted now: entered after the figure was frozen, on %(day)s.") % {"day": local_day(made_at)}
    reading = getattr(getattr(row, "first_message", None), "reading", None)
    if reading is not None and reading.finished_at is not None and reading.finished_at > figure.frozen_at:
        return _("Would be counted now: read from a later export, on %(day)s.") % {
            "day": local_day(reading.finished_at)
        }
    return _("Would be counted now, and was not then: a dismissal was reversed, or a fact corrected.")


def _left_words(row: Any) -> str:
    if getattr(row, "is_dismissed", False):
        said = {"reason": row.get_dismissal_reason_display().replace("_", " "), "day": local_day(row.dismissed_at)}
        return _("Was counted, and would not be now: dismissed on %(day)s (%(reason)s).") % said
    if getattr(row, "is_void", False):
        said = {"reason": row.get_void_reason_display(), "day": local_day(row.voided_on)}
        return _("Was counted, and would not be now: voided on %(day)s (%(reason)s).") % said
    return _("Was counted, and would not be now: a fact was corrected.")
