"""Verbs that write the text of a release: each makes an approved text a draft again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from django.utils.text import slugify

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.rules import Role
from hotspots.operations.models import Campaign
from hotspots.results.models import Figure, Release, ReleaseVersion, Slot
from hotspots.results.queries.release_reading import (
    bound_figures,
    candidates_of,
    check_step,
    choose_figures,
    draft_of,
    literals_of,
)
from hotspots.results.rules.notes import check_note
from hotspots.results.rules.numbers import numbers_of
from hotspots.results.rules.release_text import number_as_written, read_release
from hotspots.results.rules.states import STATE_AT, ReleaseState, ReleaseVerb, Stage

EDITORS = (Role.PUBLISHER, Role.COORDINATOR)
TITLE_CHARACTERS = 200
BODY_CHARACTERS = 60_000
SLUG_CHARACTERS = 70


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What the editor says: the text and the dates that stand on it.

    `based_on` is the moment of the version that the editor started from; None where nobody else can have saved.
    """

    title: str
    body: str
    released_on: date | None = None
    data_as_of_on: date | None = None
    operation_begins_on: date | None = None
    operation_ends_on: date | None = None
    based_on: datetime | None = None
    note: str | None = None  # of a correction; None keeps what it says
    noted_on: date | None = None
    literals: tuple[dict[str, str], ...] = field(default=())

    LOGGED: ClassVar[tuple[str, ...]] = ("released_on", "data_as_of_on")


