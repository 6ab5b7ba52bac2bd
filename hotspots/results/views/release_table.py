"""The list of releases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hotspots.access.actor import Actor
from hotspots.results.models import Release, ReleaseVersion
from hotspots.results.rules.states import ReleaseState, stage_of
from hotspots.results.views.release_page import STAGE_KINDS, STAGE_NAMES
from hotspots.web.tables import Column, Empty, FilterForm, Table


class ReleaseFilters(FilterForm):
    """Search among releases."""

    title = forms.CharField(required=False, label=_("Title"), max_length=80)
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("All")), *((state.value, state.value.capitalize()) for state in ReleaseState)],
    )

    def narrow(self, rows: Any) -> Any:
        """Keep the releases that were asked for."""
        said = self.cleaned_data
        if said["title"]:
            rows = rows.filter(Q(title__icontains=said["title"]))
        return rows.filter(state=said["state"]) if said["state"] else rows


def rows_of_releases(actor: Actor) -> Any:
    """Give the releases that the actor may see, each with its latest version."""
    latest = ReleaseVersion.objects.filter(release=OuterRef("pk"), abandoned_at__isnull=True).order_by("-number")
    return (
        Release.objects.visible_to(actor)
        .select_related("campaign")
        .annotate(
            latest_number=Subquery(latest.values("number")[:1]),
            latest_saved_at=Subquery(latest.values("saved_at")[:1]),
            latest_saved_by=Subquery(latest.values("saved_by__title")[:1]),
            latest_approved_at=Subquery(latest.values("approved_at")[:1]),
            latest_published_at=Subquery(latest.values("published_at")[:1]),
            latest_released_on=Subquery(latest.values("released_on")[:1]),
        )
    )


def stage_cell(row: Any) -> str:
    """Name where the work on a release stands."""
    return str(STAGE_NAMES[_stage(row)])


def _stage(row: Any) -> Any:
    return stage_of(
        ReleaseState(row.state),
        is_latest_published=row.latest_published_at is not None,
        is_latest_approved=row.latest_approved_at is not None,
    )


def stage_kind(row: Any) -> str:
    """Give the kind of status."""
    return STAGE_KINDS[_stage(row)]


RELEASES = Table(
    title=_("Releases"),
    file_name="releases",
    columns=(
        Column(
            "title",
            _("Title"),
            "title",
            sort="title",
            link=lambda row: reverse("results:release", args=[row.pk]),
            is_head=True,
        ),
        Column("campaign", _("Campaign"), "campaign.name", sort="campaign__name"),
        Column("state", _("State"), stage_cell, sort="state"),
        Column(
            "version",
            _("Version"),
            "latest_number",
            sort="latest_number",
            is_numeric=True,
            unit=lambda count: ngettext("version", "versions", count or 0),
        ),
        Column("released", _("Release date"), "latest_released_on", sort="latest_released_on"),
        Column("saved", _("Last saved"), "latest_saved_at", sort="latest_saved_at", is_lead=True),
        Column("by", _("By"), "latest_saved_by", sort="latest_saved_by"),
    ),
    default_sort="-saved",
    filters=ReleaseFilters,
    empty=Empty(
        _("No release yet"),
        _("A release appears here when a publisher or coordinator starts one. Nothing publishes itself."),
    ),
)
