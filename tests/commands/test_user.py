"""`hotspots user invite`: the first two people of a county, and those whom a liaison invites."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from django.test import Client

from hotspots.access.models import County, User
from hotspots.access.rules import OrganizationKind, Role
from tests import build
from tests.commands.conftest import Call

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = ("user", "invite", "--first", "--county", "Elm County", "--organization", "Elm County District Attorney")
LINK = re.compile(r"/invitation/[\w-]{20,}")


def test_the_first_two_are_invited_into_an_empty_database(hotspots: Call) -> None:
    outcome = hotspots(*FIRST)

    links = LINK.findall(outcome.raw)
    assert outcome.code == 0, outcome.err
    assert County.objects.get().name == "Elm County"
    assert set(User.objects.values_list("login", flat=True)) == {"administrator", "coordinator"}
    assert len(set(links)) == 2
    assert all(Client().get(link).status_code == 200 for link in links)


def test_the_links_are_printed_for_programs(hotspots: Call) -> None:
    outcome = hotspots(*FIRST, "--json")

    found = json.loads(outcome.raw)["invitations"]
    assert (outcome.code, outcome.raw_err) == (0, "")
    assert [one["login"] for one in found] == ["administrator", "coordinator"]
    assert [one["title"] for one in found] == ["Administrator", "Coordinator"]
    assert all(LINK.search(one["link"]) and Client().get(one["link"]).status_code == 200 for one in found)
    assert all(datetime.fromisoformat(one["expires_at"]).tzinfo for one in found)


def test_it_is_done_once(hotspots: Call) -> None:
    hotspots(*FIRST)

    outcome = hotspots(*FIRST)

    assert outcome.code == 1
    assert outcome.err.startswith("hotspots: ")
    assert User.objects.count() == 2


def test_a_liaison_invites_from_the_command_line(hotspots: Call) -> None:
    build.county()
    police = build.organization("Elm City Police", OrganizationKind.POLICE)
    build.person("liaison.elm", Role.LIAISON, of=police)

    outcome = hotspots(
        "user",
        "invite",
        "officer12",
        "--title",
        "Officer 12",
        "--organization",
        "Elm City Police",
        "--as",
        "liaison.elm",
    )

    assert outcome.code == 0, outcome.err
    assert LINK.search(outcome.raw)
    assert User.objects.get(login="officer12").organization == police


def test_a_title_is_printed_as_it_was_written(hotspots: Call) -> None:
    build.county()
    police = build.organization("Elm City Police", OrganizationKind.POLICE)
    build.person("liaison.elm", Role.LIAISON, of=police)
    asked = ("user", "invite", "officer12", "--organization", "Elm City Police", "--as", "liaison.elm")

    outcome = hotspots(*asked, "--title", "Officer [night] 12")

    assert outcome.raw.startswith("Officer [night] 12: http")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("user", "invite"), 2),
        (("user", "invite", "--first"), 2),
        ((*FIRST, "--as", "liaison.elm"), 2),
        (("user", "invite", "x", "--title", "X", "--organization", "No such", "--as", "liaison.elm"), 1),
        (("user", "invite", "x", "--title", "X", "--organization", "Elm City Police", "--as", "officer.elm"), 1),
        (("user", "invite", "x", "--title", "X", "--organization", "Elm City Police", "--as", "nobody"), 1),
    ],
)
def test_a_mistake_gets_a_sentence(hotspots: Call, arguments: tuple[str, ...], code: int) -> None:
    build.county()
    police = build.organization("Elm City Police", OrganizationKind.POLICE)
    build.person("liaison.elm", Role.LIAISON, of=police)
    build.person("officer.elm", Role.OFFICER, of=police)

    outcome = hotspots(*arguments)

    assert outcome.code == code
    assert outcome.err
    assert not User.objects.filter(login="x").exists()
