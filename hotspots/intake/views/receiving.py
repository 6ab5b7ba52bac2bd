"""A phone export comes in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hotspots.access.actor import Actor
from hotspots.evidence.views.attempt import attempt
from hotspots.evidence.views.uploads import arrival_page, begin_for, whole_upload
from hotspots.intake.actions.exports import ExportFacts, receive_export
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.forms import ExportForm
from hotspots.intake.models import Export
from hotspots.web.audience import actor_for, audience

_LEAD = gettext_lazy(
    "A backup of a department phone by SMS Backup & Restore: XML, or a zip of XML files. "
    "It is kept untouched and hashed, then read."
)
COMMAND = "hotspots export receive FILE"


@audience(*KEEPERS)
def receive(request: HttpRequest) -> HttpResponse:
    """Receive a phone export for a line, and have it read."""
    actor = actor_for(request)
    form = ExportForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        export = attempt(form, lambda: _receive(actor, form))
        if export is not None:
            messages.success(request, _said(export))
            return redirect("intake:export", pk=export.pk)
    words = {"button": _("Receive the export"), "file_heading": _("Phone export"), "file_lead": _LEAD}
    return arrival_page(request, form, reverse("intake:begin"), command=COMMAND, **words)


def _said(export: Export) -> str:
    if export.is_repeat:
        return _("The same bytes were received for this line before. The file is kept, and adds nothing.")
    return _("%(export)s is received and is being read.") % {"export": export}


def _receive(actor: Actor, form: ExportForm) -> Export:
    said: dict[str, Any] = form.cleaned_data
    facts = ExportFacts(said["received_at"], said["from_words"])
    people = {"custodian": said["custodian"], "operation": said["operation"]}
    return receive_export(by=actor, line=said["line"], upload=whole_upload(actor, form), facts=facts, **people)


@require_POST
@audience(*KEEPERS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an upload for the line's agency; errors beside the form's other fields are told before a byte is sent."""
    form = ExportForm(request.POST, actor=actor_for(request))
    found = form.checks_before_sending()
    if found:
        return JsonResponse({"errors": found}, status=422)
    return begin_for(request, form, form.cleaned_data["line"].owner)
