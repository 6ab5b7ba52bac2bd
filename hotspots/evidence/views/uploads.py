"""A file comes in by parts, or an object is logged."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.evidence.actions import (
    ItemFacts,
    UploadFacts,
    begin_upload,
    discard_upload,
    join_upload,
    log_item,
    store_part,
)
from hotspots.evidence.actions.uploads import SENDERS
from hotspots.evidence.forms import ArrivalForm, FileForm, ObjectForm, UploadedForm
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.queries import known_item
from hotspots.evidence.rules import UploadState
from hotspots.evidence.views.attempt import attempt
from hotspots.evidence.views.tabs import tabs_of
from hotspots.web.audience import actor_for, audience, require_one


def arrival_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the three ways in which evidence comes."""
    return tabs_of(
        request,
        (_("Phone export"), "intake:receive"),
        (_("Another file"), "evidence:upload"),
        (_("An object"), "evidence:log_object"),
    )


def arrival_page(request: HttpRequest, form: ArrivalForm, begin_url: str, **words: Any) -> HttpResponse:
    """Show a form of arrival: with a file, it is sent by parts to the upload that `begin_url` begins."""
    context = {
        "form": form,
        "begin_url": begin_url,
        "known_url": reverse("evidence:known"),
        "tabs": arrival_tabs(request),
        "crumbs": [(_("Evidence"), reverse("evidence:items"))],
        "waiting": unfinished_uploads(actor_for(request)) if begin_url else [],
        **words,
    }
    return render(request, "evidence/upload.html" if begin_url else "evidence/object.html", context)


def unfinished_uploads(actor: Actor) -> Any:
    """Give the reader's uploads that are no item yet."""
    states = (UploadState.OPEN, UploadState.WHOLE)
    return Upload.objects.visible_to(actor).filter(state__in=states).select_related("owner")[:20]


@audience(*SENDERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Receive a digital item other than a phone export."""
    actor = actor_for(request)
    form = FileForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        taken = attempt(form, lambda: _log_file(actor, form))
        if taken is not None:
            item, known_before = taken
            return _received(request, item, known_before)
    return arrival_page(request, form, reverse("evidence:begin"), button=_("Receive the file"))


@audience(*SENDERS)
def log_object(request: HttpRequest) -> HttpResponse:
    """Log a physical item under its seal."""
    actor = actor_for(request)
    form = ObjectForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        item = attempt(form, lambda: _log(actor, form.cleaned_data, upload=None))
        if item is not None:
            return _received(request, item)
    return arrival_page(request, form, "")


def _log_file(actor: Actor, form: FileForm) -> tuple[Item, Item | None]:
    """Log the file of a form, and give what of the same bytes was known before: a browser does not hash a long file."""
    whole = whole_upload(actor, form)
    known_before = known_item(actor, whole.blob.sha256) if whole.blob else None
    return _log(actor, form.cleaned_data, upload=whole), known_before


def _log(actor: Actor, said: dict[str, Any], upload: Upload | None) -> Item:
    facts = ItemFacts(said["received_at"], said["from_words"], said["description"], said.get("seal_number", ""))
    people = {"custodian": said["custodian"], "operation": said["operation"]}
    return log_item(by=actor, owner=said["owner"], facts=facts, upload=upload, **people)


def _received(request: HttpRequest, item: Item, known_before: Item | None = None) -> HttpResponse:
    messages.success(request, _("%(item)s is received. Its custody begins here.") % {"item": item})
    if known_before is not None:
        messages.warning(request, _known_words(known_before))
    return redirect("evidence:item", pk=item.pk)


def whole_upload(actor: Actor, form: UploadedForm) -> Upload:
    """Join the parts of a form's upload; refuse bytes that are not those which the browser hashed."""
    row: Upload = form.cleaned_data["upload"]
    whole = join_upload(by=actor, upload=row) if row.state == UploadState.OPEN else row
    told = form.cleaned_data["sha256"]
    if told and whole.blob and whole.blob.sha256 != told:
        discard_upload(by=actor, upload=whole)
        form.cleaned_data["upload"] = None
        sentence = _("The bytes that came are not those of the file you chose. They were let go; send the file again.")
        raise errors.RuleBroken("upload.sha256", sentence, field="file")
    return whole


@require_POST
@audience(*SENDERS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an upload for the form of another file; errors beside its other fields are told before a byte is sent."""
    form = FileForm(request.POST, actor=actor_for(request))
    found = form.checks_before_sending()
    return (
        JsonResponse({"errors": found}, status=422) if found else begin_for(request, form, form.cleaned_data["owner"])
    )


def begin_for(request: HttpRequest, form: UploadedForm, owner: Organization) -> HttpResponse:
    """Begin an upload for an agency, and say where its parts go."""
    try:
        facts = UploadFacts(request.POST.get("file_name", ""), int(request.POST.get("size_bytes", "")))
    except ValueError:
        raise errors.BadInput(
            "upload.size", _("The size of the file was not told."), locator="field size_bytes"
        ) from None
    form.errors.clear()
    row = attempt(form, lambda: begin_upload(by=actor_for(request), owner=owner, facts=facts))
    if row is None:
        return JsonResponse(
            {"errors": {"file": [str(text) for texts in form.errors.values() for text in texts]}}, status=422
        )
    return _told(row, status=201)


def _told(row: Upload, status: int = 200) -> JsonResponse:
    url = reverse("evidence:upload_state", args=[row.pk])
    parts = reverse("evidence:parts", args=[row.pk])
    return JsonResponse(
        {
            "id": str(row.pk),
            "url": url,
            "parts_url": parts,
            "state": row.state,
            "received_bytes": row.received_bytes,
            "size_bytes": row.size_bytes,
        },
        status=status,
    )


def _upload_for(request: HttpRequest, pk: uuid.UUID) -> Upload:
    row: Upload = require_one(Upload.objects.visible_to(actor_for(request)), pk, _("upload"))
    return row


@require_GET
@audience(*SENDERS)
def upload_state(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how many bytes of an upload have come, so that sending goes on from there."""
    return _told(_upload_for(request, pk))


@require_http_methods(["PUT"])
@audience(*SENDERS)
def parts(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one part of an upload: raw bytes, read as they come."""
    row = _upload_for(request, pk)
    try:
        offset, size = int(request.GET.get("offset", "")), int(request.headers.get("Content-Length") or "")
    except ValueError:
        raise errors.BadInput("upload.offset", _("A part says its offset and its length.")) from None
    return _told(store_part(by=actor_for(request), upload=row, offset_bytes=offset, size_bytes=size, source=request))


@require_POST
@audience(*SENDERS)
def discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let go of an upload that is no item yet."""
    row = discard_upload(by=actor_for(request), upload=_upload_for(request, pk))
    messages.success(request, _("What had come of %(name)s is gone.") % {"name": row.file_name})
    return redirect("evidence:upload")


@require_GET
@audience(*SENDERS)
def known(request: HttpRequest) -> HttpResponse:
    """Say whether the same bytes are here already, among what the reader may see."""
    item = known_item(actor_for(request), request.GET.get("sha256", ""))
    if item is None:
        return JsonResponse({"text": ""})
    url = reverse("evidence:item", args=[item.pk])
    return JsonResponse({"text": _known_words(item), "url": url, "label": _("Open it")})


def _known_words(item: Item) -> str:
    return _("These bytes are here already: %(name)s, %(owner)s.") % {"name": item, "owner": item.owner.short_name}
