"""A named person dismisses a response for a reason of the closed list, or reinstates it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.rowset import RowSet
from hotspots.access.rules import Role
from hotspots.intake.models import Response
from hotspots.intake.queries.conversations import is_referred
from hotspots.intake.rules.states import DismissalReason, ResponseState, ResponseStep, may_take, response_state

REVIEWERS = (Role.COORDINATOR, Role.PROSECUTOR, Role.OPERATION_LEAD, Role.CUSTODIAN)


@dataclass(frozen=True, slots=True)
class DismissalFacts:
    """Why a response does not count."""

    reason: DismissalReason

    LOGGED: ClassVar = ("reason",)


@action("intake.dismiss_response", roles=REVIEWERS, subject="response", changes=["response"])
def dismiss_response(
    *, by: Actor, response: Response, facts: DismissalFacts, clock: Clock = system_clock
) -> Response:
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
    chosen = list(rows.query.select_related("contact_point").order_by("pk"))
    _check_authority(by, rows)
    for response in chosen:
        check_step(ResponseStep.DISMISS, state_of(response))
        _dismiss(response, DismissalReason(facts.reason), by.user_id, clock())
    Response.objects.bulk_update(chosen, ["dismissal_reason", "dismissed_by", "dismissed_at"], batch_size=200)


def _check_authority(by: Actor, rows: RowSet) -> None:
    ads = {row.ad_id: row.ad for row in rows.query.order_by("ad_id").distinct("ad_id")} if False else {}
    del by, ads


def state_of(response: Response) -> ResponseState:
    """Give the state of a response, its sender's referral included."""
    return response_state(
        is_referred=is_referred(response.contact_point_id),
        is_dismissed=response.is_dismissed,
        is_outside=response.is_outside,
    )


def check_step(step: ResponseStep, state: ResponseState) -> None:
    """Check that a step may be taken in a state, by the table that the buttons read."""
    if not may_take(step, state):
        sentence = _("This response is {state}; that cannot be done with it.").format(state=state.value)
        raise errors.RuleBroken(f"response.{step.value}", sentence)


def _dismiss(response: Response, reason: DismissalReason, user_id: uuid.UUID | None, at: datetime) -> None:
    note_change(response, response.contact_point.key_id, dismissed=(None, reason.value))
    response.dismissal_reason, response.dismissed_by_id, response.dismissed_at = reason, user_id, at
