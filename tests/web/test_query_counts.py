"""How many queries each page takes: the same with three times as many rows, and exactly as many as stands here.

A page that is new needs a line in PINNED, or in NOT_PINNED with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from hotspots.access.rules import Role
from hotspots.web.audience import audience_of
from hotspots.web.county import forget_county
from tests import build
from tests.access.addresses import ALL
from tests.access.test_urls import _load_statutes as load_statutes
from tests.build_plenty import Plenty, grow, plenty
from tests.web.counted import NOT_PINNED, PINNED, address_of, path_of

pytestmark = pytest.mark.django_db

FEW, MORE = 2, 4  # rows at first, and rows that are added: three times as many in the end

# What is no question about rows: where a transaction begins and ends, and what takes turns on one database alone.
APART = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET |SELECT pg_advisory|PRAGMA")

# Who reads a page whose line names nobody: the first of these in its audience.
READERS = (
    Role.COORDINATOR, Role.OFFICER, Role.CUSTODIAN, Role.PUBLISHER, Role.PROSECUTOR, Role.ADVOCATE_LIAISON,
    Role.ADMINISTRATOR, Role.AUDITOR,
)  # fmt: skip
PARTNER, NOBODY = "partner", "nobody"


@pytest.fixture(scope="module")
def counted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, tuple[list[str], list[str]]]]:
    """Count the queries of every page with few rows, and with three times as many."""
    with django_db_blocker.unblock():
        _empty()
        made = plenty()
        grow(made, FEW)
        few = _count(made)
        grow(made, MORE)
        yield {line: (few[line], more) for line, more in _count(made).items()}
        _empty()


def _empty() -> None:
    call_command("flush", verbosity=0, interactive=False)
    load_statutes()
    forget_county()


def _count(made: Plenty) -> dict[str, list[str]]:
    clients: dict[str, Client] = {}
    found = {}
    for line in PINNED:
        name, _for, reader = line.partition(" for ")
        reader = reader or _first_reader(address_of(name))
        if reader not in clients:
            clients[reader] = _client_of(made, reader)
        found[line] = _queries_of(clients[reader], path_of(made, name))
    return found


def _queries_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        _open(client, path)
    return [query["sql"] for query in asked if not APART.match(query["sql"])]


def _open(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    if answer.streaming:
        b"".join(answer.streaming_content)


def _first_reader(address: str) -> str:
    declared = audience_of(PATTERNS[address].callback)
    assert declared is not None
    if declared.is_public:
        return NOBODY
    return next(one for one in READERS if not declared.roles or one in declared.roles)


def _client_of(made: Plenty, reader: str) -> Client:
    if reader == NOBODY:
        client = Client()
    else:
        client = build.sign_in(Client(), made.partner if reader == PARTNER else made.people[Role(reader)])
    _open(client, reverse("desk:access"))  # what a process or a session reads once is read now
    return client


PATTERNS = {address.name: address.pattern for address in ALL}


def is_sent_alone(view: Any) -> bool:
    """Tell whether a view takes what is sent to it, and shows no page."""
    while view is not None:
        names = getattr(view, "__code__", None) and view.__code__.co_freevars
        kept = dict(zip(names or (), (cell.cell_contents for cell in view.__closure__ or ()), strict=True))
        if "request_method_list" in kept:
            return "GET" not in kept["request_method_list"]
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.parametrize("line", PINNED)
def test_a_page_takes_as_many_queries_however_many_rows_there_are(counted: Any, line: str) -> None:
    few, more = counted[line]

    told = "\n".join(sql[:240] for sql in (*few, "-- with more rows:", *more))
    assert len(more) <= len(few), f"the number of queries grows with the rows:\n{told}"
    assert len(few) == PINNED[line], told


def test_every_page_is_pinned_or_says_why_not() -> None:
    pages = {address.name for address in ALL if not is_sent_alone(address.pattern.callback)}
    pinned = {address_of(line.partition(" for ")[0]) for line in PINNED}

    assert sorted(pages - pinned - set(NOT_PINNED)) == []
    assert sorted(pinned & set(NOT_PINNED)) == []
    assert sorted((pinned | set(NOT_PINNED)) - pages) == []


def test_what_takes_only_what_is_sent_is_told_apart_from_a_page() -> None:
    assert is_sent_alone(PATTERNS["intake:dismiss"].callback)
    assert not is_sent_alone(PATTERNS["intake:progress"].callback)
    assert not is_sent_alone(PATTERNS["intake:response"].callback)
