"""Where a release stands.

Source: the coalition's practice for statements to the press: a second person approves, a mistake is corrected in the
open and never silently, and a statement that is withdrawn stays readable with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReleaseState(StrEnum):
    """Draft, approved by a second person, published; then corrected or retracted, both in the open."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


# A release in one of these has at least one version that everybody may read, for ever.
PUBLIC_STATES = frozenset({ReleaseState.PUBLISHED, ReleaseState.CORRECTED, ReleaseState.RETRACTED})


class Stage(StrEnum):
    """Where the work on a release stands: its state, and that of a correction which is not out yet."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    CORRECTION_APPROVED = "correction_approved"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


class ReleaseVerb(StrEnum):
    """What can be done to a release."""

    SAVE = "save"
    APPROVE = "approve"
    PUBLISH = "publish"
    INVITE = "invite"
    CORRECT = "correct"
    RETRACT = "retract"
    ABANDON = "abandon"


@dataclass(frozen=True, slots=True)
class Transition:
    """From which stage a verb leads where."""

    verb: ReleaseVerb
    before: Stage
    after: Stage


# The buttons of the page and the check in the verb read this table. An edit of an approved text makes it a draft.
TRANSITIONS = (
    Transition(ReleaseVerb.SAVE, Stage.DRAFT, Stage.DRAFT),
    Transition(ReleaseVerb.SAVE, Stage.APPROVED, Stage.DRAFT),
    Transition(ReleaseVerb.SAVE, Stage.CORRECTING, Stage.CORRECTING),
    Transition(ReleaseVerb.SAVE, Stage.CORRECTION_APPROVED, Stage.CORRECTING),
    Transition(ReleaseVerb.APPROVE, Stage.DRAFT, Stage.APPROVED),
    Transition(ReleaseVerb.APPROVE, Stage.CORRECTING, Stage.CORRECTION_APPROVED),
    Transition(ReleaseVerb.PUBLISH, Stage.APPROVED, Stage.PUBLISHED),
    Transition(ReleaseVerb.PUBLISH, Stage.CORRECTION_APPROVED, Stage.CORRECTED),
    Transition(ReleaseVerb.INVITE, Stage.DRAFT, Stage.DRAFT),
    Transition(ReleaseVerb.INVITE, Stage.APPROVED, Stage.APPROVED),
    Transition(ReleaseVerb.INVITE, Stage.CORRECTING, Stage.CORRECTING),
    Transition(ReleaseVerb.INVITE, Stage.CORRECTION_APPROVED, Stage.CORRECTION_APPROVED),
    Transition(ReleaseVerb.CORRECT, Stage.PUBLISHED, Stage.CORRECTING),
    Transition(ReleaseVerb.CORRECT, Stage.CORRECTED, Stage.CORRECTING),
    Transition(ReleaseVerb.RETRACT, Stage.PUBLISHED, Stage.RETRACTED),
    Transition(ReleaseVerb.RETRACT, Stage.CORRECTED, Stage.RETRACTED),
    Transition(ReleaseVerb.RETRACT, Stage.CORRECTING, Stage.RETRACTED),
    Transition(ReleaseVerb.RETRACT, Stage.CORRECTION_APPROVED, Stage.RETRACTED),
    # Back to what the public knows: published, or corrected where there was a correction before.
    Transition(ReleaseVerb.ABANDON, Stage.CORRECTING, Stage.PUBLISHED),
    Transition(ReleaseVerb.ABANDON, Stage.CORRECTION_APPROVED, Stage.PUBLISHED),
)

# What a release is called while its work stands at a stage: a correction that is not out yet changes nothing in public.
STATE_AT = {
    Stage.DRAFT: ReleaseState.DRAFT,
    Stage.APPROVED: ReleaseState.APPROVED,
    Stage.PUBLISHED: ReleaseState.PUBLISHED,
    Stage.CORRECTED: ReleaseState.CORRECTED,
    Stage.RETRACTED: ReleaseState.RETRACTED,
}


def stage_of(state: ReleaseState, *, is_latest_published: bool, is_latest_approved: bool) -> Stage:
    """Give the stage from the state of the release and of its latest version."""
    if state is ReleaseState.RETRACTED or state not in PUBLIC_STATES or is_latest_published:
        return Stage(state.value)
    return Stage.CORRECTION_APPROVED if is_latest_approved else Stage.CORRECTING


def stage_after(verb: ReleaseVerb, stage: Stage) -> Stage | None:
    """Give where a verb leads from a stage; None where it does not apply."""
    return next((row.after for row in TRANSITIONS if (row.verb, row.before) == (verb, stage)), None)


def verbs_at(stage: Stage) -> frozenset[ReleaseVerb]:
    """Give what can be done at a stage."""
    return frozenset(row.verb for row in TRANSITIONS if row.before is stage)
