"""The text of a release, read once: page, PDF and lint stand on the same tree, so what is shown is what was checked.

Source: CommonMark 0.31 without HTML, code and images. A figure is written `{{ key }}`, or `{{ key|words }}` for a
number in words; a quotation is a block of `>` whose last line is `-- Speaker`; `#` is the line under the headline,
`##` a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

SLOT = re.compile(r"\{\{[ \t]*([a-z0-9_]+(?:\.[a-z0-9_]+)*)[ \t]*(?:\|[ \t]*(words|Words)[ \t]*)?\}\}")
SPEAKER = re.compile(r"^(?:--|\u2014)\s*(\S.*)$")
OWN_LINK = re.compile(r"^(?:/(?!/)|#|mailto:|https://|tel:|sms:)")
LEFT_OUT = ("html_block", "html_inline", "code", "fence", "backticks", "image", "autolink", "reference", "lheading")
PLACE = "\ufffc"  # stands for a figure in the text that is searched for numbers


class BlockKind(StrEnum):
    """What a block of a release is."""

    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    SPEAKER = "speaker"
    ITEM = "item"
    NUMBERED = "numbered"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class SlotUse:
    """That a figure is shown here, in digits or in words."""

    key: str
    in_words: bool = False
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look, or a figure."""

    text: str
    line: int
    slot: SlotUse | None = None
    href: str = ""
    is_strong: bool = False
    is_emphasis: bool = False

    @property
    def flat(self) -> str:
        """Give the text that is searched, with a figure as one placeholder."""
        return PLACE if self.slot else self.text


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a part of a quotation or of a list."""

    kind: BlockKind
    spans: tuple[Span, ...]
    line: int
    level: int = 0

    @property
    def flat(self) -> str:
        """Give the text that is searched for numbers and words."""
        return "".join(span.flat for span in self.spans)


@dataclass(frozen=True, slots=True)
class ReleaseText:
    """A release as it was read; the title's line is 0."""

    title: Block
    blocks: tuple[Block, ...]
    source: tuple[str, ...]

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        return (self.title, *self.blocks)

    def slots(self) -> list[SlotUse]:
        """Give the figures in the order of their appearance, the body first: its notes are numbered so."""
        spans = [span for block in (*self.blocks, self.title) for span in block.spans]
        return [span.slot for span in spans if span.slot]

    def figure_keys(self) -> list[str]:
        """Give the keys of the figures, each once."""
        return list(dict.fromkeys(slot.key for slot in self.slots()))


def read_release(title: str, body: str) -> ReleaseText:
    """Read the title and the Markdown of a release.

    >>> [block.flat for block in read_release("T", "We counted {{ responses_to_ads }}.").blocks]
    ['We counted \ufffc.']
    """
    # A carriage return alone, a form feed or a NUL would let a line look shorter than it is.
    clean = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", body).replace("\x00", "\ufffd")
    reader = _reader()
    headline = Block(BlockKind.HEADING, tuple(_spans(_inline(reader, title.replace("\x00", "\ufffd")), 0)), 0, 1)
    return ReleaseText(headline, tuple(_blocks(reader.parse(clean))), tuple(clean.split("\n")))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable(list(LEFT_OUT))
    reader.inline.ruler.before("escape", "slot", _read_slot)
    return reader


def _inline(reader: MarkdownIt, text: str) -> Token:
    return reader.parseInline(" ".join(text.split()))[0]


def _read_slot(state: StateInline, is_silent: bool) -> bool:
    found = SLOT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not is_silent:
        token = state.push("slot", "", 0)
        token.content = found.group()
        token.meta = {"key": found.group(1), "words": found.group(2) or ""}
    state.pos = found.end()
    return True


@dataclass(slots=True)
class _Walk:
    """Where the walk through the tokens is."""

    quotes: int = 0
    lists: list[BlockKind] = field(default_factory=list)
    heading: int = 0
    is_marked: bool = False

    def step(self, token: Token) -> None:
        """Take note of a block that opens or closes."""
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind == "blockquote":
            self.quotes += token.nesting
        elif kind in {"bullet_list", "ordered_list"}:
            self._step_list(token, BlockKind.ITEM if kind == "bullet_list" else BlockKind.NUMBERED)
        elif kind == "heading":
            self.heading = int(token.tag[1]) if token.nesting == 1 else 0

    def _step_list(self, token: Token, kind: BlockKind) -> None:
        if token.nesting == 1:
            self.lists.append(kind)
        else:
            self.lists.pop()

    @property
    def kind(self) -> BlockKind:
        if self.heading:
            return BlockKind.LEAD if self.heading == 1 else BlockKind.HEADING
        if self.lists:
            return self.lists[-1]
        return BlockKind.QUOTATION if self.quotes else BlockKind.PARAGRAPH


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    walk = _Walk()
    for token in tokens:
        walk.step(token)
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "hr":
            yield Block(BlockKind.RULE, (), line)
        elif token.type == "inline":
            spans = tuple(_spans(token, line))
            level = min(max(walk.heading, 2), 3) if walk.heading else 0
            if walk.kind is BlockKind.QUOTATION:
                yield from _quotation(spans, line)
            else:
                yield Block(walk.kind, spans, line, level)


def _quotation(spans: tuple[Span, ...], line: int) -> Iterator[Block]:
    """Part the speaker from the words: the last line, if it starts with two dashes."""
    last = max((place for place, span in enumerate(spans) if span.text == "\n"), default=-1)
    tail = spans[last + 1 :]
    found = SPEAKER.match(tail[0].text) if tail else None
    if found is None:
        yield Block(BlockKind.QUOTATION, spans, line)
        return
    if spans[: max(last, 0)]:
        yield Block(BlockKind.QUOTATION, spans[:last], line)
    first = Span(found.group(1), tail[0].line)
    yield Block(BlockKind.SPEAKER, (first, *tail[1:]), tail[0].line)


def _spans(token: Token, line: int) -> Iterator[Span]:
    strong = emphasis = 0
    href = ""
    for child in token.children or []:
        strong += child.nesting if child.type.startswith("strong") else 0
        emphasis += child.nesting if child.type.startswith("em_") else 0
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            href = ""
        elif child.type in {"softbreak", "hardbreak"}:
            yield Span("\n", line, href=href)
            line += 1
        elif child.type == "slot":
            use = SlotUse(child.meta["key"], bool(child.meta["words"]), child.meta["words"] == "Words")
            yield Span(child.content, line, use, href, bool(strong), bool(emphasis))
        elif child.content:
            yield Span(child.content, line, None, href, bool(strong), bool(emphasis))


WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number_as_written(value: int, use: SlotUse | None = None) -> str:
    """Write a figure's value: with commas, or in words up to nine.

    >>> number_as_written(1210), number_as_written(2, SlotUse("a", True, True))
    ('1,210', 'Two')
    """
    if use is None or not use.in_words or not 0 <= value < len(WORDS):
        return f"{value:,}"
    word = WORDS[value]
    return word.capitalize() if use.is_capital else word
