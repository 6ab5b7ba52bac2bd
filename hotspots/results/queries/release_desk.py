"""What the editor's page lists: the numbers in a text with their source, the versions, and what changed between two."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hotspots.operations.models import Campaign
from hotspots.results.models import Figure, ReleaseVersion
from hotspots.results.queries.frozen import NowBe, would_now_be
from hotspots.results.queries.release_reading import Draft, candidates_of, literals_of
from hotspots.results.rules.lint import numbers_in
from hotspots.results.rules.numbers import NumberKind, numbers_of, phrase_of
from hotspots.results.rules.release_text import Block, number_as_written
from hotspots.results.rules.starting_text import coalition_paragraph, starting_text


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A number in a text, as it is written, and what stands behind it."""

    as_written: str
    source: str
    state: str  # frozen, marked or none
    figure: Figure | None = None
    literal: str = ""
    now: NowBe | None = None  # where the records of today give other rows


@dataclass(frozen=True, slots=True)
class Choice:
    """A key behind which several frozen figures could stand, and the one that does."""

    key: str
    bound: Figure | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a text that the records of today give otherwise, and what they give."""

    figure: Figure
    now: NowBe

    @property
    def is_other(self) -> bool:
        """Tell whether the value is another, and not the rows alone."""
        return self.now.value != self.figure.value


def moved_figures(draft: Draft) -> dict[str, Moved]:
    """Count the figures of a text again, and give those that would now be others, by key, in the order of the text.

    One query reads the figures with their rows; each is then counted once.
    """
    shown = {key: draft.figures[key].pk for key in draft.text.figure_keys() if key in draft.figures}
    rows = Figure.objects.select_related("campaign", "operation", "organization").in_bulk(list(shown.values()))
    counted = {key: Moved(rows[pk], now) for key, pk in shown.items() if (now := would_now_be(rows[pk])) is not None}
    return {key: one for key, one in counted.items() if not one.now.is_same}


def number_uses(draft: Draft, literals: dict[str, str], moved: Mapping[str, Moved]) -> list[NumberUse]:
    """List every number that needs a source, in the order of the text; each source once."""
    found: dict[tuple[str, str], NumberUse] = {}
    for block in draft.text.all_blocks:
        for use in (*_figures_in(block, draft, moved), *_typed_in(block, literals)):
            found.setdefault((use.as_written, use.source), use)
    kept = {use.literal for use in found.values()}
    for text, reason in literals.items():
        if text not in kept and not any(numbers_of(text, {})):
            found[(text, reason)] = NumberUse(text, _("Kept: %(reason)s") % {"reason": reason}, "marked", None, text)
    return list(found.values())


def _figures_in(block: Block, draft: Draft, moved: Mapping[str, Moved]) -> Iterator[NumberUse]:
    for span in block.spans:
        if span.slot is None:
            continue
        figure = draft.figures.get(span.slot.key)
        if figure is None:
            yield NumberUse(span.text, _("none"), "none")
        else:
            now = moved[span.slot.key].now if span.slot.key in moved else None
            yield NumberUse(number_as_written(figure.value, span.slot), figure.label, "frozen", figure, now=now)


def _typed_in(block: Block, literals: dict[str, str]) -> Iterator[NumberUse]:
    flat = block.flat
    for number in numbers_in(block, literals):
        text = " ".join(flat[number.start : number.end].split())
        if number.kind is NumberKind.BARE:
            yield NumberUse(phrase_of(flat, number), _("none"), "none")
        elif number.kind is NumberKind.LITERAL:
            yield NumberUse(text, _("Literal: %(reason)s") % {"reason": number.reason}, "marked", None, text)


def choices_of(version: ReleaseVersion, draft: Draft) -> list[Choice]:
    """List the keys for which there is more than one frozen figure to choose from."""
    candidates = candidates_of(version.release.campaign, draft.text.figure_keys(), version.data_as_of_on)
    return [
        Choice(key, draft.figures.get(key), tuple(figures)) for key, figures in candidates.items() if len(figures) > 1
    ]


def keys_offered(campaign: Campaign) -> list[Figure]:
    """List the frozen figures of a campaign, the newest of each key: what can be written between braces."""
    rows = Figure.objects.filter(campaign=campaign, operation__isnull=True, organization__isnull=True)
    newest: dict[str, Figure] = {}
    for figure in rows.defer("row_ids").order_by("measure_key", "-data_as_of_on", "-frozen_at"):
        newest.setdefault(figure.measure_key, figure)
    return list(newest.values())


def starting_text_for(campaign: Campaign) -> tuple[str, tuple[dict[str, str], ...]]:
    """Give the text of a new release, with what the last one said about the coalition, and its literals."""
    last = ReleaseVersion.objects.filter(published_at__isnull=False).exclude(body="").order_by("-published_at").first()
    coalition = coalition_paragraph(last.body) if last is not None else None
    if last is None or coalition is None:
        return starting_text(), ()
    literals = literals_of(last)
    said = tuple(row for row in last.literals if row["text"] in literals and row["text"] in coalition)
    return starting_text(coalition), said


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison: kept, added or removed."""

    kind: str
    text: str


def compare_versions(before: ReleaseVersion, after: ReleaseVersion) -> list[DiffLine]:
    """Compare two versions line by line, the headline first."""
    old, new = ([version.title, "", *version.body.splitlines()] for version in (before, after))
    names = {"  ": "kept", "- ": "removed", "+ ": "added"}
    return [DiffLine(names[line[:2]], line[2:]) for line in difflib.ndiff(old, new) if line[:2] in names]
