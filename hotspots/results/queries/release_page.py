"""A version as the page and the PDF show it: text with its figures written in, and a numbered note for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hotspots.results.models import Figure, ReleaseVersion
from hotspots.results.queries.frozen import measure_frozen
from hotspots.results.queries.release_reading import Draft, draft_of
from hotspots.results.queries.release_root import root_of_figures
from hotspots.results.rules.lint import SMALLEST_SHOWN, BoundFigure, Problem
from hotspots.results.rules.release_text import Block, BlockKind, Span, number_as_written

QUOTED = (BlockKind.QUOTATION, BlockKind.SPEAKER)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text as it is shown; `note` is the number of the figure's note, `mark` that of the lint."""

    text: str
    note: int = 0
    is_first: bool = False
    href: str = ""
    is_strong: bool = False
    is_emphasis: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it is shown."""

    kind: str
    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand together: a quotation with its speaker, the items of a list, or one block."""

    kind: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """How one number was counted."""

    number: int
    key: str
    value: str
    heading: str
    label: str
    unit: str
    definition: str
    data_as_of_on: date
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """A version as it is shown."""

    title: tuple[Run, ...]
    lead: tuple[Part, ...]
    groups: tuple[Group, ...]
    notes: tuple[Note, ...]
    root: str

    @property
    def title_text(self) -> str:
        return "".join(run.text for run in self.title)

    @property
    def summary(self) -> str:
        """Give the line under the headline, or the first paragraph, for those who quote the page."""
        groups = [part for group in self.groups if group.kind == BlockKind.PARAGRAPH for part in group.parts]
        first = next(iter((*self.lead, *groups)), None)
        return " ".join("".join(run.text for run in first.runs).split()) if first else ""


def page_of(version: ReleaseVersion) -> ReleasePage:
    """Show a version as it is kept."""
    return page_of_draft(draft_of(version))


def page_of_draft(draft: Draft, *, is_marked: bool = False) -> ReleasePage:
    """Show a text; `is_marked` shows where the lint found something."""
    shown = _Shown(draft, is_marked)
    title = tuple(shown.runs(draft.text.title, 0, has_notes=False))
    parts = [shown.part(block, place) for place, block in enumerate(draft.text.blocks, start=1)]
    lead = tuple(part for part in parts if part.kind == BlockKind.LEAD)
    rest = [part for part in parts if part.kind != BlockKind.LEAD]
    notes = tuple(_note(number, draft.figures[key]) for key, number in shown.numbers.items())
    return ReleasePage(title, lead, tuple(_groups(rest)), notes, root_of_figures(draft.figures.values()).hex())


def value_shown(figure: Figure) -> str:
    """Write the value of a figure; a small count of people in need is never written."""
    if BoundFigure(figure.value, figure.is_protected).is_small:
        return _("fewer than %(number)s") % {"number": SMALLEST_SHOWN}
    return f"{figure.value:,}"


def heading_of(figure: Figure) -> str:
    """Write a value with what it counts, "22 citations for soliciting"."""
    measure = measure_frozen(figure)
    if measure is None or BoundFigure(figure.value, figure.is_protected).is_small:
        return f"{value_shown(figure)} {figure.label}"
    return measure.heading(figure.value)


def unit_words(figure: Figure) -> str:
    """Write the unit of a public figure, which stands below its label."""
    measure = measure_frozen(figure)
    if measure is None:
        return figure.unit
    if note := str(measure.words.beneath):
        return note  # the label above it says the rest
    is_one = figure.value == 1 and not BoundFigure(figure.value, figure.is_protected).is_small
    return str(measure.words.one if is_one else measure.words.many)


