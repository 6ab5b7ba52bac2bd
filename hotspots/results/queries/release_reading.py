"""What a version of a release says: its text, the figures behind its slots, what the lint finds, and who wrote it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from hotspots import errors
from hotspots.audit.models import Reference
from hotspots.operations.models import Campaign
from hotspots.results.models import Figure, Release, ReleaseVersion
from hotspots.results.rules.lint import BoundFigure, Report, lint_release
from hotspots.results.rules.release_text import ReleaseText, read_release
from hotspots.results.rules.states import ReleaseState, ReleaseVerb, Stage, stage_after, stage_of

WRITING_VERBS = (
    "results.draft_release",
    "results.save_release",
    "results.mark_literal",
    "results.unmark_literal",
    "results.bind_figure",
    "results.correct_release",
)

REFUSALS = {
    ReleaseVerb.SAVE: "This version is published, so its text stands. Correct the release instead.",
    ReleaseVerb.APPROVE: "Only a draft can be approved.",
    ReleaseVerb.PUBLISH: "Only an approved text can be published. A second person approves it first.",
    ReleaseVerb.INVITE: "It is published: everybody can read it, no invitation is needed.",
    ReleaseVerb.CORRECT: "Only a published release without an open correction can be corrected.",
    ReleaseVerb.RETRACT: "Only a published release can be retracted.",
    ReleaseVerb.ABANDON: "Only a correction that is not published can be abandoned.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it stands or is being typed, with the figures that its slots show."""

    text: ReleaseText
    figures: Mapping[str, Figure]
    report: Report


def latest_version(release: Release) -> ReleaseVersion:
    """Give the version that is worked on: the one with the highest number that was not abandoned."""
    kept = release.versions.filter(abandoned_at__isnull=True)
    version = kept.select_related("saved_by", "approved_by").order_by("-number").first()
    if version is None:
        raise errors.NotFound("results.version", "There is no such release.")
    return version


def text_shown(version: ReleaseVersion) -> ReleaseVersion:
    """Give the version whose text a version shows: its own, or, of a retraction, the one that it withdraws."""
    if version.body or version.release.state != ReleaseState.RETRACTED:
        return version
    earlier = version.release.versions.filter(published_at__isnull=False, number__lt=version.number).exclude(body="")
    withdrawn = earlier.order_by("-number").first()
    if withdrawn is None:
        return version
    withdrawn.release = version.release
    return withdrawn


def next_number(release: Release) -> int:
    """Give the number of a new version; that of an abandoned one is not used again."""
    return int(release.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1


def stage_of_version(version: ReleaseVersion) -> Stage:
    """Give where the work on the release of its latest version stands."""
    return stage_of(
        ReleaseState(version.release.state),
        is_latest_published=version.published_at is not None,
        is_latest_approved=version.approved_at is not None,
    )


def check_step(verb: ReleaseVerb, version: ReleaseVersion) -> Stage:
    """Give the stage to which a verb leads.

    Raises RuleBroken when it does not apply, or Stale when the version is no longer the latest.
    """
    if version.abandoned_at is not None:
        raise errors.Stale("results.version", "This correction was abandoned. Open the release.")
    if version.release.versions.filter(number__gt=version.number, abandoned_at__isnull=True).exists():
        raise errors.Stale("results.version", "There is a newer version of this release. Open that one.")
    after = stage_after(verb, stage_of_version(version))
    if after is None:
        raise errors.RuleBroken(f"results.{verb.value}", REFUSALS[verb])
    return after


def literals_of(version: ReleaseVersion) -> dict[str, str]:
    """Give the marked literals of a version with their reasons."""
    return {row["text"]: row["reason"] for row in version.literals}


def bound_figures(version: ReleaseVersion) -> dict[str, Figure]:
    """Give the figures that are bound to the slots of a version."""
    rows = version.slots.select_related("figure").defer("figure__row_ids")
    return {slot.key: slot.figure for slot in rows}


def candidates_of(campaign: Campaign, keys: Iterable[str], as_of_on: date | None) -> dict[str, list[Figure]]:
    """Give the figures that could stand behind each key: of the whole campaign, frozen as of the day, newest first."""
    rows = Figure.objects.filter(
        campaign=campaign, measure_key__in=list(keys), operation__isnull=True, organization__isnull=True
    ).defer("row_ids")
    if as_of_on is not None:
        rows = rows.filter(data_as_of_on=as_of_on)
    found: dict[str, list[Figure]] = {}
    for figure in rows.order_by("measure_key", "-data_as_of_on", "-frozen_at"):
        found.setdefault(figure.measure_key, []).append(figure)
    return found


def choose_figures(
    candidates: Mapping[str, list[Figure]], bound: Mapping[str, Figure], keys: Iterable[str]
) -> dict[str, Figure]:
    """Keep the choice that was made where it still stands, and take the newest figure elsewhere."""
    chosen: dict[str, Figure] = {}
    for key in keys:
        rows = candidates.get(key, [])
        kept = next((row for row in rows if key in bound and row.pk == bound[key].pk), None)
        if figure := kept or (rows[0] if rows else None):
            chosen[key] = figure
    return chosen


def lint_text(text: ReleaseText, figures: Mapping[str, Figure], literals: Mapping[str, str]) -> Report:
    """Lint a text with the figures that its slots show."""
    known = {key: BoundFigure(figure.value, figure.is_protected) for key, figure in figures.items()}
    return lint_release(text, known, literals)


def draft_of(version: ReleaseVersion) -> Draft:
    """Read a version as it is kept."""
    text, figures = read_release(version.title, version.body), bound_figures(version)
    return Draft(text, figures, lint_text(text, figures, literals_of(version)))


def draft_as_typed(version: ReleaseVersion, *, title: str, body: str, as_of_on: date | None) -> Draft:
    """Read a text as it is being typed: nothing is kept, the figures are those that would be bound."""
    text = read_release(title, body)
    candidates = candidates_of(version.release.campaign, text.figure_keys(), as_of_on)
    figures = choose_figures(candidates, bound_figures(version), text.figure_keys())
    return Draft(text, figures, lint_text(text, figures, literals_of(version)))


def authors_of(version: ReleaseVersion) -> set[uuid.UUID]:
    """Give everybody who wrote in a version, as the log tells it."""
    told = Reference.objects.filter(record_id=version.pk, entry__action__in=WRITING_VERBS)
    writers = set(told.values_list("entry__actor_id", flat=True))
    return {writer for writer in (*writers, version.saved_by_id) if writer is not None}
