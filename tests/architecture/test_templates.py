"""Templates keep the content security policy and stand on a base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

# Templates that stand alone, and why.
BASES = {
    "look/templates/look/base.html": "what the pages of the system stand on",
    "look/templates/look/public.html": "what the pages of the public site stand on",
    "haven/templates/haven/soon.html": "Haven's only page, until the vault is built",
    "hotspots/web/templates/500.html": "must come up when nothing else does",
}
# Folders of parts, which a page includes or a widget renders.
PARTS = frozenset({"parts", "components", "includes", "forms", "widgets", "elements", "icons"})

TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)


@dataclass
class Inline(HTMLParser):
    """Collects what a strict policy would refuse."""

    found: list[str] = field(default_factory=list)
    is_in_code: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [
            f"line {self.getpos()[0]}: {name}=" for name in given if name == "style" or name.startswith("on")
        ]
        is_data = (given.get("type") or "").endswith("json")
        self.is_in_code = (tag == "script" and not is_data) or tag == "style"

    def handle_data(self, data: str) -> None:
        if self.is_in_code and data.strip():
            self.found.append(f"line {self.getpos()[0]}: inline code")

    def handle_endtag(self, tag: str) -> None:
        self.is_in_code = False


def inline_code(text: str) -> list[str]:
    """Report style attributes, event attributes, inline scripts and inline styles."""
    reader = Inline()
    # A template's own tags go, but their line breaks stay, so that the lines are right.
    blank = TAG.sub(lambda tag: "x" + "\n" * tag.group().count("\n"), COMMENT.sub("", text))
    reader.feed(blank)
    reader.close()
    return reader.found


def stands_alone(name: str, text: str) -> bool:
    """Tell whether a template neither extends another nor is a part of one."""
    path = Path(name)
    is_part = path.name.startswith("_") or bool(PARTS & set(path.parts)) or "django" in path.parts
    return not (is_part or name in BASES or re.search(r"{%\s*extends\s", text))


def templates() -> Iterator[tuple[str, str]]:
    """Read every template of HTML."""
    for folder in ("hotspots", "haven", "look/templates"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            name = path.relative_to(ROOT).as_posix()
            if "templates" in path.parts and "/static/" not in name:
                yield name, path.read_text(encoding="utf-8")


def test_no_template_holds_inline_code_or_style() -> None:
    found = [f"{name}: {offence}" for name, text in templates() for offence in inline_code(text)]

    assert found == []


def test_every_template_extends_one_or_is_a_part() -> None:
    assert [name for name, text in templates() if stands_alone(name, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        '<p\n style="width: {{ share }}%">',
        '<button onclick="go()">',
        "<script>go()</script>",
        '<script nonce="x">{{ code }}</script>',
        "<style>p { color: red }</style>",
    ],
)
def test_inline_code_is_noticed(text: str) -> None:
    assert inline_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'look/site.js' %}\" defer></script>",
        '<script type="application/json">{"a": 1}</script>',
        '{# style="x" #}<p class="style">once style= was allowed</p>',
        '<a href="?{% querystring page=2 %}" data-style="wide">',
    ],
)
def test_what_the_policy_allows_is_left_alone(text: str) -> None:
    assert inline_code(text) == []


def test_a_template_that_stands_alone_is_noticed() -> None:
    assert stands_alone("hotspots/cases/templates/cases/list.html", "<html></html>")
    assert not stands_alone("hotspots/cases/templates/cases/list.html", '{% extends "look/base.html" %}')
    assert not stands_alone("hotspots/cases/templates/cases/_row.html", "<tr></tr>")
    assert not stands_alone("look/templates/look/parts/banner.html", "<div></div>")
