"""Verbs that mend what is published: in the open, with a dated note; what was published keeps its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.results.actions.drafting import EDITORS, keep_state, person_of
from hotspots.results.actions.publishing import local_day
from hotspots.results.models import Release, ReleaseVersion, Slot
from hotspots.results.queries.release_reading import check_step, latest_version, literals_of, next_number
from hotspots.results.rules.notes import check_note
from hotspots.results.rules.states import ReleaseVerb

WITHDRAWN_WHY = "Say why this release is withdrawn."


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What everybody reads on top of the release: why, and of which day."""

    note: str
    noted_on: date | None = None

    LOGGED: ClassVar[tuple[str, ...]] = ("noted_on",)


@action("results.correct_release", roles=EDITORS, subject="release", changes=["release"])
def correct_release(*, by: Actor, release: Release, facts: NoteFacts, clock: Clock = system_clock) -> ReleaseVersion:
    """Open a correction: a new version with a visible, dated note; the one before stands until it is published."""
    before = latest_version(release)
    check_step(ReleaseVerb.CORRECT, before)
    _check_note(facts, before, "Say what was wrong and what is right now.")
    now = clock()
    after = ReleaseVersion.objects.create(
        release=release,
        number=next_number(release),
        title=before.title,
        body=before.body,
        literals=before.literals,
        operation_begins_on=before.operation_begins_on,
        operation_ends_on=before.operation_ends_on,
        data_as_of_on=before.data_as_of_on,
        released_on=before.released_on,
        saved_by_id=person_of(by),
        saved_at=now,
        note=facts.note.strip(),
        noted_on=facts.noted_on or local_day(now),
    )
    Slot.objects.bulk_create(Slot(version=after, key=slot.key, figure_id=slot.figure_id) for slot in before.slots.all())
    note_change(after, release.campaign.lead.history_key_id, note=(None, after.note))
    return after


@dataclass(frozen=True, slots=True)
class Notice:
    """What the public will read of a retraction."""

    title: str
    note: str
    noted_on: date


def preview_retraction(*, release: Release, facts: NoteFacts, clock: Clock = system_clock) -> Notice:
    """Show what a retraction would say, and change nothing.

    Raises what `retract_release` would raise.
    """
    check_step(ReleaseVerb.RETRACT, latest_version(release))
    _check_note(facts, _public_version(release), WITHDRAWN_WHY)
    return Notice(release.title, facts.note.strip(), facts.noted_on or local_day(clock()))


@action("results.retract_release", roles=EDITORS, subject="release", changes=["release"])
def retract_release(*, by: Actor, release: Release, facts: NoteFacts, clock: Clock = system_clock) -> ReleaseVersion:
    """Retract a release: its numbers no longer stand, its text stays readable under the visible, dated note."""
    latest = latest_version(release)
    stage = check_step(ReleaseVerb.RETRACT, latest)
    now = clock()
    public = _public_version(release)
    _check_note(facts, public, WITHDRAWN_WHY)
    notice = ReleaseVersion.objects.create(
        release=release,
        number=next_number(release),
        title=public.title,
        body="",
        literals=public.literals,
        operation_begins_on=public.operation_begins_on,
        operation_ends_on=public.operation_ends_on,
        data_as_of_on=public.data_as_of_on,
        released_on=public.released_on,
        saved_by_id=person_of(by),
        saved_at=now,
        approved_at=now,  # withdrawing needs no second person: waiting for one would keep a wrong number in public
        published_at=now,
        note=facts.note.strip(),
        noted_on=facts.noted_on or local_day(now),
    )
    Slot.objects.bulk_create(
        Slot(version=notice, key=slot.key, figure_id=slot.figure_id) for slot in public.slots.all()
    )
    release.versions.filter(published_at__isnull=True).update(publish_at=None)
    keep_state(release, stage)
    note_change(notice, release.campaign.lead.history_key_id, note=(None, notice.note))
    return notice


def _public_version(release: Release) -> ReleaseVersion:
    return release.versions.filter(published_at__isnull=False).order_by("-number")[:1].get()


def _check_note(facts: NoteFacts, version: ReleaseVersion, sentence: str) -> None:
    """Refuse an empty note, and one that says what the lint would stop; what the version marks may stand in it."""
    if not facts.note.strip():
        raise errors.RuleBroken("results.note", sentence, field="note")
    check_note(facts.note, literals_of(version))
