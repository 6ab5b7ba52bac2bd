"""What stops a release from being published, and what only warns; each finding with its place and a sentence.

Source: the coalition's rule that every published number is counted from records or says where it comes from; the
small-number rule for people in need (CMS cell size policy, CHHS Data De-Identification Guidelines: none of 1 to 10).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotspots.results.rules.numbers import (
    HOTLINE_TEXTS,
    HOTLINE_TEXTS_LINK,
    Number,
    NumberKind,
    is_numeric,
    numbers_of,
    phrase_of,
)
from hotspots.results.rules.release_text import OWN_LINK, PLACE, Block, BlockKind, ReleaseText
from hotspots.results.rules.starting_text import QUOTATION
from hotspots.results.rules.wording import (
    ACCUSED,
    CONTACT_EVENTS,
    ONE,
    PERSONS,
    PRESUMPTION,
    PRESUMPTION_SENTENCE,
    UNCOUNTED,
    WORDINGS,
)

SMALLEST_SHOWN = 11
HOTLINE_LINK = re.compile(r"^(?:tel:\+?1-?888-?373-?7888|sms:233733)$")
# Two figures, or a figure and a number, with only signs between them read as one number: "22.261".
JOINED = re.compile(rf"{PLACE}{PLACE}+|\w{PLACE}|{PLACE}\w|{PLACE}[^\s\w{PLACE}]+[{PLACE}\d]|\d[^\s\w{PLACE}]+{PLACE}")
SIGN = re.compile(rf"(?<![\w{PLACE}])[-+.,\u2010-\u2013\u2212\u00b1~\u2248<>\u2264\u2265=*/$#]{PLACE}")
RIDER = re.compile(rf"{PLACE}\s?(?:%|percent\b|per cent\b|[kKmM]\b|bn\b)")


STARTING_QUOTATION = re.compile(r"\s+".join(re.escape(word) for word in QUOTATION.split()), re.IGNORECASE)


class Severity(StrEnum):
    """A stop keeps a release from being approved and published; a warning does not."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text: where it stands (line 0 is the title), what it says, and what to do about it.

    `may_mark` gives the text that can be marked as a literal with a reason, if that would help.
    """

    severity: Severity
    rule: str
    line: int
    column: int
    excerpt: str
    sentence: str
    may_mark: str = ""
    block: int = 0
    start: int = 0
    end: int = 0

    @property
    def shown(self) -> str:
        """Give what is quoted: a number with the word that it counts, as the list of numbers names it."""
        return self.may_mark if self.rule in {"number", "one"} and self.may_mark else self.excerpt

    @property
    def place(self) -> str:
        return f"Line {self.line}" if self.line else "Title"


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """What the lint knows of the figure behind a slot."""

    value: int
    is_protected: bool = False

    @property
    def is_small(self) -> bool:
        return self.is_protected and 0 < self.value < SMALLEST_SHOWN


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order of the text."""

    problems: tuple[Problem, ...] = field(default_factory=tuple)

    @property
    def stops(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity is Severity.STOP)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity is Severity.WARN)


