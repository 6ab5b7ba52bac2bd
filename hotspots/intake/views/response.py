"""The page of a response, and what is decided there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots.access.actor import Actor
from hotspots.evidence.views.attempt import attempt
from hotspots.intake.actions.marks import MarkFacts, mark_message, unmark_message
from hotspots.intake.actions.opening import OpeningFacts, open_response
from hotspots.intake.actions.referrals import ReferralFacts, refer_response
from hotspots.intake.actions.responses import REVIEWERS, DismissalFacts, dismiss_response, reinstate_response
from hotspots.intake.forms import DismissForm, MarkForm, ReferForm
from hotspots.intake.models import ContactPoint, Mark, Message, Response
from hotspots.intake.queries import Conversation, contact_values, conversation_of
from hotspots.intake.rules.states import DismissalReason, MarkSubject, ReferralGround, ResponseStep, may_take
from hotspots.intake.views.conversations import counted_text, first_place, messages_of, part_of, who_raised
from hotspots.intake.views.pages import TASK_FORCE, export_of_place, found_below, onward, purpose_of
from hotspots.intake.views.words import state_look
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.walk import TRAIL, Step, Trail, steps_of, trail_of, updown_of, with_parameter
from hotspots.web.why import why_of
from look import formats

MARKING, PART = "mark", "part"


def _response_for(request: HttpRequest, pk: uuid.UUID) -> Response:
    related = ("ad__line__owner", "ad__campaign", "ad__operation", "contact_point", "dismissed_by__organization")
    rows = Response.objects.visible_to(actor_for(request)).select_related(*related)
    response: Response = require_one(rows, pk, _("response"))
    return response


@audience(*TASK_FORCE)
def show_response(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a response: both sides of the conversation, each message with its place in the file."""
    return _show(request, _response_for(request, pk))


def _show(request: HttpRequest, response: Response, **given: Any) -> HttpResponse:
    actor = actor_for(request)
    open_response(by=actor, response=response, facts=OpeningFacts(purpose_of(actor)))
    conversation = conversation_of(actor, response)
    place = first_place(conversation, response.first_message_id)
    context = {
        "response": response,
        "state": state_look(response),
        "raised": who_raised(conversation),
        "counted_in": trail_of(request).at(Step.FIGURE),
        **_said(request, response, conversation),
        **_marking_of(request, response),
        **_forms_of(actor, response, given),
        **_walk_of(request, response, place),
        **_why(actor, response),
    }
    return render(request, "intake/response.html", context)


def _said(request: HttpRequest, response: Response, conversation: Conversation) -> dict[str, Any]:
    actor = actor_for(request)
    number = formats.phone(contact_values(actor, [response.contact_point_id]).get(response.contact_point_id, ""))
    shown, part = part_of(conversation, request.GET.get(PART, "1"))
    url = onward(request, _url_of(response))
    steps = {"previous_url": part["before"], "next_url": part["after"]}
    return {
        "number": number or _no_number(actor, response),
        "said": messages_of(shown, response, number, by=actor, trail=_trail_with(request, response)),
        "said_count": len(conversation.said),
        "counted_text": counted_text(conversation),
        "part": {"text": part["text"], **{name: with_parameter(url, PART, str(n)) for name, n in steps.items() if n}},
    }


def _no_number(actor: Actor, response: Response) -> str:
    is_seen = ContactPoint.objects.visible_to(actor).filter(pk=response.contact_point_id).exists()
    return _("Number deleted") if is_seen else _("Number closed to your agency")


def _step_value(response: Response) -> str:
    return _("%(reference)s, first contact") % {"reference": response.reference}


def _trail_with(request: HttpRequest, response: Response) -> Trail:
    return trail_of(request).extend(Step.MESSAGE, _step_value(response), _url_of(response))


def _marking_of(request: HttpRequest, response: Response) -> dict[str, Any]:
    """Say whether each message shows its form of marks, and how to turn that on or off; the forms keep it so."""
    is_marking = MARKING in request.GET and actor_for(request).covers(REVIEWERS, response.scopes())
    url = onward(request, _url_of(response))
    kept = [(name, request.GET[name]) for name in (TRAIL, MARKING) if name in request.GET]
    return {
        "is_marking": is_marking,
        "marking_url": url if is_marking else with_parameter(url, MARKING, "1"),
        "keep": f"?{urlencode(kept)}" if kept else "",
    }


def _url_of(response: Response) -> str:
    return reverse("intake:response", args=[response.pk])