class _Shown:
    """Numbers the notes in the order in which the figures appear."""

    def __init__(self, draft: Draft, is_marked: bool) -> None:
        self.figures: Mapping[str, Figure] = draft.figures
        self.problems = draft.report.problems if is_marked else ()
        self.numbers = {key: place for place, key in enumerate(self._keys(draft), start=1)}
        self.told: set[str] = set()

    def _keys(self, draft: Draft) -> list[str]:
        return [key for key in draft.text.figure_keys() if key in draft.figures]

    def part(self, block: Block, place: int) -> Part:
        """Show a block."""
        return Part(block.kind.value, block.level, tuple(self.runs(block, place)))

    def runs(self, block: Block, place: int, *, has_notes: bool = True) -> Iterator[Run]:
        """Show the runs of a block."""
        at = 0
        found = [problem for problem in self.problems if problem.block == place and problem.excerpt]
        for span in block.spans:
            end = at + len(span.flat)
            if span.slot is not None:
                yield self._figure(span, found, at, has_notes)
            else:
                for start, stop, mark in _cuts(found, at, end):
                    text = span.text[start - at : stop - at]
                    yield Run(text, 0, False, span.href, span.is_strong, span.is_emphasis, mark)
            at = end

    def _figure(self, span: Span, found: list[Problem], at: int, has_notes: bool) -> Run:
        assert span.slot is not None
        figure = self.figures.get(span.slot.key)
        mark = next((one.severity.value for one in found if one.start <= at < one.end), "")
        if figure is None:
            return Run(span.text, mark=mark)
        is_small = BoundFigure(figure.value, figure.is_protected).is_small
        text = value_shown(figure) if is_small else number_as_written(figure.value, span.slot)
        is_first = has_notes and span.slot.key not in self.told
        if has_notes:
            self.told.add(span.slot.key)
        number = self.numbers[span.slot.key] if has_notes else 0
        return Run(text, number, is_first, "", span.is_strong, span.is_emphasis, mark)


def _cuts(found: list[Problem], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Cut a run where a finding begins and ends."""
    edges = sorted({start, end, *(edge for one in found for edge in (one.start, one.end) if start < edge < end)})
    for left, right in itertools.pairwise(edges):
        mark = next((one.severity.value for one in found if one.start <= left and right <= one.end), "")
        yield left, right, mark


def _groups(parts: list[Part]) -> Iterator[Group]:
    at = 0
    while at < len(parts):
        kind = parts[at].kind
        together = at + 1
        if kind in QUOTED:
            while (
                together < len(parts)
                and parts[together].kind in QUOTED
                and parts[together - 1].kind != BlockKind.SPEAKER
            ):
                together += 1
        elif kind == BlockKind.ITEM:
            while together < len(parts) and parts[together].kind == kind:
                together += 1
        yield Group(BlockKind.QUOTATION.value if kind in QUOTED else kind, tuple(parts[at:together]))
        at = together


def _note(number: int, figure: Figure) -> Note:
    return Note(
        number=number,
        key=figure.measure_key,
        value=value_shown(figure),
        heading=heading_of(figure),
        label=figure.label,
        unit=figure.unit,
        definition=figure.definition,
        data_as_of_on=figure.data_as_of_on,
        frozen_at=figure.frozen_at,
    )


def as_plain(page: ReleasePage) -> dict[str, Any]:
    """Give the text of a page as plain lists, as the PDF's template reads it."""

    def runs(part_runs: tuple[Run, ...]) -> list[dict[str, Any]]:
        return [
            {
                "text": run.text.replace("\n", " "),
                "note": run.note,
                "href": run.href,
                "strong": run.is_strong,
                "emphasis": run.is_emphasis,
            }
            for run in part_runs
        ]

    def parts(given: tuple[Part, ...]) -> list[dict[str, Any]]:
        return [{"kind": part.kind, "level": part.level, "runs": runs(part.runs)} for part in given]

    return {
        "title": page.title_text,
        "lead": parts(page.lead),
        "groups": [{"kind": group.kind, "parts": parts(group.parts)} for group in page.groups],
        "root": page.root,
    }
