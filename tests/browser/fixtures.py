"""The fixtures `browser`, `page` and `axe`; loaded with `-p tests.browser.fixtures` (see pyproject.toml)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from tests.browser.find import ADVICE, find_browser

AXE = Path(__file__).resolve().parents[2] / "look" / "vendor" / "test" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What passed stays in the browser: it is long.
RUN_AXE = """async (tags) => {
  const only = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false};
  const {violations} = await axe.run(document, only);
  return violations.map(({id, impact, help, nodes}) => ({rule: id, impact, help, nodes: nodes.map(({html}) => html)}));
}"""

QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-default-browser-check",
]

# A page of ours needs well under a second; a busy machine may need longer.
WAIT_MILLISECONDS = 15_000

Violations = list[dict[str, Any]]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Run Playwright for this session."""
    # Playwright's loop runs in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start one browser for this session; skip where there is none and none can be fetched."""
    executable = find_browser()
    if executable is None:
        pytest.skip(ADVICE)
    started = _launch(playwright, executable)
    yield started
    started.close()


def _launch(playwright: Playwright, executable: str) -> Browser:
    """Start the browser in its sandbox; root has none, and some containers allow none to anybody."""
    if os.geteuid() != 0:
        try:
            return playwright.chromium.launch(executable_path=executable, args=QUIET, chromium_sandbox=True)
        except Error:
            pass
    return playwright.chromium.launch(executable_path=executable, args=[*QUIET, "--no-sandbox"])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a fresh page, without cookies or cache of any other test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(WAIT_MILLISECONDS)
    yield context.new_page()
    context.close()


@pytest.fixture
def axe() -> Callable[[Page], Violations]:
    """Offer `axe(page)`, which returns the violations of WCAG 2.2 AA and of good practice on a page."""
    source = AXE.read_text(encoding="utf-8")

    def violations_of(page: Page) -> Violations:
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(source)
        found: Violations = page.evaluate(RUN_AXE, AXE_TAGS)
        return found

    return violations_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a browser, so that nobody has to remember it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
