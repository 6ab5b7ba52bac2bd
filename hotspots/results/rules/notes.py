"""What keeps a note from standing on top of a release: everybody reads it, so it is linted like the text.

A note is plain text: no figure stands behind a number in it. Days may be named, and what the release marks as a
literal. What only warns in a text that several people read before it goes out refuses a note, which one person writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from hotspots import errors
from hotspots.results.rules.lint import Problem, Severity, lint_release
from hotspots.results.rules.release_text import Block, BlockKind, ReleaseText, Span

NUMBER = "No figure stands behind a number in a note: say it without, or write the number in the text."


def problems_of_note(note: str, literals: Mapping[str, str]) -> tuple[Problem, ...]:
    """Give the numbers without a source in a note, and the words that say more than a release may."""
    lines = tuple(note.splitlines())
    blocks = (Block(BlockKind.PARAGRAPH, (Span(line, at),), at) for at, line in enumerate(lines, start=1) if line)
    text = ReleaseText(Block(BlockKind.HEADING, (), 0, 1), tuple(blocks), lines)
    found = lint_release(text, {}, literals).problems
    return tuple(one for one in found if one.severity is Severity.STOP or one.rule == "wording")


def check_note(note: str, literals: Mapping[str, str]) -> None:
    """Check that a note may be read by everybody.

    Raises RuleBroken that names the first thing that may not stand, where, and what to do.
    """
    problems = problems_of_note(note, literals)
    if problems:
        first = problems[0]
        advice = NUMBER if first.rule == "number" else first.sentence
        raise errors.RuleBroken(
            "results.note", f"Line {first.line} of the note: “{first.excerpt}”. {advice}", field="note"
        )
