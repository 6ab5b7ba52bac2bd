"""A named person dismisses a response for a reason of the closed list, or reinstates it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.rowset import RowSet
from hotspots.access.rules import Role
from hotspots.intake.models import Ad, Response
from hotspots.intake.queries.referred import referred_among
from hotspots.intake.rules.states import DismissalReason, ResponseState, ResponseStep, may_take, response_state

REVIEWERS = (Role.COORDINATOR, Role.PROSECUTOR, Role.OPERATION_LEAD, Role.CUSTODIAN)


@dataclass(frozen=True, slots=True)
class DismissalFacts:
    """Why a response does not count."""

    reason: DismissalReason

    LOGGED: ClassVar = ("reason",)


@action("intake.dismiss_response", roles=REVIEWERS, subject="response", changes=["response"])
def dismiss_response(*, by: Actor, response: Response, facts: DismissalFacts, clock: Clock = system_clock) -> Response:
    """Dismiss a response with a reason; it no longer counts, and can be reinstated."""
    check_step(ResponseStep.DISMISS, state_of(response))
    _dismiss(response, DismissalReason(facts.reason), by.user_id, clock())
    response.save(update_fields=["dismissal_reason", "dismissed_by", "dismissed_at"])
    return response


@action("intake.reinstate_response", roles=REVIEWERS, subject="response", changes=["response"])
def reinstate_response(*, by: Actor, response: Response) -> Response:
    """Reinstate a dismissed response, so that it counts again."""
    check_step(ResponseStep.REINSTATE, state_of(response))
    note_change(response, response.contact_point.key_id, dismissed=(response.dismissal_reason, None))
    response.dismissal_reason, response.dismissed_by, response.dismissed_at = "", None, None
    response.save(update_fields=["dismissal_reason", "dismissed_by", "dismissed_at"])
    return response


@action("intake.dismiss_responses", roles=REVIEWERS)
def dismiss_responses(*, by: Actor, rows: RowSet, facts: DismissalFacts, clock: Clock = system_clock) -> None:
    """Dismiss a set of responses that a preview showed, all or none."""
    if rows.model is not Response:
        raise errors.BadInput("response.rows", _("These rows are no responses."))
    chosen = list(Response.objects.filter(pk__in=rows.query.order_by().values("pk")).select_related("contact_point"))
    _check_authority(by, {response.ad_id for response in chosen})
    referred = referred_among({response.contact_point_id for response in chosen})
    for response in chosen:
        check_step(ResponseStep.DISMISS, _state(response, is_referred=response.contact_point_id in referred))
        _dismiss(response, DismissalReason(facts.reason), by.user_id, clock())
    Response.objects.bulk_update(chosen, ["dismissal_reason", "dismissed_by", "dismissed_at"], batch_size=200)


def _check_authority(by: Actor, ad_ids: set[uuid.UUID]) -> None:
    """Check that a grant covers every ad: `subject=` asks this about one record, and here are many."""
    for ad in Ad.objects.filter(pk__in=ad_ids).select_related("line"):
        if not by.covers(REVIEWERS, ad.scopes()):
            raise errors.NotAllowed("access.scope", _("Your roles do not cover all of these responses."))


def preview_dismissal(actor: Actor, query: QuerySet[Response]) -> RowSet:
    """Give the set of those among the responses of a query that the actor sees and that count now."""
    seen = Response.objects.visible_to(actor).filter(dismissal_reason="", is_outside=False)
    return RowSet.of(seen.filter(pk__in=query.order_by().values("pk")))


def state_of(response: Response) -> ResponseState:
    """Give the state of a response, its sender's referral included."""
    return _state(response, is_referred=bool(referred_among({response.contact_point_id})))


def _state(response: Response, *, is_referred: bool) -> ResponseState:
    return response_state(is_referred=is_referred, is_dismissed=response.is_dismissed, is_outside=response.is_outside)


def check_step(step: ResponseStep, state: ResponseState) -> None:
    """Check that a step may be taken in a state, by the table that the buttons read."""
    if not may_take(step, state):
        sentence = _("This response is {state}; that cannot be done with it.").format(state=state.value)
        raise errors.RuleBroken(f"response.{step.value}", sentence)


def _dismiss(response: Response, reason: DismissalReason, user_id: uuid.UUID | None, at: datetime) -> None:
    note_change(response, response.contact_point.key_id, dismissed=(None, reason.value))
    response.dismissal_reason, response.dismissed_by_id, response.dismissed_at = reason, user_id, at