def lint_release(text: ReleaseText, figures: Mapping[str, BoundFigure], literals: Mapping[str, str]) -> Report:
    """Find what stops a release, and what warns; `literals` gives the reason of each marked text.

    A literal excuses exactly the words that were marked, wherever they stand.
    """
    problems: list[Problem] = []
    for place, block in enumerate(text.all_blocks):
        look = _Look(text, block, place, {" ".join(key.split()): reason for key, reason in literals.items()})
        problems += [*look.numbers(), *look.slots(figures), *look.shapes(), *look.links(), *look.wordings()]
    problems += _missing(text)
    return Report(tuple(sorted(problems, key=lambda one: (one.line, one.column, one.severity))))


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one block."""

    text: ReleaseText
    block: Block
    place: int
    literals: dict[str, str]

    def _problem(self, severity: Severity, rule: str, span: tuple[int, int], sentence: str, mark: str = "") -> Problem:
        start, end = span
        line, column = place_of(self.text, self.block, start)
        excerpt = " ".join(self.block.flat[start:end].replace(PLACE, "…").split())
        return Problem(severity, rule, line, column, excerpt, sentence, mark, self.place, start, end)

    def numbers(self) -> Iterator[Problem]:
        """Find numbers without a source."""
        flat = self.block.flat
        for number in numbers_in(self.block, self.literals):
            if number.kind is NumberKind.BARE:
                phrase = phrase_of(flat, number).replace(PLACE, "").strip()
                sentence = "Bind it to a figure, or mark it as a literal and say where it comes from."
                yield self._problem(Severity.STOP, "number", (number.start, number.end), sentence, phrase)
        uncounted = [found.span() for found in UNCOUNTED.finditer(flat)]
        covered = [(one.start, one.end) for one in numbers_of(flat, self.literals)] + uncounted
        for found in ONE.finditer(flat):
            if not any(start <= found.start() < end for start, end in covered):
                sentence = "If it counts something, bind it to a figure: {{ key|words }} writes it in words."
                phrase = phrase_of(flat, Number(*found.span(), NumberKind.BARE))
                yield self._problem(Severity.WARN, "one", found.span(), sentence, phrase)

    def slots(self, figures: Mapping[str, BoundFigure]) -> Iterator[Problem]:
        """Find figures that are not there, are too small to show, or run into their neighbor."""
        start = 0
        for span in self.block.spans:
            if span.slot is not None:
                yield from self._slot(span.slot.key, figures.get(span.slot.key), (start, start + 1))
                yield from self._persons(span.slot.key, start)
            start += len(span.flat)
        for found in JOINED.finditer(self.block.flat):
            sentence = "Put a space between a figure and what stands beside it."
            yield self._problem(Severity.STOP, "figure_joined", found.span(), sentence)
        for found in RIDER.finditer(self.block.flat):
            sentence = "What follows the figure changes what it says. Take it away."
            yield self._problem(Severity.STOP, "figure_changed", found.span(), sentence)
        for found in SIGN.finditer(self.block.flat):
            sentence = "The sign before the figure changes what it says. Take it away."
            yield self._problem(Severity.STOP, "figure_changed", found.span(), sentence)
        for found in re.finditer(r"\{\{|\}\}", self.block.flat):
            sentence = "This is not a figure: write {{ key }} with the key of a measure."
            yield self._problem(Severity.STOP, "figure_unread", found.span(), sentence)

    def _slot(self, key: str, figure: BoundFigure | None, span: tuple[int, int]) -> Iterator[Problem]:
        if figure is None:
            sentence = f"No frozen figure is bound to {key}. Freeze one, or choose another."
            yield self._problem(Severity.STOP, "figure_missing", span, sentence)
        elif figure.is_small:
            sentence = (
                f"{key} counts people in need and is below {SMALLEST_SHOWN}: somebody could be recognized. "
                f"Leave it out, or take a longer period."
            )
            yield self._problem(Severity.STOP, "figure_small", span, sentence)

    def _persons(self, key: str, start: int) -> Iterator[Problem]:
        found = PERSONS.match(self.block.flat, start) if key.split(".")[0] == CONTACT_EVENTS else None
        if found is not None:
            sentence = "A response is a contact event, not a person. Say what was received: “responses to decoy ads”."
            yield self._problem(Severity.WARN, "response_person", found.span(), sentence)

    def shapes(self) -> Iterator[Problem]:
        """Find numbers that the page would write by itself, and letters that look like others."""
        if self.block.kind is BlockKind.NUMBERED:
            sentence = "A numbered list writes numbers that nothing counted. Use dashes."
            yield self._problem(Severity.STOP, "numbered_list", (0, len(self.block.flat)), sentence)
        for found in STARTING_QUOTATION.finditer(self.block.flat):
            sentence = "The release still has the quotation that it started with. Write what was said, or remove it."
            yield self._problem(Severity.STOP, "starting_quotation", found.span(), sentence)
        for found in re.finditer(r"\w+", self.block.flat):
            if _mixes_alphabets(found.group()):
                sentence = "This word mixes alphabets, so it does not read as it looks. Type it again."
                yield self._problem(Severity.STOP, "alphabets", found.span(), sentence)

    def links(self) -> Iterator[Problem]:
        """Find links that lead elsewhere than they may, and numbers in addresses outside of this site."""
        start = 0
        for span in self.block.spans:
            place = (start, start + len(span.flat))
            start = place[1]
            if span.href and not OWN_LINK.match(span.href):
                yield self._problem(
                    Severity.STOP, "link", place, "A link starts with https://, mailto:, tel: or / for this site."
                )
            elif span.href and not _is_plain_link(span.href) and span.href not in self.literals:
                sentence = f"The address {span.href} holds a number. Mark the address as a literal and say why."
                yield self._problem(Severity.STOP, "link_number", place, sentence, span.href)

    def wordings(self) -> Iterator[Problem]:
        """Find words that say more than a release may."""
        for wording in WORDINGS:
            for found in wording.pattern.finditer(self.block.flat):
                if found.group() not in self.literals:
                    yield self._problem(Severity.WARN, "wording", found.span(), wording.sentence, found.group())


def numbers_in(block: Block, literals: dict[str, str]) -> list[Number]:
    """Give the numbers of a block; the hotline's number for texts is known by its link too."""
    linked, start = set(), 0
    for span in block.spans:
        if span.href == HOTLINE_TEXTS_LINK and span.flat == HOTLINE_TEXTS:
            linked.add((start, start + len(span.flat)))
        start += len(span.flat)
    return [
        Number(one.start, one.end, NumberKind.HOTLINE) if (one.start, one.end) in linked else one
        for one in numbers_of(block.flat, literals)
    ]


