"""Decoy ads: where and when they ran, and what came of them."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hotspots.evidence.views.attempt import attempt
from hotspots.intake.actions.ads import AdFacts, AdTimesFacts, WithdrawFacts, correct_ad, place_ad, withdraw_ad
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.forms import AdForm, AdTimesForm, WithdrawForm
from hotspots.intake.models import Ad, Message, Response
from hotspots.intake.queries import withheld_contacts
from hotspots.intake.rules.states import digest_of_text
from hotspots.intake.views import words
from hotspots.intake.views.pages import LIST_READERS, reads_words, response_tabs
from hotspots.intake.views.words import REASONS
from hotspots.operations.models import Campaign
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.tables import Column, Empty, FilterForm, Table
from hotspots.web.why import why_of


class AdFilters(FilterForm):
    """Narrow the ads by campaign and by whether they run."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=gettext_lazy("Campaign"), required=False, empty_label=gettext_lazy("All")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), ("live", gettext_lazy("Live")), ("withdrawn", gettext_lazy("Withdrawn"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(self.actor)

    def narrow(self, rows: Any) -> Any:
        """Keep the ads that were asked for."""
        asked = self.cleaned_data
        if asked["campaign"]:
            rows = rows.filter(campaign=asked["campaign"])
        return rows.filter(withdrawn_at__isnull=asked["state"] == "live") if asked["state"] else rows


ADS = Table(
    title=gettext_lazy("Ads"),
    file_name="ads",
    columns=(
        Column(
            "ad", gettext_lazy("Ad"), value=str, sort="number",
            link=lambda row: reverse("intake:ad", args=[row.pk]), is_head=True,
        ),
        Column("line", gettext_lazy("Line"), value=lambda row: str(row.line), sort="line__label", is_lead=True),
        Column("agency", gettext_lazy("Agency"), value="line.owner.short_name", sort="line__owner__short_name"),
        Column(
            "operation", gettext_lazy("Operation"), sort="operation__number",
            value=lambda row: _("Operation %(number)s") % {"number": row.operation.number} if row.operation else "",
        ),
        Column("placed", gettext_lazy("Placed"), value="placed_at", sort="placed_at"),
        Column(
            "withdrawn", gettext_lazy("Withdrawn"), value=lambda row: row.withdrawn_at or _("Live"),
            sort="withdrawn_at", csv="withdrawn_at", cell="intake/parts/withdrawn.html",
        ),
        Column(
            "responses", gettext_lazy("Responses that count"), value="counting_count", sort="counting_count",
            is_numeric=True, unit=words.RESPONSES,
        ),
    ),
    default_sort="placed",
    filters=AdFilters,
    empty=Empty(
        gettext_lazy("No ad yet"),
        gettext_lazy("A decoy ad is recorded once it is placed. Who answers its line then becomes a response to it."),
        gettext_lazy("Record an ad"),
        "intake:place_ad",
        KEEPERS,
    ),
)  # fmt: skip


def _counting(actor: Any) -> Coalesce:
    """Count the responses of an ad that the reader sees and that count."""
    seen = Response.objects.visible_to(actor).filter(dismissal_reason="", is_outside=False, ad_id=OuterRef("pk"))
    counted = seen.order_by().values("ad_id").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@audience(*LIST_READERS)
def show_ads(request: HttpRequest) -> HttpResponseBase:
    """Show the ads that the reader may see."""
    actor = actor_for(request)
    rows = Ad.objects.visible_to(actor).select_related("line__owner", "operation")
    context = {"tabs": response_tabs(request), "may_place": actor.holds_any(*KEEPERS)}
    return ADS.respond(request, rows.annotate(counting_count=_counting(actor)), "intake/ads.html", context)


def _ad_for(request: HttpRequest, pk: uuid.UUID) -> Ad:
    related = ("line__owner", "campaign", "operation", "approved_by__organization")
    ad: Ad = require_one(Ad.objects.visible_to(actor_for(request)).select_related(*related), pk, _("ad"))
    return ad


@audience(*LIST_READERS)
def show_ad(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an ad, its times, and how many answered it."""
    return _show(request, _ad_for(request, pk))


def _show(request: HttpRequest, ad: Ad, **given: Any) -> HttpResponse:
    actor = actor_for(request)
    context = {
        "ad": ad,
        "counts": _counts_of(actor, ad),
        "withheld_count": Message.objects.visible_to(actor).filter(pk__in=withheld_contacts([ad]).values("pk")).count(),
        "reads_words": reads_words(actor),
        "may_keep": actor.covers(KEEPERS, ad.scopes()),
        "withdraw_form": given.get("withdraw") or WithdrawForm(),
        "times_form": given.get("times") or AdTimesForm(ad=ad),
        "crumbs": [(_("Responses"), reverse("intake:responses")), (_("Ads"), reverse("intake:ads"))],
    }
    context["why_text"], context["why_links"] = why_of(actor, ad)
    return render(request, "intake/ad.html", context)


def _counts_of(actor: Any, ad: Ad) -> dict[str, Any]:
    """Count the responses of an ad for the one who looks: those that count, and those left out by reason."""
    rows = Response.objects.visible_to(actor).filter(ad=ad).order_by()
    found = dict(rows.filter(is_outside=False).values_list("dismissal_reason").annotate(total=Count("pk")))
    left_out = [
        {"reason": reason, "label": label, "count": found[reason.value]}
        for reason, label in REASONS.items()
        if reason in found
    ]
    return {"counting": found.get("", 0), "left_out": left_out}


@audience(*KEEPERS)
def add_ad(request: HttpRequest) -> HttpResponse:
    """Record a decoy ad."""
    actor = actor_for(request)
    form = AdForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        ad = attempt(form, lambda: _place(actor, form.cleaned_data))
        if ad is not None:
            messages.success(request, _("%(ad)s is recorded. Its text was hashed and let go.") % {"ad": ad})
            return redirect("intake:ad", pk=ad.pk)
    crumbs = [(_("Responses"), reverse("intake:responses")), (_("Ads"), reverse("intake:ads"))]
    return render(request, "intake/place_ad.html", {"form": form, "crumbs": crumbs})


def _place(actor: Any, said: dict[str, Any]) -> Ad:
    digest = digest_of_text(said["text"])
    facts = AdFacts(
        said["site_words"],
        digest.sha256,
        digest.characters_count,
        said["portrayed_age"],
        said["placed_at"],
        said["withdrawn_at"],
        image_sha256s=said["images"],
    )
    records = {name: said[name] for name in ("line", "campaign", "operation", "approved_by")}
    return place_ad(by=actor, facts=facts, **records)


@require_POST
@audience(*KEEPERS)
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that an ad was withdrawn."""
    actor, ad = actor_for(request), _ad_for(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        facts = WithdrawFacts(form.cleaned_data["withdrawn_at"])
        if attempt(form, lambda: withdraw_ad(by=actor, ad=ad, facts=facts)):
            messages.success(request, _("Withdrawn. Answers belong to the ad for 72 hours more."))
            return redirect("intake:ad", pk=ad.pk)
    return _show(request, ad, withdraw=form)


@require_POST
@audience(*KEEPERS)
def correct(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct the times of an ad."""
    actor, ad = actor_for(request), _ad_for(request, pk)
    form = AdTimesForm(request.POST, ad=ad)
    if form.is_valid():
        facts = AdTimesFacts(**form.cleaned_data)
        if attempt(form, lambda: correct_ad(by=actor, ad=ad, facts=facts)):
            messages.success(request, _("The times are corrected, and the responses are derived from them anew."))
            return redirect("intake:ad", pk=ad.pk)
    return _show(request, ad, times=form)
