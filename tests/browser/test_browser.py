"""The browser and axe themselves, so that a silent one is noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

GOOD = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1><p>Some words.</p></main></body></html>"""

BAD = """<!doctype html><html><head></head><body><main><h1>A page</h1>
<img src="data:,"><input type="text"></main></body></html>"""


def test_axe_finds_nothing_on_a_plain_good_page(page: Page, axe: Callable[[Page], Any]) -> None:
    page.set_content(GOOD)

    assert axe(page) == []


def test_axe_finds_what_is_wrong_on_a_bad_page(page: Page, axe: Callable[[Page], Any]) -> None:
    page.set_content(BAD)

    found = {violation["rule"] for violation in axe(page)}

    assert {"html-has-lang", "document-title", "image-alt", "label"} <= found
