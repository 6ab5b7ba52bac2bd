"""Department lines."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.evidence.views.attempt import attempt
from hotspots.intake.actions.lines import KEEPERS, LineFacts, open_line
from hotspots.intake.forms import LineForm
from hotspots.intake.models import Ad, Export, Line
from hotspots.intake.rules.states import LineKind, ReadingState
from hotspots.intake.views import words
from hotspots.intake.views.pages import LIST_READERS, reads_words, response_tabs
from hotspots.intake.views.words import LINE_KINDS, READING_STATES
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.tables import Column, Empty, Table
from hotspots.web.why import why_of
from look import formats


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """Count the rows that belong to a line, in a subquery of its own."""
    per_line = rows.filter(line_id=OuterRef("pk")).order_by().values("line_id")
    return Coalesce(Subquery(per_line.annotate(total=Count("pk")).values("total"), output_field=IntegerField()), 0)


COLUMNS = (
    Column(
        "line", gettext_lazy("Line"), value=str, sort="label",
        link=lambda row: reverse("intake:line", args=[row.pk]), is_head=True,
    ),
    Column(
        "address", gettext_lazy("Number or account"), value=lambda row: formats.phone(row.address), csv="address",
        is_lead=True,
    ),
    Column("owner", gettext_lazy("Agency"), value="owner.short_name", sort="owner__short_name"),
    Column("kind", gettext_lazy("Kind"), value=lambda row: LINE_KINDS[LineKind(row.line_kind)], sort="line_kind"),
    Column("opened", gettext_lazy("In use since"), value="opened_at", sort="opened_at"),
    Column("ads", gettext_lazy("Ads"), value="ads_count", sort="ads_count", is_numeric=True, unit=words.ADS),
    Column(
        "exports", gettext_lazy("Exports"), value="exports_count", sort="exports_count", is_numeric=True,
        unit=words.EXPORTS,
    ),
)  # fmt: skip


def lines_table(*, with_numbers: bool) -> Table:
    """Give the table of lines; an auditor's is without numbers."""
    return Table(
        title=gettext_lazy("Lines"),
        file_name="lines",
        columns=tuple(column for column in COLUMNS if with_numbers or column.key != "address"),
        default_sort="line",
        empty=Empty(
            gettext_lazy("No line yet"),
            gettext_lazy(
                "A line is a department phone or account behind a decoy ad. Its exports are received under it."
            ),
            gettext_lazy("Open a line"),
            "intake:open_line",
            KEEPERS,
        ),
    )


@audience(*LIST_READERS)
def show_lines(request: HttpRequest) -> HttpResponseBase:
    """Show the lines that the reader may see."""
    actor = actor_for(request)
    rows = Line.objects.visible_to(actor).select_related("owner")
    rows = rows.annotate(
        ads_count=_counted(Ad.objects.visible_to(actor)), exports_count=_counted(Export.objects.visible_to(actor))
    )
    context = {"tabs": response_tabs(request), "may_open": actor.holds_any(*KEEPERS)}
    return lines_table(with_numbers=reads_words(actor)).respond(request, rows, "intake/lines.html", context)


@audience(*LIST_READERS)
def show_line(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a line, the ads that ran on it and the exports of its phone."""
    actor = actor_for(request)
    rows = Line.objects.visible_to(actor).select_related("owner", "opened_by__organization")
    line: Line = require_one(rows, pk, _("line"))
    live = Ad.objects.filter(line=OuterRef("line"), withdrawn_at__isnull=True, pk=OuterRef("pk"))
    context = {
        "line": line,
        "kind": LINE_KINDS[LineKind(line.line_kind)],
        "ads": Ad.objects.visible_to(actor)
        .filter(line=line)
        .select_related("operation")
        .annotate(is_live=Exists(live)),
        "exports": _exports_of(request, line),
        "reads_words": reads_words(actor),
        "may_keep": actor.covers(KEEPERS, line.scopes()),
        "crumbs": [(_("Responses"), reverse("intake:responses")), (_("Lines"), reverse("intake:lines"))],
    }
    context["why_text"], context["why_links"] = why_of(actor, line)
    return render(request, "intake/line.html", context)


def _exports_of(request: HttpRequest, line: Line) -> list[dict[str, object]]:
    rows = Export.objects.visible_to(actor_for(request)).filter(line=line).select_related("item__blob", "reading")
    return [
        {"row": row, "state": READING_STATES[ReadingState(row.reading.state)]} for row in rows.order_by("-received_at")
    ]


@audience(*KEEPERS)
def add_line(request: HttpRequest) -> HttpResponse:
    """Open a department line."""
    actor = actor_for(request)
    form = LineForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = LineFacts(said["label"], said["address"], said["opened_at"], LineKind(said["line_kind"]))
        line = attempt(form, lambda: open_line(by=actor, owner=said["owner"], facts=facts))
        if line is not None:
            messages.success(request, _("%(line)s is open. Its exports can be received now.") % {"line": line})
            return redirect("intake:line", pk=line.pk)
    crumbs = [(_("Responses"), reverse("intake:responses")), (_("Lines"), reverse("intake:lines"))]
    return render(request, "intake/open_line.html", {"form": form, "crumbs": crumbs})
