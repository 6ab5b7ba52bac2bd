"""Referred senders, for victim services alone: the conversation, and the hand-over to an advocate."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.evidence.views.attempt import attempt
from hotspots.intake.actions.opening import OpeningFacts, open_referral
from hotspots.intake.actions.referrals import TakeOverFacts, take_over_referral
from hotspots.intake.forms import TakeOverForm
from hotspots.intake.models import Referral, Response
from hotspots.intake.queries import contact_values, conversation_of
from hotspots.intake.rules.states import Purpose, ReferralGround
from hotspots.intake.views.conversations import messages_of
from hotspots.intake.views.words import GROUNDS
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, Table
from hotspots.web.walk import start_trail
from hotspots.web.why import why_of
from look import formats

REFERRED = Table(
    title=gettext_lazy("Referred senders"),
    file_name="referrals",
    columns=(
        Column("referred", gettext_lazy("Referred"), value="referred_at", sort="referred_at"),
        Column(
            "reference", gettext_lazy("Reference"), value="reference", is_head=True,
            link=lambda row: "" if row.taken_over_at else reverse("intake:referral", args=[row.pk]),
        ),
        Column("ground", gettext_lazy("Ground"), value=lambda row: GROUNDS[ReferralGround(row.ground)], sort="ground"),
        Column("by", gettext_lazy("Referred by"), value="referred_by.full_title", sort="referred_by__title"),
        Column(
            "taken", gettext_lazy("Taken over"), value="taken_over_at", sort="taken_over_at",
            cell="intake/parts/taken_over.html",
        ),
    ),
    default_sort="-referred",
    empty=Empty(
        gettext_lazy("Nobody is referred"),
        gettext_lazy(
            "When the task force refers a sender who may be a victim or a minor, "
            "the conversation leaves its view and appears here, for you alone."
        ),
    ),
)  # fmt: skip


@in_navigation(gettext_lazy("Referred"), url_name="intake:referred", order=45)
@audience(Role.ADVOCATE_LIAISON)
def show_referred(request: HttpRequest) -> HttpResponseBase:
    """Show the senders who were referred."""
    rows = Referral.objects.visible_to(actor_for(request)).select_related("referred_by__organization")
    return REFERRED.respond(request, rows, "intake/referred.html")


def _referral_for(request: HttpRequest, pk: uuid.UUID) -> Referral:
    rows = Referral.objects.visible_to(actor_for(request)).select_related("referred_by__organization")
    referral: Referral = require_one(rows, pk, _("referral"))
    return referral


@audience(Role.ADVOCATE_LIAISON)
def show_referral(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a referral: what the sender wrote, and to which line."""
    return _show(request, _referral_for(request, pk), TakeOverForm())


def _show(request: HttpRequest, referral: Referral, form: TakeOverForm) -> HttpResponse:
    actor = actor_for(request)
    open_referral(by=actor, referral=referral, facts=OpeningFacts(Purpose.REFERRAL))
    number = formats.phone(contact_values(actor, [referral.contact_point_id]).get(referral.contact_point_id, ""))
    text, links = why_of(actor, referral)
    logged = _("Your view was logged at %(time)s.") % {"time": formats.local_time(timezone.now())}
    context = {
        "referral": referral,
        "ground": GROUNDS[ReferralGround(referral.ground)],
        "number": number,
        "conversations": _conversations(actor, referral, number),
        "form": form,
        "crumbs": [(_("Referred senders"), reverse("intake:referred"))],
        "why_text": f"{text} {logged}",
        "why_links": links,
    }
    return render(request, "intake/referral.html", context)


def _conversations(actor: Actor, referral: Referral, number: str) -> list[dict[str, Any]]:
    rows = Response.objects.visible_to(actor).filter(contact_point_id=referral.contact_point_id)
    shown, lines = [], set()
    for response in rows.select_related("ad__line__owner").order_by("first_at"):
        if response.ad.line_id in lines:  # a conversation is with a line: a second ad on it adds nothing
            continue
        lines.add(response.ad.line_id)
        conversation = conversation_of(actor, response)
        drawn = messages_of(conversation, response, number, by=actor, trail=start_trail(actor))
        shown.append({"response": response, "said": [{**one, "is_counted": False, "flags": []} for one in drawn]})
    return shown


@require_POST
@audience(Role.ADVOCATE_LIAISON)
def take_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that an advocate has taken a referred sender over."""
    referral, form = _referral_for(request, pk), TakeOverForm(request.POST)
    if form.is_valid():
        facts = TakeOverFacts(form.cleaned_data["taken_over_by_words"])
        if attempt(form, lambda: take_over_referral(by=actor_for(request), referral=referral, facts=facts)):
            messages.success(request, _("Taken over. Nobody on this side opens the conversation any more."))
            return redirect("intake:referred")
    return _show(request, referral, form)
