"""Every page, as every role: it opens, fits, is accessible in both themes, and leaves the browser's console empty."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hotspots.accounts.rules import DEMONSTRATION_LOGINS
from tests.journeys.conftest import Visit
from tests.journeys.crawl import PUBLIC, Opened, Seen, walk_pages
from tests.journeys.forms import faults_of_forms
from tests.journeys.looking import SKELETON, Axe, faults_in_both_lights, faults_of_keyboard
from tests.journeys.visitor import Visitor

# Pages that no link leads to.
DOORS_OF_THE_PUBLIC = (
    "/",
    "/sign-in",
    "/demonstration",
    "/invitation/no-such-link",
    "/preview/no-such-link",
    "/sign-in/closed",
    "/no-such-page",
)
# What an address that leads nowhere answers, on purpose.
NOT_FOUND = {"/invitation/no-such-link", "/preview/no-such-link", "/no-such-page"}
CLOSED = {"/sign-in/closed"}
# Who sees most opens a second record of each kind, which is often in another state.
TWICE = {"coordinator"}
LEAST_PAGES = {"public": 12, "member.poplar": 6, "coordinator": 120}
LEAST_PAGES_OF_OTHERS = 10


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Remember what was looked at, for all processes of this run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seen"
    Path(folder).mkdir(exist_ok=True)
    return Seen(folder)


def expected_status(path: str) -> int:
    """Give the status that an address answers."""
    if urlsplit(path).path in NOT_FOUND:
        return 404
    return 403 if path in CLOSED else 200


def faults_of_page(visitor: Visitor, opened: Opened, seen: Seen, axe: Axe) -> list[str]:
    """Look at the page that the visitor stands on, in all ways that nobody has looked at one of its shape."""
    page = visitor.page
    is_new_shape = seen.is_first(page.evaluate(SKELETON))
    faults = list(faults_in_both_lights(visitor, axe if is_new_shape else None))
    if page.locator("h1").count() != 1 or not page.title().endswith("Hot Spots"):
        faults.append("it has no heading or no title")
    if seen.is_first(f"keyboard {opened.kind}"):
        faults += faults_of_keyboard(page)
    return [*faults, *faults_of_forms(visitor, seen, axe)]


@pytest.mark.slow
@pytest.mark.parametrize("login", [*DEMONSTRATION_LOGINS, "public"])
def test_every_page_of_a_role_opens_fits_and_is_accessible(
    visit: Visit, county: str, seen: Seen, axe: Axe, login: str
) -> None:
    is_public = login == "public"
    visitor = visit(county, "" if is_public else login)
    starts = DOORS_OF_THE_PUBLIC if is_public else ("/now", "/no-such-page")
    of_a_kind, left_out = 2 if login in TWICE else 1, () if is_public else PUBLIC
    faults: list[str] = []
    pages_count = 0

    for opened in walk_pages(visitor, *starts, of_a_kind=of_a_kind, left_out=left_out):
        pages_count += opened.is_page
        if opened.status != expected_status(opened.path):
            faults.append(f"{opened.path}: answers {opened.status}, linked from {opened.came_from}")
        elif opened.is_page:
            found = faults_of_page(visitor, opened, seen, axe)
            faults += [f"{opened.kind} {opened.path} as {login}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)
    assert visitor.complaints == []
    assert pages_count >= LEAST_PAGES.get(login, LEAST_PAGES_OF_OTHERS)
