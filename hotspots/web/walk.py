"""The walk: seven steps from a published release down to the custody of the file that a figure was counted from.

A page on the walk shows the steps above it from a signed trail in its address, and the steps below it from what it
knows itself. The trail is bound to the person it was made for and grows as one goes down, so a page of a lower room can
show "261, frozen" without reading a figure, and nobody learns a step from somebody else's address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.web.audience import actor_for

SALT = "hotspots.walk"
TRAIL = "trail"
TRAIL_SECONDS = 12 * 60 * 60


class Step(StrEnum):
    """One of the seven steps, in the order in which one goes down."""

    RELEASE = "release"
    FIGURE = "figure"
    RECORDS = "records"
    MESSAGE = "message"
    BYTES = "bytes"
    FILE = "file"
    CUSTODY = "custody"


STEPS = tuple(Step)
ABOVE = STEPS[:3]  # those that only a figure can know
MONO = frozenset({Step.BYTES, Step.FILE})

NAMES = {
    Step.RELEASE: gettext_lazy("Release"),
    Step.FIGURE: gettext_lazy("Figure"),
    Step.RECORDS: gettext_lazy("Records"),
    Step.MESSAGE: gettext_lazy("Message"),
    Step.BYTES: gettext_lazy("Bytes"),
    Step.FILE: gettext_lazy("File"),
    Step.CUSTODY: gettext_lazy("Custody"),
}
UP = {
    Step.RELEASE: gettext_lazy("Up to the release"),
    Step.FIGURE: gettext_lazy("Up to the figure"),
    Step.RECORDS: gettext_lazy("Up to the records"),
    Step.MESSAGE: gettext_lazy("Up to the message"),
    Step.BYTES: gettext_lazy("Up to the bytes"),
    Step.FILE: gettext_lazy("Up to the file"),
    Step.CUSTODY: gettext_lazy("Up to the custody"),
}
DOWN = {
    Step.RELEASE: gettext_lazy("Down to the release"),
    Step.FIGURE: gettext_lazy("Down to the figure"),
    Step.RECORDS: gettext_lazy("Down to the records"),
    Step.MESSAGE: gettext_lazy("Down to the message"),
    Step.BYTES: gettext_lazy("Down to the bytes"),
    Step.FILE: gettext_lazy("Down to the file"),
    Step.CUSTODY: gettext_lazy("Down to the custody"),
}

# What a page found out about a step: its value and its address; no address means that the value says why it is shut.
Found = Mapping[Step, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was passed: what it showed, and where."""

    step: Step
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps that one person passed on the way down."""

    user_id: str
    passed: tuple[Passed, ...] = ()

    def extend(self, step: Step, value: str, url: str) -> Trail:
        """Give the trail with one step more; what lay at or below that step is dropped."""
        kept = tuple(one for one in self.passed if STEPS.index(one.step) < STEPS.index(step))
        return replace(self, passed=(*kept, Passed(step, value, without_trail(url))))

    def at(self, step: Step) -> Passed | None:
        """Give a step that was passed, or None."""
        return next((one for one in self.passed if one.step is step), None)

    def keep(self, url: str) -> str:
        """Give an address that carries the trail on."""
        return with_parameter(url, TRAIL, self.signed())

    def signed(self) -> str:
        """Write the trail as a signed text for an address."""
        rows = [[STEPS.index(one.step), one.value, one.url] for one in self.passed]
        return signing.dumps([self.user_id, rows], salt=SALT, compress=True)

    def __bool__(self) -> bool:
        return bool(self.passed)


def start_trail(actor: Actor) -> Trail:
    """Give an empty trail for a person."""
    return Trail(str(actor.user_id or ""))


def trail_of(request: HttpRequest) -> Trail:
    """Read the trail in the address: an empty one where it is missing, was changed, is old, or is another person's."""
    mine = start_trail(actor_for(request))
    try:
        user_id, rows = signing.loads(request.GET.get(TRAIL, ""), salt=SALT, max_age=TRAIL_SECONDS)
    except signing.BadSignature:
        return mine
    if user_id != mine.user_id:
        return mine
    return replace(mine, passed=tuple(Passed(STEPS[place], value, url) for place, value, url in rows))


def steps_of(trail: Trail, *, here: Step, found: Found, row: Any = None) -> list[dict[str, Any]]:
    """Give all seven steps for the tag `walk`.

    `found` is what the page knows: its own step, and those below (and above, where it knows them). `row` is the id of
    the record that is followed: the way back up leads to the page of rows that holds it.
    """
    steps: list[dict[str, Any]] = []
    for step in STEPS:
        value, url = _known(trail, found, step)
        state = _state(step, here, url)
        if url is not None and step is Step.RECORDS and row is not None and step is not here:
            url = with_parameter(url.partition("#")[0], "at", str(row)) + "#row"
        shown = trail.keep(url) if url is not None and _may_carry(trail, step, here) else url
        steps.append(
            {"kind": NAMES[step], "value": value, "url": shown, "state": state, "is_mono": step in MONO, "step": step}
        )
    return steps


def updown_of(steps: Iterable[dict[str, Any]]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Give the nearest open step above and below the one here, for the tag `updown`."""
    rows = list(steps)
    here = next(place for place, row in enumerate(rows) if row["state"] == "here")
    above = next((row for row in reversed(rows[:here]) if row["url"]), None)
    below = next((row for row in rows[here + 1 :] if row["url"]), None)
    return (
        {"label": UP[above["step"]], "value": above["value"], "url": above["url"]} if above else None,
        {"label": DOWN[below["step"]], "value": below["value"], "url": below["url"]} if below else None,
    )


def with_parameter(url: str, name: str, value: str) -> str:
    """Set one parameter of an address; the fragment stays."""
    parts = urlsplit(url)
    pairs = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, value)])))


def without_trail(url: str) -> str:
    """Take the trail out of an address."""
    parts = urlsplit(url)
    pairs = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != TRAIL]
    return urlunsplit(parts._replace(query=urlencode(pairs)))


def _known(trail: Trail, found: Found, step: Step) -> tuple[str, str | None]:
    if step in found:
        return found[step]
    passed = trail.at(step)
    if passed is not None:
        return passed.value, passed.url
    if step in ABOVE:
        return _("Open a figure to see"), None
    return _("Open a record to see"), None


def _state(step: Step, here: Step, url: str | None) -> str:
    if step is here:
        return "here"
    if url is None:
        return "shut"
    return "done" if STEPS.index(step) < STEPS.index(here) else "next"


def _may_carry(trail: Trail, step: Step, here: Step) -> bool:
    # The release's page starts a trail of its own, and the page that one stands on needs no longer address.
    return bool(trail) and step is not Step.RELEASE and step is not here