def _allowed(actor: Actor, response: Response) -> dict[str, bool]:
    covers = actor.covers(REVIEWERS, response.scopes())
    steps = {step.value: covers and may_take(step, response.state) for step in ResponseStep}
    return {**steps, "mark": covers}


def _forms_of(actor: Actor, response: Response, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "may": _allowed(actor, response),
        "ad_url": reverse("intake:ad", args=[response.ad_id]),
        "dismiss_form": given.get("dismiss") or DismissForm(),
        "refer_form": given.get("refer") or ReferForm(),
        "mark_form": given.get("mark") or MarkForm(),
        "marked_id": given.get("marked_id"),
    }


def _walk_of(request: HttpRequest, response: Response, place: Any) -> dict[str, Any]:
    actor = actor_for(request)
    export = export_of_place(actor, place.reading_id) if place else None
    found = {
        Step.MESSAGE: (_step_value(response), _url_of(response)),
        **found_below(actor, response.ad.line, place, export),
    }
    steps = steps_of(_trail_with(request, response), here=Step.MESSAGE, found=found, row=response.pk)
    up, down = updown_of(steps)
    crumbs = [(str(response.ad.campaign), reverse("operations:campaign", args=[response.ad.campaign_id]))]
    crumbs.append((_("Responses"), reverse("intake:responses")))
    return {"steps": steps, "up": up, "down": down, "crumbs": crumbs}


def _why(actor: Actor, response: Response) -> dict[str, Any]:
    text, links = why_of(actor, response)
    logged = _("Your view was logged at %(time)s.") % {"time": formats.local_time(timezone.now())}
    return {"why_text": f"{text} {logged}", "why_links": links}


def _decided(request: HttpRequest, response: Response, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    url = onward(request, _url_of(response))
    return redirect(with_parameter(url, MARKING, "1") if MARKING in request.GET else url)


@require_POST
@audience(*REVIEWERS)
def dismiss(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Dismiss a response with a reason."""
    response, form = _response_for(request, pk), DismissForm(request.POST)
    if form.is_valid():
        facts = DismissalFacts(DismissalReason(form.cleaned_data["reason"]))
        if attempt(form, lambda: dismiss_response(by=actor_for(request), response=response, facts=facts)):
            return _decided(
                request, response, _("Dismissed. Live counts leave it out from now on; it can be reinstated.")
            )
    return _show(request, response, dismiss=form)


@require_POST
@audience(*REVIEWERS)
def reinstate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Reinstate a dismissed response."""
    response, form = _response_for(request, pk), DismissForm({"reason": DismissalReason.SPAM})
    if form.is_valid() and attempt(form, lambda: reinstate_response(by=actor_for(request), response=response)):
        return _decided(request, response, _("Reinstated. It counts again."))
    return _show(request, response, dismiss=form)


@require_POST
@audience(*REVIEWERS)
def refer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Refer the sender to advocates: the conversation leaves the task force's view."""
    response, form = _response_for(request, pk), ReferForm(request.POST)
    if form.is_valid():
        facts = ReferralFacts(ReferralGround(form.cleaned_data["ground"]))
        if attempt(form, _done(lambda: refer_response(by=actor_for(request), response=response, facts=facts))):
            messages.success(
                request, _("The conversation has left the task force's view. The advocate liaison takes it from here.")
            )
            return redirect("intake:responses")
    return _show(request, response, refer=form)


@require_POST
@audience(*REVIEWERS)
def mark(request: HttpRequest, pk: uuid.UUID, message: uuid.UUID) -> HttpResponse:
    """Mark a message as the first to raise a subject."""
    actor, response, form = actor_for(request), _response_for(request, pk), MarkForm(request.POST)
    row = require_one(Message.objects.visible_to(actor), message, _("message"))
    if form.is_valid():
        facts = MarkFacts(MarkSubject(form.cleaned_data["subject"]))
        if attempt(form, lambda: mark_message(by=actor, response=response, message=row, facts=facts)):
            return _decided(request, response, _("Marked. The mark carries your name."))
    return _show(request, response, mark=form, marked_id=row.pk)


@require_POST
@audience(*REVIEWERS)
def unmark(request: HttpRequest, pk: uuid.UUID, mark: uuid.UUID) -> HttpResponse:
    """Remove a mark that was set by mistake."""
    actor, response = actor_for(request), _response_for(request, pk)
    row = require_one(Mark.objects.visible_to(actor).filter(response=response), mark, _("mark"))
    unmark_message(by=actor, mark=row)
    return _decided(request, response, _("The mark is removed. The history keeps both."))


def _done(verb: Callable[[], object]) -> Callable[[], bool]:
    def perform() -> bool:
        verb()
        return True

    return perform