@dataclass(frozen=True, slots=True)
class LiteralFacts:
    """A number (or a word) that is typed, and the reason why it may stand."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BindingFacts:
    """Under which key a figure is shown."""

    key: str

    LOGGED: ClassVar[tuple[str, ...]] = ("key",)


@action("results.draft_release", roles=EDITORS, subject="campaign")
def draft_release(*, by: Actor, campaign: Campaign, facts: ReleaseFacts, clock: Clock = system_clock) -> ReleaseVersion:
    """Start a release about a campaign; gives its first version."""
    _check_text(facts)
    now = clock()
    release = Release.objects.create(
        campaign=campaign,
        slug=_free_slug(facts.title),
        title=facts.title,
        created_by_id=person_of(by),
        created_at=now,
    )
    version = ReleaseVersion.objects.create(
        release=release,
        number=1,
        title=facts.title,
        body=facts.body,
        literals=list(facts.literals),
        released_on=facts.released_on,
        data_as_of_on=facts.data_as_of_on,
        operation_begins_on=facts.operation_begins_on or campaign.begins_on,
        operation_ends_on=facts.operation_ends_on or campaign.ends_on,
        saved_by_id=person_of(by),
        saved_at=now,
    )
    _bind(version)
    _name_release(release, version)
    note_change(version, campaign.lead.history_key_id, title=(None, facts.title), text=(None, facts.body))
    return version


@action("results.save_release", roles=EDITORS, subject="version", changes=["version"])
def save_release(
    *, by: Actor, version: ReleaseVersion, facts: ReleaseFacts, clock: Clock = system_clock
) -> ReleaseVersion:
    """Save the text of a draft; an approved text becomes a draft again.

    Raises Stale, carrying both texts, when someone else saved in the meantime.
    """
    after = check_step(ReleaseVerb.SAVE, version)
    _check_text(facts)
    if facts.based_on is not None and facts.based_on != version.saved_at:
        raise errors.Stale(
            "results.release",
            f"{version.saved_by} saved this text while you wrote. Yours is kept below, beside theirs.",
            theirs=version.body,
            yours=facts.body,
        )
    note_change(
        version,
        version.release.campaign.lead.history_key_id,
        **{
            name: (old, new)
            for name, old, new in (
                ("title", version.title, facts.title),
                ("text", version.body, facts.body),
                ("note", version.note, facts.note if version.note and facts.note is not None else version.note),
            )
            if old != new
        },
    )
    version.title, version.body = facts.title, facts.body
    version.released_on, version.data_as_of_on = facts.released_on, facts.data_as_of_on
    version.operation_begins_on, version.operation_ends_on = facts.operation_begins_on, facts.operation_ends_on
    _write_note(version, facts)
    _write(version, by, after, clock)
    _bind(version)
    _name_release(version.release, version)
    return version


@action("results.mark_literal", roles=EDITORS, subject="version", changes=["version"])
def mark_literal(
    *, by: Actor, version: ReleaseVersion, facts: LiteralFacts, clock: Clock = system_clock
) -> ReleaseVersion:
    """Mark a typed number, or a word that warns, as meant, with the reason."""
    after = check_step(ReleaseVerb.SAVE, version)
    text, reason = " ".join(facts.text.split()), facts.reason.strip()
    if not reason:
        raise errors.RuleBroken("results.literal_reason", "Say where this comes from.", field="reason")
    if not _stands_in(version, text):
        raise errors.RuleBroken("results.literal_text", "This does not stand in the saved text.", field="text")
    kept = [row for row in version.literals if row["text"] != text]
    is_number = any(numbers_of(text, {}))
    version.literals = [*kept, {"text": text, "reason": reason, "kind": "number" if is_number else "word"}]
    note_change(version, version.release.campaign.lead.history_key_id, literal=(None, f"{text}: {reason}"))
    _write(version, by, after, clock)
    return version


@action("results.unmark_literal", roles=EDITORS, subject="version", changes=["version"])
def unmark_literal(
    *, by: Actor, version: ReleaseVersion, facts: LiteralFacts, clock: Clock = system_clock
) -> ReleaseVersion:
    """Take the mark from a literal: the number needs a source again."""
    after = check_step(ReleaseVerb.SAVE, version)
    reason = literals_of(version).get(facts.text)
    if reason is None:
        raise errors.RuleBroken("results.literal_text", "This is not marked.", field="text")
    version.literals = [row for row in version.literals if row["text"] != facts.text]
    note_change(version, version.release.campaign.lead.history_key_id, literal=(f"{facts.text}: {reason}", None))
    _write(version, by, after, clock)
    return version


@action("results.bind_figure", roles=EDITORS, subject="version", changes=["version"])
def bind_figure(
    *, by: Actor, version: ReleaseVersion, figure: Figure, facts: BindingFacts, clock: Clock = system_clock
) -> ReleaseVersion:
    """Choose which frozen figure stands behind a key, where there are several."""
    after = check_step(ReleaseVerb.SAVE, version)
    candidates = candidates_of(version.release.campaign, [facts.key], version.data_as_of_on).get(facts.key, [])
    if figure.pk not in {row.pk for row in candidates}:
        raise errors.RuleBroken(
            "results.binding", "This figure does not count that, or not as of that day.", field="figure"
        )
    Slot.objects.update_or_create(version=version, key=facts.key, defaults={"figure": figure})
    _write(version, by, after, clock)
    _name_release(version.release, version)
    return version


def person_of(by: Actor) -> uuid.UUID:
    """Give who acts: these verbs are closed to the system, so it is a person."""
    assert by.user_id is not None
    return by.user_id


def _write_note(version: ReleaseVersion, facts: ReleaseFacts) -> None:
    """Keep what the note of a correction says now; only a correction has one."""
    if not version.note or facts.note is None:
        return
    note = facts.note.strip()
    if not note:
        raise errors.RuleBroken("results.note", "Say what was wrong and what is right now.", field="note")
    check_note(note, literals_of(version))
    version.note, version.noted_on = note, facts.noted_on or version.noted_on


def _write(version: ReleaseVersion, by: Actor, after: Stage, clock: Clock) -> None:
    """Keep an edit: whoever made it is an author, and no approval outlives it."""
    if version.approved_at is not None:
        note_fact(approval="ended")
    version.saved_by_id, version.saved_at = person_of(by), clock()
    version.approved_by_id = version.approved_at = version.publish_at = None
    version.held_back_reason = ""
    version.save()
    keep_state(version.release, after)


def keep_state(release: Release, stage: Stage) -> None:
    """Keep the state that the public knows; an open correction changes nothing of it."""
    state = STATE_AT.get(stage)
    if state is not None and state != release.state:
        release.state = state
        release.save(update_fields=["state"])


def _bind(version: ReleaseVersion) -> None:
    """Bind every slot to a frozen figure of the campaign, and let go of those that are no longer in the text."""
    keys = read_release(version.title, version.body).figure_keys()
    bound = bound_figures(version)
    candidates = candidates_of(version.release.campaign, keys, version.data_as_of_on)
    chosen = choose_figures(candidates, bound, keys)
    Slot.objects.filter(version=version).exclude(key__in=chosen).delete()
    for key, figure in chosen.items():
        if key not in bound or bound[key].pk != figure.pk:
            Slot.objects.update_or_create(version=version, key=key, defaults={"figure": figure})
    note_fact(slots_count=len(keys), bound_count=len(chosen))


def _name_release(release: Release, version: ReleaseVersion) -> None:
    """Write the title with its figures on the release, as long as the public knows no other."""
    if release.state in {ReleaseState.DRAFT, ReleaseState.APPROVED}:
        name_release(release, version)


def name_release(release: Release, version: ReleaseVersion) -> None:
    """Write the title of a version, with its figures, on the release."""
    draft = draft_of(version)
    parts = [
        number_as_written(draft.figures[span.slot.key].value, span.slot)
        if span.slot and span.slot.key in draft.figures
        else span.text
        for span in draft.text.title.spans
    ]
    release.title = "".join(parts)[:TITLE_CHARACTERS]
    release.save(update_fields=["title"])


def _check_text(facts: ReleaseFacts) -> None:
    if not facts.title.strip():
        raise errors.RuleBroken("results.title", "Give the release a headline.", field="title")
    if len(facts.title) > TITLE_CHARACTERS:
        raise errors.RuleBroken(
            "results.title", f"A headline has at most {TITLE_CHARACTERS} characters.", field="title"
        )
    if len(facts.body) > BODY_CHARACTERS:
        raise errors.RuleBroken("results.body", f"A text has at most {BODY_CHARACTERS:,} characters.", field="body")
    if facts.operation_begins_on and facts.operation_ends_on and facts.operation_ends_on < facts.operation_begins_on:
        raise errors.RuleBroken("results.dates", "The operation ends before it begins.", field="operation_ends_on")


def _stands_in(version: ReleaseVersion, text: str) -> bool:
    read = read_release(version.title, version.body)
    flat = " ".join(" ".join(block.flat.split()) for block in read.all_blocks)
    hrefs = {span.href for block in read.all_blocks for span in block.spans}
    return bool(text) and (text in flat or text in hrefs)


def _free_slug(title: str) -> str:
    base = slugify(read_release(title, "").title.flat.replace("\ufffc", " "))[:SLUG_CHARACTERS].strip("-") or "release"
    taken = set(Release.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{place}" for place in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
