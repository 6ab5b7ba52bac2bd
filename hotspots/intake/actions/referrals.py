"""A sender who may be a victim or a minor is referred: out of the task force's sight, to victim services.

The restriction lies on the contact point, so it hides every response, message and byte of this sender, in every list,
total and export. Victim services in the prosecutor's office alone see it, until an advocate has taken over; from then
on nobody on this side does, and what remains is the referral itself: a reference, a ground and two dates. The log names
the referral alone: which response it was, and on which ground, would tell every reader of the log what is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

import uuid_utils.compat as uuid_utils
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Restriction
from hotspots.access.rules import RestrictionKind, Role
from hotspots.intake.actions.deriving import derive_around
from hotspots.intake.actions.responses import REVIEWERS, check_step, state_of
from hotspots.intake.models import Referral, Response
from hotspots.intake.queries.referred import CONTACT_POINT
from hotspots.intake.rules import reference_of
from hotspots.intake.rules.states import ReferralGround, ResponseStep

AUTHORITY = {
    ReferralGround.MAY_BE_MINOR: "The sender may be a minor",
    ReferralGround.IN_NEED_OF_HELP: "The sender may be a victim, or in need of help",
}


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """On which ground a sender is referred."""

    ground: ReferralGround


@dataclass(frozen=True, slots=True)
class TakeOverFacts:
    """Who took over: an advocate by title and organization, never by name."""

    taken_over_by_words: str


@action("intake.refer_response", roles=REVIEWERS, subject="response", changes=["response"], unnamed=["response"])
def refer_response(*, by: Actor, response: Response, facts: ReferralFacts, clock: Clock = system_clock) -> Referral:
    """Refer the sender of a response to victim services; the task force no longer sees or counts this sender."""
    check_step(ResponseStep.REFER, state_of(response))
    ground = ReferralGround(facts.ground)
    contact, at, pk = response.contact_point, clock(), uuid_utils.uuid7()
    Restriction.objects.create(
        record_kind=CONTACT_POINT,
        record_id=contact.pk,
        restriction_kind=RestrictionKind.REFERRED,
        authority=AUTHORITY[ground],
        made_by_id=by.user_id,
        made_at=at,
    )
    referral = Referral.objects.create(
        id=pk,
        contact_point=contact,
        ground=ground,
        reference=reference_of("F", pk),
        referred_by_id=by.user_id,
        referred_at=at,
    )
    note_change(referral, contact.key_id, referred=(None, ground.value))
    derive_around(contact.pk)
    return referral


@action("intake.take_over_referral", roles=[Role.ADVOCATE_LIAISON], changes=["referral"])
def take_over_referral(*, by: Actor, referral: Referral, facts: TakeOverFacts, clock: Clock = system_clock) -> Referral:
    """Record that an advocate has taken a referred sender over; from now on nobody on this side sees the sender."""
    if not facts.taken_over_by_words.strip():
        raise errors.RuleBroken("referral.who", _("Say which advocate took over."), field="taken_over_by_words")
    if referral.taken_over_at is not None:
        raise errors.Stale("referral.taken", _("An advocate has taken over before."), theirs=referral.taken_over_at)
    at = clock()
    referral.taken_over_by_words, referral.taken_over_at = facts.taken_over_by_words.strip(), at
    referral.recorded_by_id = by.user_id
    referral.save(update_fields=["taken_over_by_words", "taken_over_at", "recorded_by"])
    Restriction.objects.create(
        record_kind=CONTACT_POINT,
        record_id=referral.contact_point_id,
        restriction_kind=RestrictionKind.PROTECTED,
        authority=_("Taken over by an advocate"),
        made_by_id=by.user_id,
        made_at=at,
    )
    derive_around(referral.contact_point_id)
    return referral
