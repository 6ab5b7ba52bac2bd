"""Phone exports: the list, the page of one with its import, and the whole file for those who may have it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.evidence.actions import hash_item
from hotspots.evidence.actions.verifying import VERIFIERS
from hotspots.evidence.queries import custody_of
from hotspots.evidence.views.attempt import attempt
from hotspots.evidence.views.pages import custody_context, custody_words, evidence_tabs, send_bytes, short_sha
from hotspots.intake.actions.exports import cancel_import, open_job_of, retry_import
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.actions.opening import DOWNLOADERS, OpeningFacts, download_export
from hotspots.intake.forms import PurposeForm
from hotspots.intake.models import Export, Line
from hotspots.intake.queries import ExportReport, ImportProgress, export_report, import_progress
from hotspots.intake.rules.states import Purpose, ReadingState
from hotspots.intake.views import words
from hotspots.intake.views.anomalies import SHOWN, things_context
from hotspots.intake.views.pages import LIST_READERS, onward, shut_for_auditors, trail_query
from hotspots.intake.views.words import READING_STATES
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.tables import Column, Empty, FilterForm, Table
from hotspots.web.walk import Step, steps_of, trail_of, updown_of
from hotspots.web.why import why_of
from look import formats

STOP_POLLING = 286  # htmx: swap this, and ask no more
MINUTE_SECONDS = 60


class ExportFilters(FilterForm):
    """Narrow the exports by file name or SHA-256, line and state."""

    name = forms.CharField(label=gettext_lazy("File or SHA-256"), required=False, max_length=80)
    line = forms.ModelChoiceField(
        Line.objects.none(), label=gettext_lazy("Line"), required=False, empty_label=gettext_lazy("All")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *READING_STATES.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = Line.objects.visible_to(self.actor)

    def narrow(self, rows: Any) -> Any:
        """Keep the exports that were asked for."""
        asked = self.cleaned_data
        if asked["name"]:
            by_hash = rows.filter(item__blob__sha256__startswith=asked["name"].replace(" ", "").lower())
            rows = rows.filter(item__file_name__icontains=asked["name"]) | by_hash
        if asked["line"]:
            rows = rows.filter(line=asked["line"])
        return rows.filter(reading__state=asked["state"]) if asked["state"] else rows


EXPORTS = Table(
    title=gettext_lazy("Phone exports"),
    file_name="exports",
    columns=(
        Column("received", gettext_lazy("Received"), value="received_at", sort="received_at"),
        Column(
            "file", gettext_lazy("File"), value="item.file_name", sort="item__file_name",
            link=lambda row: reverse("intake:export", args=[row.pk]), is_head=True,
        ),
        Column("line", gettext_lazy("Line"), value=lambda row: str(row.line), sort="line__label"),
        Column("agency", gettext_lazy("Agency"), value="line.owner.short_name", sort="line__owner__short_name"),
        Column(
            "size", gettext_lazy("Size"), value=lambda row: formats.filesize_kb(row.item.size_bytes),
            csv="item.size_bytes", sort="item__blob__size_bytes", is_numeric=True,
        ),
        Column(
            "records", gettext_lazy("Records"), value="reading.rows_count", sort="reading__rows_count", is_numeric=True,
            unit=words.RECORDS,
        ),
        Column(
            "state", gettext_lazy("State"), value=lambda row: READING_STATES[row.reading.state],
            sort="reading__state", cell="intake/parts/reading_state.html",
        ),
    ),
    default_sort="-received",
    filters=ExportFilters,
    empty=Empty(
        gettext_lazy("No export yet"),
        gettext_lazy("An export is a backup file from a department phone. It is kept untouched, hashed, then read."),
        gettext_lazy("Receive an export"),
        "intake:receive",
        KEEPERS,
    ),
)  # fmt: skip


def _exports(request: HttpRequest) -> Any:
    people = ("item__custodian__organization", "received_by__organization", "anomalies_reviewed_by__organization")
    related = ("item__blob", "line__owner", "reading", *people)
    return Export.objects.visible_to(actor_for(request)).select_related(*related)


def _export_for(request: HttpRequest, pk: uuid.UUID) -> Export:
    export: Export = require_one(_exports(request), pk, _("export"))
    return export


@audience(*LIST_READERS)
def show_exports(request: HttpRequest) -> HttpResponseBase:
    """Show the phone exports that the reader may see."""
    context = {"tabs": evidence_tabs(request), "may_receive": actor_for(request).holds_any(*KEEPERS)}
    return EXPORTS.respond(request, _exports(request), "intake/exports.html", context)


@audience(*LIST_READERS)
def show_export_of_item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead from an item of evidence to its export."""
    export: Export = require_one(_exports(request).filter(item_id=pk), _pk_of(request, pk), _("export"))
    return redirect(onward(request, reverse("intake:export", args=[export.pk])))


def _pk_of(request: HttpRequest, item_id: uuid.UUID) -> Any:
    return _exports(request).filter(item_id=item_id).values_list("pk", flat=True).first()


