"""A person at a browser, and everything the browser complained of while they looked around."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

WAIT_MILLISECONDS = 30_000
expect.set_options(timeout=WAIT_MILLISECONDS)

# The browser writes this for every answer of 400 and up; which status an address gives is asked elsewhere.
STATUS_LINE = "Failed to load resource: the server responded with a status of 4"


@dataclass(slots=True)
class Visitor:
    """A page of a real browser at a county's address."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, address: str, **wishes: Any) -> Iterator[Visitor]:
        """Open a browser of one's own, without cookies, at an address."""
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-US", **wishes})
        context.set_default_timeout(WAIT_MILLISECONDS)
        visitor = cls(context.new_page(), address)
        visitor.page.on("console", lambda message: visitor._hear(message))  # noqa: PLW0108 - it cannot mark a slotted method
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(f"{visitor.page.url}: {error}"))
        try:
            yield visitor
        finally:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS_LINE):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in_as(self, login: str) -> None:
        """Choose a role of the demonstration."""
        self.open("/demonstration")
        self.page.locator(f'button[name="login"][value="{login}"]').click()
        self.page.wait_for_url("**/now")

    def open(self, path: str) -> Response:
        """Open an address of the county, or one that a page gave whole."""
        answer = self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        assert answer is not None
        return answer

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click()

    def text(self) -> str:
        """Give what the page says."""
        return self.page.locator("body").inner_text()
