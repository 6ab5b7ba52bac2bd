"""Every address, walked as every role, anonymous included, in the demonstration county.

What a view declares is what happens: who is in its audience gets no "not found" for want of a role, who is outside
gets nothing else, and nobody gets a fault. A new address with an id in it needs a line in RECORDS, which says what
record it shows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from hotspots.access.actor import PUBLIC, Actor, actor_of
from hotspots.access.models import Grant, User
from hotspots.access.rules import Role, Scope
from hotspots.accounts.actions import GrantFacts, grant_role
from hotspots.cases.models import Statute
from hotspots.cases.rules.statute_rows import STATUTES
from hotspots.commands.demonstration.load import load_demonstration
from hotspots.operations.models import Campaign
from hotspots.results.models import Release
from hotspots.web.audience import audience_of
from hotspots.web.county import forget_county
from tests import build, build_accounts

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
TOKEN = "the-secret-of-a-link"
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
    "evidence:upload_state": "an upload is seen by its sender alone, and none is open",
    "evidence:parts": "an upload is seen by its sender alone, and none is open",
    "evidence:discard": "an upload is seen by its sender alone, and none is open",
}


def first(label: str, **where: Any) -> Any:
    """Give the id of a record of a kind."""
    found = apps.get_model(label).objects.filter(**where).order_by("pk").first()
    return found.pk if found is not None else uuid.uuid4()


def waiting_grant() -> Any:
    """Give the id of a role that waits."""
    return Grant.objects.waiting().get().pk


# The record that an address is about, by the beginning of its route; the longest beginning wins.
RECORDS: dict[str, Callable[[], Any]] = {
    "people/": lambda: User.objects.get(login="officer.sheriff").pk,
    "grants/": waiting_grant,
    "coalition/": partial(first, "access.Organization", name="Poplar Avenue Residents"),
    "contacts/": partial(first, "coalition.Contact"),
    "campaigns/": lambda: Campaign.objects.get(key="hot-spots-2021").pk,
    "operations/": partial(first, "operations.Operation", number=2),
    "evidence/": partial(first, "evidence.Item", purpose="export"),
    "evidence/uploads/": partial(first, "evidence.Upload"),
    "lines/": partial(first, "intake.Line"),
    "ads/": partial(first, "intake.Ad"),
    "exports/": partial(first, "intake.Export"),
    "exports/of/": partial(first, "evidence.Item", purpose="export"),
    "responses/": partial(first, "intake.Response", dismissal_reason="", citations__isnull=False),
    "places/": partial(first, "intake.SourcePlace", message__direction="inbound", message__contact_point__isnull=False),
    "referred/": partial(first, "intake.Referral"),
    "citations/": partial(first, "cases.Citation"),
    "arrests/": partial(first, "cases.Arrest"),
    "investigations/": partial(first, "cases.Investigation"),
    "encounters/": partial(first, "cases.Encounter"),
    "subjects/": partial(first, "cases.Subject"),
    "matters/": partial(first, "cases.Matter"),
    "charges/": partial(first, "cases.Charge"),
    "hearings/": partial(first, "cases.Hearing"),
    "<source_kind:kind>/": partial(first, "cases.Citation"),
    "<heard_kind:kind>/": partial(first, "cases.Citation"),
    "figures/": partial(first, "results.Figure"),
    "releases-desk/": partial(first, "results.Release"),
    "history/": partial(first, "cases.Citation"),
}
# What stands in an address beside the id of its record, by the name of the part and, where needed, by the page too.
PARTS: dict[str, Callable[[], Any]] = {
    "accounts:accept token": lambda: TOKEN,
    "token": lambda: "no-such-token",
    "message": partial(first, "intake.Message"),
    "mark": partial(first, "intake.Mark"),
    "link": partial(first, "results.PreviewLink"),
    "results:measure_rows key": lambda: "responses_to_ads",
    "key": lambda: "hot-spots-2021",
    "slug": lambda: Release.objects.get().slug,
    "version": lambda: 1,
    "number": lambda: 1,
    "seq": lambda: 1,
    "desk:history kind": lambda: "cases.Citation",
    "kind": lambda: "citations",
}


@dataclass(frozen=True)
class Address:
    """One address of the program."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def parts(self) -> list[str]:
        return list(self.pattern.pattern.converters)

    def path(self, *, unknown: bool = False) -> str:
        """Fill the address in, with a record of the demonstration or with an id that nothing has."""
        values = {part: self._value_of(part, unknown=unknown) for part in self.parts}
        filled = self.route
        for part, converter in self.pattern.pattern.converters.items():
            for written in (f"<{part}>", *(f"<{kind}:{part}>" for kind in KINDS)):
                filled = filled.replace(written, converter.to_url(values[part]))
        return f"/{filled}"

    def _value_of(self, part: str, *, unknown: bool) -> Any:
        if part in {"pk", "place"}:
            return uuid.uuid4() if unknown else self._record()
        return PARTS.get(f"{self.name} {part}", PARTS.get(part, lambda: pytest.fail(f"say in PARTS what {part} is")))()

    def _record(self) -> Any:
        beginnings = [beginning for beginning in RECORDS if self.route.startswith(beginning)]
        if not beginnings:
            pytest.fail(f"say in RECORDS which record {self.route} shows")
        return RECORDS[max(beginnings, key=len)]()


KINDS = ("uuid", "int", "str", "slug", "source_kind", "heard_kind")


def addresses(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    """Give every address under a resolver."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route, pattern.namespace or namespace)
        else:
            yield Address(f"{namespace}:{pattern.name}" if namespace else str(pattern.name), route, pattern)


ALL = list(addresses(get_resolver()))


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


def _sign_in() -> Walkers:
    people: dict[Any, User] = {role: User.objects.get(login=login) for role, login in LOGIN_OF.items()}
    people[NO_ROLE] = build.user("nobody", of=people[Role.OFFICER].organization)
    found: Walkers = {ANONYMOUS: Walker(Client(raise_request_exception=False), PUBLIC)}
    for name, person in people.items():
        found[name] = Walker(Client(raise_request_exception=False), actor_of(person))
        found[name].client.force_login(person)
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
