"""The walk has seven steps, shows real values, and tells nobody what was not theirs to see."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.test import RequestFactory

from hotspots.access.actor import Actor
from hotspots.web.walk import (
    SALT,
    Step,
    Trail,
    start_trail,
    steps_of,
    trail_of,
    updown_of,
    with_parameter,
    without_trail,
)

ROW = uuid.uuid4()


def request_of(url: str, actor: Actor) -> Any:
    """Give a request that an actor makes."""
    request = RequestFactory().get(url)
    request.user = AnonymousUser()
    request.hotspots_actor = actor  # type: ignore[attr-defined]
    return request


def person() -> Actor:
    """Give someone who is signed in."""
    return Actor(uuid.uuid4(), "Coordinator")


def walked(actor: Actor) -> Trail:
    """Give a trail down to the records."""
    trail = start_trail(actor).extend(Step.RELEASE, "Release of Nov 9, 2021", "/releases-desk/1")
    trail = trail.extend(Step.FIGURE, "261, frozen", "/figures/1")
    return trail.extend(Step.RECORDS, "261 rows", "/figures/1#rows")


def test_a_trail_is_read_back_by_the_person_it_was_made_for() -> None:
    me = person()
    url = walked(me).keep("/responses/1?tab=all")

    assert trail_of(request_of(url, me)) == walked(me)


def test_a_trail_of_another_person_is_ignored() -> None:
    url = walked(person()).keep("/responses/1")

    assert not trail_of(request_of(url, person()))


@pytest.mark.parametrize(
    "tampered",
    ["", "x", "a:b:c", signing.dumps(["x", []], salt="another")],
    ids=["nothing", "a letter", "another shape", "another salt"],
)
def test_a_trail_that_was_changed_is_ignored(tampered: str) -> None:
    me = person()

    assert not trail_of(request_of(f"/responses/1?trail={tampered}", me))


def test_one_changed_letter_is_enough() -> None:
    me = person()
    signed = walked(me).signed()
    other = ("B" if signed[3] != "B" else "C").join([signed[:3], signed[4:]])

    assert not trail_of(request_of(f"/responses/1?trail={other}", me))


def test_an_old_trail_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    me = person()
    rows = [[1, "261, frozen", "/figures/1"]]
    monkeypatch.setattr(signing.time, "time", lambda: 1_000_000_000)
    old = signing.dumps([str(me.user_id), rows], salt=SALT, compress=True)
    monkeypatch.undo()

    assert not trail_of(request_of(f"/responses/1?trail={old}", me))


def test_there_are_seven_steps_with_and_without_a_trail() -> None:
    me = person()
    for trail in (start_trail(me), walked(me)):
        steps = steps_of(trail, here=Step.MESSAGE, found={Step.MESSAGE: ("R-7K2M9X", "/responses/1")})

        assert [step["step"] for step in steps] == list(Step)
        assert sum(step["state"] == "here" for step in steps) == 1


def test_the_steps_above_are_done_with_a_trail_and_shut_without() -> None:
    me = person()
    found = {Step.MESSAGE: ("R-7K2M9X, first contact", "/responses/1"), Step.BYTES: ("212,480 + 267", "/places/1")}

    with_trail = steps_of(walked(me), here=Step.MESSAGE, found=found)
    without = steps_of(start_trail(me), here=Step.MESSAGE, found=found)

    assert [step["state"] for step in with_trail] == ["done", "done", "done", "here", "next", "shut", "shut"]
    assert [step["state"] for step in without] == ["shut", "shut", "shut", "here", "next", "shut", "shut"]
    assert with_trail[1]["value"] == "261, frozen"
    assert without[1] == {**without[1], "value": "Open a figure to see", "url": None}


def test_a_step_that_is_closed_says_why_and_is_no_link() -> None:
    steps = steps_of(
        walked(person()), here=Step.MESSAGE, found={Step.MESSAGE: ("R", "/r"), Step.BYTES: ("Closed to auditors", None)}
    )

    assert (steps[4]["state"], steps[4]["value"], steps[4]["url"]) == ("shut", "Closed to auditors", None)


def test_links_below_carry_the_trail_and_the_way_up_finds_the_row() -> None:
    me = person()
    steps = steps_of(
        walked(me), here=Step.MESSAGE, found={Step.MESSAGE: ("R", "/r"), Step.BYTES: ("1 + 2", "/places/1")}, row=ROW
    )

    assert steps[4]["url"].startswith("/places/1?trail=")
    assert f"at={ROW}" in steps[2]["url"]
    assert steps[2]["url"].endswith("#row")
    assert trail_of(request_of(steps[4]["url"], me)) == walked(me)


def test_a_trail_grows_downward_and_is_cut_when_one_turns_back() -> None:
    trail = walked(person()).extend(Step.MESSAGE, "R", "/r").extend(Step.BYTES, "1 + 2", "/b?trail=x")

    assert [one.step for one in trail.passed][-1] is Step.BYTES
    assert trail.passed[-1].url == "/b"
    assert [one.step for one in trail.extend(Step.RECORDS, "261 rows", "/f").passed] == list(Step)[:3]


def test_up_and_down_name_the_nearest_open_step() -> None:
    found = {Step.MESSAGE: ("R", "/r"), Step.FILE: ("19c0…55a9", "/evidence/1")}
    up, down = updown_of(steps_of(walked(person()), here=Step.MESSAGE, found=found))

    assert up is not None
    assert down is not None
    assert (up["label"], up["value"]) == ("Up to the records", "261 rows")
    assert (down["label"], down["value"]) == ("Down to the file", "19c0…55a9")
    assert updown_of(steps_of(start_trail(person()), here=Step.CUSTODY, found={Step.CUSTODY: ("4", "/e")}))[1] is None


def test_addresses_keep_what_they_had() -> None:
    assert with_parameter("/f?a=1#rows", "at", "2") == "/f?a=1&at=2#rows"
    assert with_parameter("/f?at=1", "at", "2") == "/f?at=2"
    assert without_trail("/f?a=1&trail=x&b=2") == "/f?a=1&b=2"
