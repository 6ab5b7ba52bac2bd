"""The releases of the county, and the page on which one is written, approved, published and mended."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.operations.models import Campaign
from hotspots.results.actions.drafting import EDITORS, draft_release, save_release
from hotspots.results.forms.releases import DraftForm, ReleaseForm
from hotspots.results.models import Release, ReleaseVersion
from hotspots.results.models.release import COUNTYWIDE
from hotspots.results.queries.release_desk import compare_versions, starting_text_for
from hotspots.results.queries.release_page import page_of
from hotspots.results.queries.release_pdf import notices_of
from hotspots.results.queries.release_public import standing_of
from hotspots.results.queries.release_reading import draft_as_typed, latest_version
from hotspots.results.views.release_page import checked_context, editor_context
from hotspots.results.views.release_table import RELEASES, rows_of_releases
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.navigation import in_navigation


@in_navigation(gettext_lazy("Releases"), url_name="results:releases", order=80)
@audience(*COUNTYWIDE)
def show_releases(request: HttpRequest) -> HttpResponseBase:
    """Show every release, with where it stands."""
    actor = actor_for(request)
    context = {"may_write": actor.holds_any(*EDITORS), "crumbs": []}
    return RELEASES.respond(request, rows_of_releases(actor), "results/releases.html", context)


@audience(*EDITORS)
def start_release(request: HttpRequest) -> HttpResponse:
    """Start a release about a campaign."""
    actor = actor_for(request)
    campaigns = Campaign.objects.visible_to(actor)
    form = DraftForm(request.POST or None, campaigns=campaigns)
    if request.method == "POST" and form.is_valid():
        campaign = form.cleaned_data["campaign"]
        try:
            version = draft_release(by=actor, campaign=campaign, facts=form.facts(*starting_text_for(campaign)))
            return redirect("results:release", version.release_id)
        except errors.RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
    crumbs = [(_("Releases"), reverse("results:releases"))]
    return render(request, "results/release_start.html", {"form": form, "crumbs": crumbs})


def version_for(request: HttpRequest, pk: uuid.UUID) -> ReleaseVersion:
    """Give the version of a release that is worked on."""
    rows = Release.objects.visible_to(actor_for(request)).select_related("campaign__lead")
    release = require_one(rows, pk, "release")
    version = latest_version(release)
    version.release = release
    return version


def show_editor(request: HttpRequest, version: ReleaseVersion, *, status: int = 200, **given: Any) -> HttpResponse:
    """Show the editor's page."""
    context = editor_context(actor_for(request), version, **given)
    return render(request, "results/release_edit.html", context, status=status)


@audience(*COUNTYWIDE)
def show_release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the page on which a release is written."""
    return show_editor(request, version_for(request, pk))


@require_POST
@audience(*EDITORS)
def save_text(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Save the text; when someone else was first, show both."""
    version, form = version_for(request, pk), ReleaseForm(request.POST)
    theirs = ""
    if form.is_valid():
        try:
            save_release(by=actor_for(request), version=version, facts=form.facts())
            messages.success(request, _("Saved."))
            return redirect("results:release", pk)
        except errors.RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except errors.Stale as refusal:
            theirs = str(refusal.theirs or "")
            messages.warning(request, str(refusal))
    return show_editor(
        request, version, status=409, form=_go_on(form, version), theirs=theirs, draft=_typed(form, version)
    )


def _go_on(form: ReleaseForm, version: ReleaseVersion) -> ReleaseForm:
    """Let a further save stand on the version that is shown beside it."""
    form.data = {**form.data.dict(), "based_on": version.saved_at.isoformat()}  # type: ignore[attr-defined]
    return form


def _typed(form: ReleaseForm, version: ReleaseVersion) -> Any:
    as_of_on = getattr(form, "cleaned_data", {}).get("data_as_of_on")
    title, body = form.data.get("title", ""), form.data.get("body", "")
    return draft_as_typed(version, title=title, body=body, as_of_on=as_of_on)


@require_POST
@audience(*EDITORS)
def preview_text(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Check a text as it is being typed, and show it; nothing is kept."""
    version, form = version_for(request, pk), ReleaseForm(request.POST)
    form.is_valid()
    context = {"version": version, "is_swap": True, **checked_context(version, _typed(form, version))}
    return render(request, "results/parts/release_checked.html", context)


@audience(*COUNTYWIDE)
def show_as_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the text as the public would read it."""
    version = version_for(request, pk)
    standing = standing_of(version)
    context = {"standing": standing, "version": version, "page": page_of(version), "notices": notices_of(standing)}
    return render(request, "results/public_release.html", context)


@audience(*COUNTYWIDE)
def compare(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Show what changed from one version to the next."""
    version = version_for(request, pk)
    rows = version.release.versions.visible_to(actor_for(request))
    earlier = rows.filter(number__lt=number, abandoned_at__isnull=True).order_by("-number")
    after, before = rows.filter(number=number).first(), earlier.first()
    if after is None or before is None:
        raise errors.NotFound("results.version", _("There is no such version."))
    crumbs = [
        (_("Releases"), reverse("results:releases")),
        (str(version.release), reverse("results:release", args=[pk])),
    ]
    context = {"before": before, "after": after, "lines": compare_versions(before, after), "crumbs": crumbs}
    return render(request, "results/release_compare.html", context)