@audience(*LIST_READERS)
def show_export(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an export: how far it is read, the file, what was read, what to know about it, its custody."""
    actor, export = actor_for(request), _export_for(request, pk)
    report = export_report(actor, export, anomalies_shown=SHOWN)
    custody = custody_of(actor, export.item)
    context = {
        "export": export,
        "item": export.item,
        "replaced_by": _replacement_of(request, export.item.replaced_by_id),
        "report": report,
        **things_context(report),
        **custody_context(custody),
        **_import_of(actor, export, report),
        "keep": trail_query(request),
        **_walk_of(request, export, custody_words(custody)),
    }
    context["why_text"], context["why_links"] = why_of(actor, export)
    return render(request, "intake/export.html", context)


def _replacement_of(request: HttpRequest, item_id: uuid.UUID | None) -> Any:
    return _exports(request).filter(item_id=item_id).first() if item_id else None


def _import_of(actor: Actor, export: Export, report: ExportReport) -> dict[str, Any]:
    """Say how far the import is, or why it stopped; nothing reads an export that is stopped, and it is not read."""
    found = import_progress(actor, export)
    is_over = report.state in {ReadingState.FINISHED, ReadingState.REFUSED}
    is_stopped = not is_over and not found.is_open and open_job_of(export.reading) is None
    return {
        "job": _shown_progress(found, export),
        "problem": found.problem,
        "is_stopped": is_stopped,
        "may": _allowed(actor, export, is_stopped=is_stopped, is_waiting=report.is_waiting),
    }


def _allowed(actor: Actor, export: Export, *, is_stopped: bool, is_waiting: bool) -> dict[str, bool]:
    keeps = actor.covers(KEEPERS, export.scopes())
    return {
        "retry": keeps and is_stopped,
        "cancel": keeps,
        "verify": actor.covers(VERIFIERS, export.item.scopes()),
        "download": actor.covers(DOWNLOADERS, export.scopes()),
        "review": keeps and is_waiting,
    }


def _walk_of(request: HttpRequest, export: Export, custody_text: str) -> dict[str, Any]:
    value, trail = short_sha(export.item.sha256), trail_of(request)
    found: dict[Step, tuple[str, str | None]] = {
        **shut_for_auditors(actor_for(request)),
        Step.FILE: (value, request.path),
        Step.CUSTODY: (custody_text, reverse("evidence:item", args=[export.item_id])),
    }
    steps = steps_of(trail.extend(Step.FILE, value, request.path) if trail else trail, here=Step.FILE, found=found)
    up, down = updown_of(steps)
    crumbs = [(_("Evidence"), reverse("evidence:items")), (_("Phone exports"), reverse("intake:exports"))]
    return {"steps": steps, "up": up, "down": down, "crumbs": crumbs}


def progress_of(actor: Actor, export: Export) -> dict[str, Any] | None:
    """Say how far the import is, for the tag `progress`; None once it is over."""
    return _shown_progress(import_progress(actor, export), export)


def _shown_progress(found: ImportProgress, export: Export) -> dict[str, Any] | None:
    if not found.is_open:
        return None
    is_queued = found.state == "queued"
    read = _("read, %(done)s of %(total)s MB") % {
        "done": _megabytes(found.done_megabytes),
        "total": _megabytes(found.total_megabytes),
    }
    kept = ngettext("%(count)s record kept so far.", "%(count)s records kept so far.", found.messages_count)
    return {
        "percent": found.percent,
        "text": _("read. It waits for its turn.") if is_queued else read,
        "left_text": _("about %(time)s left") % {"time": _time_text(found.seconds_left)} if found.seconds_left else "",
        "detail": "" if is_queued else kept % {"count": f"{found.messages_count:,}"},
        "url": reverse("intake:progress", args=[export.pk]),
        "is_finished": False,
        "may_be_canceled": found.may_be_canceled,
    }


def _megabytes(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:,.1f}"


def _time_text(seconds: int | None) -> str:
    seconds = max(1, seconds or 0)
    if seconds < 2 * MINUTE_SECONDS:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = round(seconds / MINUTE_SECONDS)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


@require_GET
@audience(*LIST_READERS)
def show_progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how far an import is, to the page that asks every few seconds; once it is over, have the page read anew."""
    job = progress_of(actor_for(request), _export_for(request, pk))
    if job is not None:
        return render(request, "look/parts/progress_body.html", {"job": job})
    return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})


@require_POST
@audience(*KEEPERS)
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop an import."""
    export = _export_for(request, pk)
    said = _("The import stops. The file is kept, and nothing of it is counted.")
    return _tried(request, export, lambda: cancel_import(by=actor_for(request), export=export), said)


@require_POST
@audience(*KEEPERS)
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read an export again whose import was stopped or failed."""
    export = _export_for(request, pk)
    said = _("The file is read again from its beginning.")
    return _tried(request, export, lambda: retry_import(by=actor_for(request), export=export), said)


def _tried(request: HttpRequest, export: Export, verb: Callable[[], Export], said: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, said)
    except errors.Stale as refusal:  # it ended between the page and the press
        messages.warning(request, str(refusal))
    return redirect("intake:export", pk=export.pk)


@require_POST
@audience(*VERIFIERS)
def verify(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hash the file's bytes again."""
    export = _export_for(request, pk)
    if hash_item(by=actor_for(request), item=export.item).is_whole:
        messages.success(request, _("The bytes were read again and still give the same SHA-256."))
    else:
        messages.error(request, _("The stored bytes no longer give this SHA-256. Tell your administrator at once."))
    return redirect(onward(request, reverse("intake:export", args=[export.pk])))


@audience(*DOWNLOADERS)
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Ask why the whole file is needed, then send it."""
    export = _export_for(request, pk)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and export.item.blob:
        facts = OpeningFacts(Purpose(form.cleaned_data["purpose"]))
        if attempt(form, lambda: download_export(by=actor_for(request), export=export, facts=facts)):
            return send_bytes(export.item.blob, export.item.file_name)
    crumbs = [
        (_("Phone exports"), reverse("intake:exports")),
        (str(export), reverse("intake:export", args=[export.pk])),
    ]
    return render(request, "evidence/download.html", {"item": export.item, "form": form, "crumbs": crumbs})
