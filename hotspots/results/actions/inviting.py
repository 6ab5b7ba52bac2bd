"""Verbs that let an invited reader see a release before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.results.actions.drafting import EDITORS, person_of
from hotspots.results.models import PreviewLink, ReleaseVersion
from hotspots.results.queries.release_public import digest_of_token
from hotspots.results.queries.release_reading import check_step
from hotspots.results.rules.states import ReleaseVerb

LONGEST_DAYS = 14
LEAST_TOKEN_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """Who is invited (by office, not by name), the secret of the link, and until when it opens the text."""

    reader_words: str
    token: str
    expires_at: datetime

    LOGGED: ClassVar[tuple[str, ...]] = ("expires_at",)


@action("results.make_preview_link", roles=EDITORS, subject="version", changes=["version"])
def make_preview_link(
    *, by: Actor, version: ReleaseVersion, facts: InvitationFacts, clock: Clock = system_clock
) -> PreviewLink:
    """Make a link by which an invited reader sees a text that is not published."""
    check_step(ReleaseVerb.INVITE, version)
    now = clock()
    if not facts.reader_words.strip():
        raise errors.RuleBroken("results.reader", "Say who is invited, by office.", field="reader_words")
    if not now < facts.expires_at <= now + timedelta(days=LONGEST_DAYS):
        raise errors.RuleBroken("results.expiry", f"A link works for at most {LONGEST_DAYS} days.", field="days")
    if len(facts.token) < LEAST_TOKEN_CHARACTERS:
        raise errors.BadInput("results.token", "The secret of a link is too short.")
    return PreviewLink.objects.create(
        version=version,
        reader_words=facts.reader_words.strip(),
        token_digest=digest_of_token(facts.token),
        invited_by_id=person_of(by),
        invited_at=now,
        expires_at=facts.expires_at,
    )


@action("results.end_preview_link", roles=EDITORS, subject="link", changes=["link"])
def end_preview_link(*, by: Actor, link: PreviewLink, clock: Clock = system_clock) -> PreviewLink:
    """End an invitation before its time."""
    if link.ended_at is None:
        link.ended_at = clock()
        link.save(update_fields=["ended_at"])
    return link
