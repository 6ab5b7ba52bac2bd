"""The demonstration county, served to a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.journeys.county import County, loaded_county
from tests.journeys.visitor import Visitor

__all__ = ["loaded_county"]

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def county_copy(loaded_county: County, tmp_path_factory: pytest.TempPathFactory) -> County:
    """Give this process's own copy of the county."""
    return loaded_county.copy_to(tmp_path_factory.mktemp("read") / "county")


@pytest.fixture(scope="session")
def county(county_copy: County) -> Iterator[str]:
    """Give the address of a county that journeys only look at."""
    with county_copy.served() as address:
        yield address


@pytest.fixture(scope="module")
def changed_county(loaded_county: County, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a county that the journeys of one file change."""
    copy = loaded_county.copy_to(tmp_path_factory.mktemp("changed") / "county")
    with copy.served() as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Offer `visit(address, login)`: a person at a browser of their own, signed in unless no login is given."""
    with ExitStack() as doors:

        def come(address: str, login: str = "", **wishes: object) -> Visitor:
            visitor = doors.enter_context(Visitor.at(browser, address, **wishes))
            if login:
                visitor.sign_in_as(login)
            return visitor

        yield come