def place_of(text: ReleaseText, block: Block, at: int) -> tuple[int, int]:
    """Give the line and the column (from 1) of a place in a block, in the source as it was typed."""
    passed, line, before = 0, block.line, ""
    for span in block.spans:
        flat = span.flat
        if passed + len(flat) > at:
            line, before = span.line, (before if line == span.line else "") + flat[: at - passed]
            break
        before = before + flat if span.line == line and flat != "\n" else ("" if flat == "\n" else flat)
        line, passed = span.line + (flat == "\n"), passed + len(flat)
    if line == 0:
        return 0, at + 1
    source = text.source[line - 1] if line <= len(text.source) else ""
    wanted = block.flat[at : at + 1]
    wanted = "{{" if wanted == PLACE else wanted
    nth = before.count(wanted) if wanted != "{{" else before.count(PLACE)
    return line, _nth(source, wanted, nth) + 1


def _nth(source: str, wanted: str, nth: int) -> int:
    at = source.find(wanted)
    while nth and at >= 0:
        at, nth = source.find(wanted, at + 1), nth - 1
    return max(at, 0)


def _is_plain_link(href: str) -> bool:
    is_own = href.startswith(("/", "#")) or HOTLINE_LINK.match(href) is not None
    return is_own or not any(is_numeric(one) for one in href)


def _mixes_alphabets(word: str) -> bool:
    names = {unicodedata.name(one, "").split(" ")[0] for one in word if one.isalpha() and not one.isascii()}
    return bool(names & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) and any(
        one.isascii() and one.isalpha() for one in word
    )


def _missing(text: ReleaseText) -> Iterator[Problem]:
    whole = "\n".join(block.flat for block in text.blocks)
    if ACCUSED.search(whole) and not PRESUMPTION.search(whole):
        last = max((block.line for block in text.blocks), default=1)
        sentence = f"People are cited or charged here. Say: “{PRESUMPTION_SENTENCE}”"
        yield Problem(Severity.WARN, "presumption", last, 1, "", sentence)
