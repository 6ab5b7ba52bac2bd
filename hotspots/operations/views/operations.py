"""Pages of operations."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.operations import actions, forms
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.queries import operations_of
from hotspots.operations.views.campaigns import CRUMBS, READERS
from hotspots.operations.views.tables import OPERATIONS, campaign_address, operation_address
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.form_page import FormPage
from hotspots.web.links import open_url
from hotspots.web.navigation import in_navigation
from hotspots.web.why import why_of

OPERATION_READERS = tuple(role for role in READERS if role is not Role.ADVOCATE_LIAISON)


@in_navigation(gettext_lazy("Operations"), url_name="operations:operations", order=30)
@audience(*OPERATION_READERS)
def show_operations(request: HttpRequest) -> HttpResponseBase:
    """Show the operations."""
    return OPERATIONS.respond(request, operations_of(actor_for(request)), "operations/operations.html")


@audience(*OPERATION_READERS)
def show_operation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an operation: facts, agencies, and where its records are."""
    actor = actor_for(request)
    operation = require_one(operations_of(actor).select_related("recorded_by__organization"), pk, "operation")
    text, links = why_of(actor, operation)
    context = {
        "operation": operation,
        "crumbs": _crumbs_of(operation),
        "campaign_url": campaign_address(operation.campaign),
        "may_correct": actor.covers(actions.RECORDERS, actions.scopes_of_lead(operation)),
        "records": _records_of(actor, operation),
        "by_place": {operation.place_name: 1},
        "why": {"text": text, "links": links},
    }
    return render(request, "operations/operation.html", context)


def _crumbs_of(operation: Operation) -> tuple[Any, ...]:
    return (*CRUMBS, (operation.campaign.name, campaign_address(operation.campaign)))


def _records_of(actor: Actor, operation: Operation) -> list[dict[str, str]]:
    """Link to the lists of the rooms above that the actor may open, narrowed to this operation."""
    query = {"operation": operation.pk}
    lists = (
        (_("Responses of this operation"), "intake:responses"),
        (_("Ads of this operation"), "intake:ads"),
        (_("Citations, arrests and cases of this operation"), "cases:cases"),
    )
    links = [{"label": label, "url": open_url(actor, url_name, query=query)} for label, url_name in lists]
    return [link for link in links if link["url"]]


@audience(*actions.RECORDERS)
def record_past_operation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record an operation that was held."""
    actor = actor_for(request)
    campaign = require_one(Campaign.objects.visible_to(actor), pk, "campaign")
    form = forms.OperationForm(request.POST or None, actor=actor)
    page = FormPage(
        title=_("Record a past operation"),
        button=_("Record operation"),
        cancel_url=campaign_address(campaign),
        lead=_("For an operation that was held already. It stays marked as entered afterwards."),
        done=_("The operation is recorded."),
        crumbs=(*CRUMBS, (campaign.name, campaign_address(campaign))),
    )

    def perform() -> Operation:
        arguments = {"campaign": campaign, "lead": form.cleaned_data["lead"], "facts": form.facts()}
        return actions.record_past_operation(by=actor, **arguments, **form.sending)

    return page.answer(request, form, perform, "operations:operation")


@audience(*actions.RECORDERS)
def correct_operation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an operation."""
    actor = actor_for(request)
    operation = require_one(operations_of(actor), pk, "operation")
    form = forms.OperationCorrectionForm.of(operation, request.POST or None, actor=actor)
    page = FormPage(
        title=_("Correct %(operation)s") % {"operation": operation},
        button=_("Correct operation"),
        cancel_url=operation_address(operation),
        done=_("The operation is corrected. What was recorded before stays in its history."),
        record=operation,
        crumbs=(*_crumbs_of(operation), (str(operation), operation_address(operation))),
    )

    def perform() -> Operation:
        said = {"lead": form.cleaned_data["lead"], "facts": form.facts(), "reason": form.cleaned_data["reason"]}
        return actions.correct_operation(by=actor, operation=operation, **said, **form.sending)

    return page.answer(request, form, perform)
