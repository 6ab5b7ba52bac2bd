"""Verbs that bring a release to the public: a second person approves, a named person publishes, now or at a time."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import SYSTEM, Actor, actor_of
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_fact
from hotspots.access.models import County, User
from hotspots.jobs.actions import Batch, JobFacts, job_kind, queue_job
from hotspots.jobs.models import Job
from hotspots.results.actions.drafting import EDITORS, keep_state, name_release
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_reading import authors_of, check_step, draft_of, literals_of
from hotspots.results.queries.release_root import root_of_figures
from hotspots.results.rules.notes import check_note, problems_of_note
from hotspots.results.rules.states import ReleaseVerb

NAMED_PROBLEMS = 3
PUBLISHING = "results.publish_at_its_time"
TIME_HAS_PASSED = "This time has passed. Leave it empty to publish now."
NO_LONGER_APPROVED = "Who approved it no longer holds a role that may. Another person approves it again."
NO_LONGER_ASKED = "Who set the time no longer holds a role that may publish. Another person publishes it."
STOPPED = "Something in the text or its figures stops it. What stops it is named below."
FAILED = "The program could not publish it. Publish it again, now or at another time."


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """When a release goes out (at once, if no time is given), and the date that stands on it."""

    publish_at: datetime | None = None
    released_on: date | None = None

    LOGGED: ClassVar[tuple[str, ...]] = ("publish_at", "released_on")


@action("results.approve_release", roles=EDITORS, subject="version", changes=["version"])
def approve_release(*, by: Actor, version: ReleaseVersion, clock: Clock = system_clock) -> ReleaseVersion:
    """Approve the text of a release that another person wrote."""
    after = check_step(ReleaseVerb.APPROVE, version)
    if by.user_id in authors_of(version):
        raise errors.RuleBroken("results.own_approval", "You wrote in this text, so another person approves it.")
    check_lint(version)
    version.approved_by_id, version.approved_at = by.user_id, clock()
    version.save(update_fields=["approved_by", "approved_at"])
    keep_state(version.release, after)
    _note_root(version)
    return version


@action("results.publish_release", roles=EDITORS, subject="version", changes=["version"])
def publish_release(
    *, by: Actor, version: ReleaseVersion, facts: PublishFacts, clock: Clock = system_clock
) -> ReleaseVersion:
    """Publish an approved release, at once or at a time that is set.

    Raises RuleBroken for a time that has passed: who sets one does not mean "at once".
    """
    after = check_step(ReleaseVerb.PUBLISH, version)
    check_lint(version)
    now = clock()
    if facts.publish_at is not None and facts.publish_at <= now:
        raise errors.RuleBroken("results.publish_at", TIME_HAS_PASSED, field="publish_at")
    if facts.released_on is not None:
        version.released_on = facts.released_on
    if facts.publish_at is not None:
        version.publish_at, version.held_back_reason = facts.publish_at, ""
        version.save(update_fields=["publish_at", "released_on", "held_back_reason"])
        queue_job(by=by, facts=JobFacts(PUBLISHING, version.pk, ready_at=facts.publish_at), clock=clock)
        return version
    _bring_out(version, now)
    keep_state(version.release, after)
    return version


@action("results.publish_due", system=True, subject="version", changes=["version"])
def publish_due(*, by: Actor, version: ReleaseVersion, requester: User, clock: Clock = system_clock) -> ReleaseVersion:
    """Publish an approved release whose time has come; if it may no longer go out, take the time from it.

    The approval is looked at again: who gave it, and who set the time, must still hold a role that may.
    """
    after, now = check_step(ReleaseVerb.PUBLISH, version), clock()
    if not is_due(version, now):
        raise errors.RuleBroken("results.publish_due", "Its time has not come.")
    if reason := _held_back_because(version, requester):
        return _hold_back(version, reason)
    _bring_out(version, now)
    keep_state(version.release, after)
    return version


@action("results.hold_back_release", system=True, subject="version", changes=["version"])
def hold_back_release(
    *, by: Actor, version: ReleaseVersion, reason: str, clock: Clock = system_clock
) -> ReleaseVersion:
    """Take the time from a release that could not go out, and keep why."""
    return _hold_back(version, reason)


def say_that_it_failed(job: Job) -> None:
    """Tell on the release that its publication at a set time failed."""
    version = ReleaseVersion.objects.filter(pk=job.about).first() if job.about else None
    if version is not None and is_due(version, system_clock()):
        hold_back_release(by=SYSTEM, version=version, reason=FAILED)


@job_kind(PUBLISHING, after_failure=say_that_it_failed)
def publish_at_its_time(job: Job) -> Iterator[Batch]:
    """Publish the release that a job is about, if its time still stands: an edit or another time has taken it away."""
    version = ReleaseVersion.objects.filter(pk=job.about).first() if job.about else None
    if version is not None and job.requester is None:
        say_that_it_failed(job)
    elif version is not None and job.requester is not None and is_due(version, system_clock()):
        publish_due(by=SYSTEM, version=version, requester=job.requester)
    yield from ()


def is_due(version: ReleaseVersion, now: datetime) -> bool:
    """Answer whether an approved version waits for its time, and the time has come."""
    is_waiting = version.approved_at is not None and version.published_at is None and version.abandoned_at is None
    return is_waiting and version.publish_at is not None and version.publish_at <= now


def check_lint(version: ReleaseVersion) -> None:
    """Check that nothing in the text stops it, nor in the note of a correction.

    Raises RuleBroken that says how much does, and where.
    """
    check_note(version.note, literals_of(version))
    stops = draft_of(version).report.stops
    if not stops:
        return
    named = "; ".join(f"{one.place}: “{one.shown}”" for one in stops[:NAMED_PROBLEMS])
    more = f"; and {len(stops) - NAMED_PROBLEMS} more" if len(stops) > NAMED_PROBLEMS else ""
    count = "One thing stops" if len(stops) == 1 else f"{len(stops)} things stop"
    raise errors.RuleBroken("results.lint", f"{count} this release. {named}{more}.", field="body")


def local_day(at: datetime) -> date:
    """Give the county's date at a moment."""
    county = County.objects.first()
    return at.astimezone(zoneinfo.ZoneInfo(county.time_zone if county else "UTC")).date()


def _bring_out(version: ReleaseVersion, now: datetime) -> None:
    version.published_at, version.publish_at, version.held_back_reason = now, None, ""
    version.released_on = version.released_on or local_day(now)
    version.save(update_fields=["published_at", "publish_at", "released_on", "held_back_reason"])
    name_release(version.release, version)
    _note_root(version)


def _note_root(version: ReleaseVersion) -> None:
    figures = draft_of(version).figures
    note_fact(figures_count=len(figures), figures_root=root_of_figures(figures.values()).hex())


def _hold_back(version: ReleaseVersion, reason: str) -> ReleaseVersion:
    version.publish_at, version.held_back_reason = None, reason
    version.save(update_fields=["publish_at", "held_back_reason"])
    note_fact(outcome="held_back")
    return version


def _held_back_because(version: ReleaseVersion, requester: User) -> str:
    """Say why a release may not go out at its time; nothing where it may."""
    if not _is_editor(version.approved_by):
        return NO_LONGER_APPROVED
    if not _is_editor(requester):
        return NO_LONGER_ASKED
    is_stopped = draft_of(version).report.stops or problems_of_note(version.note, literals_of(version))
    return STOPPED if is_stopped else ""


def _is_editor(person: User | None) -> bool:
    return person is not None and actor_of(person).holds_any(*EDITORS)
