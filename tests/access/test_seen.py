"""A verb may say what was seen of a record: refused where it changed since, and done once where it is sent twice."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.frame import note_change
from hotspots.access.models import Organization, SentRequest
from hotspots.access.requests import digest_of
from hotspots.access.rules import Role
from hotspots.access.seen import Seen, newest_change
from hotspots.audit.models import Entry
from tests import build
from tests.locks import locked_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("verbs")]


@dataclass(frozen=True, slots=True)
class NameFacts:
    """A test's facts."""

    name: str


@action("test.name", roles=[Role.LIAISON], subject="organization")
def name_it(*, by: Actor, organization: Organization, facts: NameFacts) -> Organization:
    """Name an organization."""
    if organization.name == facts.name:
        raise errors.RuleBroken("test.name", "It has this name.")
    note_change(organization, organization.history_key_id, name=(organization.name, facts.name))
    organization.name = facts.name
    organization.save()
    return organization


@action("test.name_twice", roles=[Role.LIAISON], subject="organization")
def name_twice(*, by: Actor, organization: Organization) -> None:
    """Name an organization by a verb inside, as if nobody had named it yet."""
    name_it(by=by, organization=organization, facts=NameFacts("Dale"), seen=Seen(organization, 0))


def someone() -> tuple[Actor, Organization]:
    """Give a liaison and the organization that they name."""
    return build.actor("liaison", Role.LIAISON), build.organization()


def test_what_changed_since_it_was_seen_is_not_overwritten() -> None:
    liaison, organization = someone()
    seen = Seen(organization, newest_change(organization))
    name_it(by=liaison, organization=organization, facts=NameFacts("Hill"), seen=seen)

    with pytest.raises(errors.Stale, match="This record changed while you had the form open") as refusal:
        name_it(by=liaison, organization=organization, facts=NameFacts("Dale"), seen=seen)

    organization.refresh_from_db()
    assert organization.name == "Hill"
    assert (refusal.value.rule, refusal.value.theirs) == ("access.meanwhile", newest_change(organization))
    assert Entry.objects.filter(action="refused").count() == 1
    again = Seen(organization, newest_change(organization))
    assert name_it(by=liaison, organization=organization, facts=NameFacts("Dale"), seen=again).name == "Dale"


def test_what_is_sent_twice_is_done_once_though_its_own_change_came_since() -> None:
    liaison, organization = someone()
    said: dict[str, Any] = {"facts": NameFacts("Hill"), "request_id": uuid.uuid4(), "seen": Seen(organization, 0)}

    first = name_it(by=liaison, organization=organization, **said)
    again = name_it(by=liaison, organization=organization, **said)

    assert first == again
    assert Entry.objects.filter(action="test.name").count() == 1


def test_what_is_sent_again_before_the_first_is_done_gets_the_result_of_the_first() -> None:
    liaison, organization = someone()
    Organization.objects.filter(pk=organization.pk).update(name="Hill")
    arguments: dict[str, Any] = {"organization": organization, "facts": NameFacts("Hill")}
    request_id, done = uuid.uuid4(), []

    def finish_first(execute: Any, sql: str, *rest: Any) -> Any:
        """Let the first, which this one waited for, be done by the time that this one is refused."""
        if "access_sentrequest" in sql and not connection.in_atomic_block and not done:
            done.append(True)
            digest = digest_of("test.name", arguments)
            first = {"verb": "test.name", "digest": digest, "result_kind": organization.kind}
            SentRequest.objects.create(
                sender_id=liaison.user_id, request_id=request_id, result_id=organization.pk, sent_at=build.NOON, **first
            )
        return execute(sql, *rest)

    with connection.execute_wrapper(finish_first):
        result = name_it(by=liaison, request_id=request_id, **arguments)

    assert (result, done) == (organization, [True])
    assert not Entry.objects.filter(action="refused").exists()


def test_the_record_that_was_seen_is_locked_before_it_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    liaison, organization = someone()
    said: dict[str, Any] = {"by": liaison, "organization": organization, "seen": Seen(organization, 0)}

    locked = locked_by(monkeypatch, lambda: name_it(facts=NameFacts("Hill"), **said))

    assert locked == ["access_organization"]


def test_a_verb_inside_a_verb_compares_too() -> None:
    liaison, organization = someone()
    name_it(by=liaison, organization=organization, facts=NameFacts("Hill"))

    with pytest.raises(errors.Stale, match="This record changed"):
        name_twice(by=liaison, organization=organization)

    organization.refresh_from_db()
    assert organization.name == "Hill"
