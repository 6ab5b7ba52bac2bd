"""Every address, walked as every role, anonymous included, in the demonstration county.

What a view declares is what happens: who is in its audience gets no "not found" for want of a role, who is outside
gets nothing else, and nobody gets a fault. A new address with an id in it needs a line in RECORDS, which says what
record it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from hotspots.access.actor import PUBLIC, Actor, actor_of
from hotspots.access.models import User
from hotspots.access.rules import Role, Scope
from hotspots.accounts.actions import GrantFacts, grant_role
from hotspots.cases.models import Statute
from hotspots.cases.rules.statute_rows import STATUTES
from hotspots.coalition.actions import ContactFacts, add_contact
from hotspots.commands.demonstration.load import load_demonstration
from hotspots.web.audience import audience_of
from hotspots.web.county import forget_county
from tests import build, build_accounts
from tests.access.addresses import ALL, TOKEN, Address

# The county is loaded once for all of these tests; each of them is rolled back.
pytestmark = pytest.mark.django_db

ANONYMOUS, NO_ROLE = "anonymous", "no role"
LOGIN_OF = {
    Role.COORDINATOR: "coordinator",
    Role.PUBLISHER: "publisher",
    Role.PROSECUTOR: "prosecutor",
    Role.OPERATION_LEAD: "lead.alder-city",
    Role.OFFICER: "officer.sheriff",
    Role.CUSTODIAN: "custodian.sheriff",
    Role.COALITION_MEMBER: "member.poplar",
    Role.ADVOCATE_LIAISON: "advocate-liaison",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
    Role.LIAISON: "liaison.sheriff",
}
WALKERS = (ANONYMOUS, NO_ROLE, *LOGIN_OF)
EXPECTED = {
    HTTPStatus.OK,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.CONFLICT,
    HTTPStatus.GONE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    286,  # htmx: stop asking
}
# Addresses that open for nobody on this walk, and why.
OPEN_TO_NOBODY = {
    "accounts:demonstration": "it is there on this machine's own address alone; tests/accounts walks it",
    "results:preview": "no reader is invited in the demonstration",
    "results:end_invitation": "no reader is invited in the demonstration",
    "cases:encounter": "the demonstration records no encounter of its own",
    "cases:correct_encounter": "the demonstration records no encounter of its own",
    "evidence:upload_state": "an upload is seen by its sender alone, and none is open",
    "evidence:parts": "an upload is seen by its sender alone, and none is open",
    "evidence:discard": "an upload is seen by its sender alone, and none is open",
}


@dataclass(frozen=True)
class Walker:
    """Somebody who walks the addresses."""

    client: Client
    actor: Actor


Walkers = dict[Any, Walker]


@pytest.fixture(scope="module")
def walkers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walkers]:
    """Load the demonstration county, and sign each role in."""
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
        _load_statutes()
        forget_county()
        load_demonstration(say=lambda told: None)
        _leave_something_waiting()
        yield _sign_in()
        call_command("flush", verbosity=0, interactive=False)
        _load_statutes()
        forget_county()


def _load_statutes() -> None:
    for row in STATUTES:
        Statute.objects.get_or_create(code=row.code, effective_from=row.effective_from, defaults=asdict(row))


def _leave_something_waiting() -> None:
    officer = User.objects.get(login="officer.sheriff")
    by = actor_of(User.objects.get(login="liaison.sheriff"))
    facts = GrantFacts(Role.OPERATION_LEAD, Scope.ORGANIZATION, officer.organization_id)
    grant_role(by=by, user=officer, facts=facts)
    build_accounts.invited(by, "newcomer", TOKEN, to=officer.organization)
    coordinator = actor_of(User.objects.get(login="coordinator"))
    contact = ContactFacts(function="Watch desk", reached_by="209-555-0170", for_what="A night that goes wrong")
    add_contact(by=coordinator, organization=officer.organization, facts=contact)


def _sign_in() -> Walkers:
    people: dict[Any, User] = {role: User.objects.get(login=login) for role, login in LOGIN_OF.items()}
    people[NO_ROLE] = build.user("nobody", of=people[Role.OFFICER].organization)
    found: Walkers = {ANONYMOUS: Walker(Client(raise_request_exception=False), PUBLIC)}
    for name, person in people.items():
        found[name] = Walker(Client(raise_request_exception=False), actor_of(person))
        build.sign_in(found[name].client, person)
    return found


def is_included(address: Address, walker: Walker) -> bool:
    """Ask the declared audience of an address."""
    declared = audience_of(address.pattern.callback)
    assert declared is not None, f"{address.name} declares no audience"
    return declared.includes(walker.actor)


def ask(walker: Walker, path: str) -> Any:
    """Ask for a page, and read an answer that is streamed to its end."""
    answer = walker.client.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content) is not None
    return answer


def test_every_address_declares_its_audience() -> None:
    assert [address.name for address in ALL if audience_of(address.pattern.callback) is None] == []


@pytest.mark.slow
@pytest.mark.parametrize("address", ALL, ids=lambda address: address.name)
def test_an_address_opens_for_its_audience_alone(walkers: Walkers, address: Address) -> None:
    path, opened = address.path(), []
    for name in WALKERS:
        answer = ask(walkers[name], path)

        if is_included(address, walkers[name]):
            assert answer.status_code in EXPECTED, f"{name} got {answer.status_code} at {path}"
            if answer.status_code != HTTPStatus.NOT_FOUND:
                opened.append(name)
        elif name == ANONYMOUS:
            assert (answer.status_code, answer.url.partition("?")[0]) == (HTTPStatus.FOUND, "/sign-in"), path
        else:
            assert answer.status_code == HTTPStatus.NOT_FOUND, f"{name} got {answer.status_code} at {path}"

    assert opened or address.name in OPEN_TO_NOBODY, f"{path} opens for nobody of its audience"


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", [one for one in ALL if {"pk", "place"} & set(one.parts)], ids=lambda address: address.name
)
def test_an_unknown_id_is_not_found(walkers: Walkers, address: Address) -> None:
    walker = next(walkers[name] for name in WALKERS if is_included(address, walkers[name]))

    answer = ask(walker, address.path(unknown=True))

    assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


@pytest.mark.slow
def test_each_role_finds_its_way_from_the_first_page(walkers: Walkers) -> None:
    for role in LOGIN_OF:
        page = walkers[role].client.get("/now").context["page"]
        cells = [cell.url for section in page.sections for row in section.rows for cell in row]
        links = [*(todo.url for todo in page.todos), *(button.url for button in page.buttons), *cells]
        links += [part.link_url for part in (*page.sections, *page.asides)]
        for link in dict.fromkeys(link for link in links if link):
            assert ask(walkers[role], link).status_code == HTTPStatus.OK, f"{role}: {link}"


@pytest.mark.slow
def test_no_role_is_offered_a_room_that_it_cannot_open(walkers: Walkers) -> None:
    for name in WALKERS:
        frame = walkers[name].client.get("/who-can-see-what").context["frame"]
        for place in ("nav", "menu", "footer", "public_nav"):
            for link in frame[place]:
                assert ask(walkers[name], link["url"]).status_code == HTTPStatus.OK, f"{name}: {link['url']}"
