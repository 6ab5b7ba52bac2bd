"""The colors can be read in all three themes."""

import importlib.util
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "look" / "vendor"

specification = importlib.util.spec_from_file_location("tokens", VENDOR / "tokens.py")
tokens = importlib.util.module_from_spec(specification)
specification.loader.exec_module(tokens)


def test_no_pair_of_colors_is_too_weak() -> None:
    assert tokens.weak_pairs() == []


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert tokens.contrast_of(first, second) == pytest.approx(ratio, abs=0.01)


def test_the_committed_tokens_are_those_of_the_table() -> None:
    committed = VENDOR.parent / "static/look/css/tokens.css"

    assert committed.read_text() == tokens.stylesheet()


def test_every_color_the_styles_name_is_a_token() -> None:
    css = "".join(path.read_text() for path in (VENDOR / "css").glob("*.css"))
    own = set(re.findall(r"(--[a-z0-9-]+):", css))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", css))

    assert used <= own | {f"--{name}" for name in tokens.TOKENS}
