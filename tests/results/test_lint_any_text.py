"""Whatever is typed: no number that a reader would see escapes the lint."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hotspots.results.rules.lint import lint_release
from hotspots.results.rules.numbers import DATE, HOTLINE, STATUTE, is_numeric
from hotspots.results.rules.release_text import read_release
from tests.results.test_lint import FIGURES, stops

MARKS = st.sampled_from(["*", "**", "\n", "\n\n", "> ", "- ", "# ", "`", "[", "](/x)", "&#50;", "&frac12;", "\\", " "])
WORDS = st.sampled_from(["people", "two", "Seven", "twelfth", "and", "came", "{{ a }}", "{{ b|words }}", "-"])
DIGITS = st.characters(categories=["Nd", "Nl", "No"])
PIECES = st.lists(st.one_of(MARKS, WORDS, DIGITS, st.text(max_size=5)), max_size=25)


@given(PIECES)
@settings(max_examples=400, deadline=None)
def test_no_digit_that_is_shown_escapes(pieces: list[str]) -> None:
    text = read_release("T", "".join(pieces))
    shown = "\n".join("".join("" if span.slot else span.text for span in block.spans) for block in text.all_blocks)
    assume(not any(pattern.search(shown) for pattern in (DATE, HOTLINE, STATUTE)))

    report = lint_release(text, FIGURES, {})

    digits = [one for one in shown if is_numeric(one)]
    assert bool(digits) <= bool(report.stops), (shown, report)
    assert all(unicodedata.category(one)[0] != "N" for one in shown) or report.stops


@given(st.lists(st.sampled_from(["two", "TWELVE", "twenty", "hundred", "third", "dozens"]), min_size=1, max_size=3))
def test_no_number_word_escapes(words: list[str]) -> None:
    assert stops(f"There were {' '.join(words)} of them.")


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_can_be_read_and_every_place_is_in_it(body: str) -> None:
    text = read_release("T", body)

    for problem in lint_release(text, FIGURES, {}).problems:
        assert 0 <= problem.line <= len(text.source)
        assert problem.column >= 1


def test_what_is_shown_is_what_was_linted() -> None:
    body = "A &lt;b&gt; \\* &amp; **bold** [link](/x)"

    flat = read_release("T", body).blocks[0].flat

    assert flat == "A <b> * & bold link"
