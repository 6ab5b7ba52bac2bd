"""The page of an item, and what may be done with it there."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.evidence.actions import (
    DownloadFacts,
    ReplaceFacts,
    TransferFacts,
    download_item,
    hash_item,
    replace_item,
    transfer_custody,
)
from hotspots.evidence.actions.verifying import VERIFIERS
from hotspots.evidence.forms import DownloadForm, ReplaceForm, TransferForm
from hotspots.evidence.models import Item
from hotspots.evidence.queries import Custody, custody_of
from hotspots.evidence.rules import ItemKind, ItemPurpose
from hotspots.evidence.views.attempt import attempt
from hotspots.evidence.views.pages import (
    KIND_WORDS,
    READERS,
    custody_context,
    custody_words,
    item_name,
    reads_words,
    send_bytes,
    short_sha,
)
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.walk import Step, steps_of, trail_of, updown_of
from hotspots.web.why import why_of

TAKERS = (Role.PROSECUTOR, Role.CUSTODIAN)


def _item_for(request: HttpRequest, pk: uuid.UUID) -> Item:
    rows = Item.objects.visible_to(actor_for(request))
    related = ("owner", "operation", "blob", "custodian__organization")
    item: Item = require_one(rows.select_related(*related), pk, _("item"))
    return item


@audience(*READERS)
def show_item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an item: what it is, its SHA-256, who has held it."""
    return _show(request, _item_for(request, pk))


@require_POST
@audience(*VERIFIERS)
def verify(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hash an item's bytes again."""
    item = _item_for(request, pk)
    if hash_item(by=actor_for(request), item=item).is_whole:
        messages.success(request, _("The bytes were read again and still give the same SHA-256."))
    else:
        messages.error(request, _("The stored bytes no longer give this SHA-256. Tell your administrator at once."))
    return redirect("evidence:item", pk=item.pk)


@require_POST
@audience(Role.CUSTODIAN)
def transfer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand an item to another custodian."""
    item = _item_for(request, pk)
    form = TransferForm(request.POST, item=item)
    if form.is_valid():
        said = form.cleaned_data
        facts = TransferFacts(said["moved_at"], said["reason"], said.get("seal_number", ""))
        if attempt(form, lambda: transfer_custody(by=actor_for(request), item=item, to=said["to"], facts=facts)):
            messages.success(request, _("%(person)s holds the item now.") % {"person": said["to"].full_title})
            return redirect("evidence:item", pk=item.pk)
    return _show(request, item, transfer=form)


@require_POST
@audience(Role.CUSTODIAN)
def replace(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark an item as replaced by another."""
    actor, item = actor_for(request), _item_for(request, pk)
    form = ReplaceForm(request.POST, actor=actor, item=item)
    if form.is_valid():
        new, facts = form.cleaned_data["replacement"], ReplaceFacts(form.cleaned_data["reason"])
        if attempt(form, lambda: replace_item(by=actor, item=item, replacement=new, facts=facts)):
            messages.success(request, _("%(item)s stands in its place. Both are kept.") % {"item": new})
            return redirect("evidence:item", pk=item.pk)
    return _show(request, item, replace=form)


@audience(*TAKERS)
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Ask why the whole file is needed, then send it."""
    item = _item_for(request, pk)
    form = DownloadForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and item.blob:
        facts = DownloadFacts(form.cleaned_data["reason"])
        if attempt(form, lambda: download_item(by=actor_for(request), item=item, facts=facts)):
            return send_bytes(item.blob, item.file_name)
    crumbs = [(_("Evidence"), reverse("evidence:items")), (str(item), reverse("evidence:item", args=[item.pk]))]
    return render(request, "evidence/download.html", {"item": item, "form": form, "crumbs": crumbs})


def _show(request: HttpRequest, item: Item, **forms: Any) -> HttpResponse:
    actor = actor_for(request)
    custody, seen = custody_of(actor, item), Item.objects.visible_to(actor)
    context = {
        "item": item,
        "name": item_name(item, actor),
        "kind": KIND_WORDS[ItemKind(item.item_kind)],
        **custody_context(custody),
        "replaces": seen.filter(replaced_by=item).first(),
        "replaced_by": seen.filter(pk=item.replaced_by_id).first() if item.replaced_by_id else None,
        "may": _allowed(actor, item),
        "reads_words": reads_words(actor),
        **_forms_of(actor, item, forms),
        **_walk_of(request, item, custody),
    }
    context["why_text"], context["why_links"] = why_of(actor, item)
    return render(request, "evidence/item.html", context)


def _allowed(actor: Actor, item: Item) -> dict[str, bool]:
    is_digital, is_export = item.item_kind == ItemKind.DIGITAL, item.purpose == ItemPurpose.EXPORT
    covers = actor.covers([Role.CUSTODIAN], item.scopes())
    return {
        "transfer": actor.holds_any(Role.CUSTODIAN) and (covers or item.custodian_id == actor.user_id),
        "replace": covers and item.replaced_by_id is None,
        "verify": is_digital and actor.covers(VERIFIERS, item.scopes()),
        "download": is_digital and not is_export and actor.covers(TAKERS, item.scopes()),
        "open_export": is_export,
    }


def _forms_of(actor: Actor, item: Item, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "transfer_form": given.get("transfer") or TransferForm(item=item),
        "replace_form": given.get("replace") or ReplaceForm(actor=actor, item=item),
    }


def _walk_of(request: HttpRequest, item: Item, custody: Custody) -> dict[str, Any]:
    """Give the walk where the item lies on one: an export, or a document that a figure led to."""
    trail, is_export = trail_of(request), item.purpose == ItemPurpose.EXPORT
    if not trail and not is_export:
        return {"crumbs": [(_("Evidence"), reverse("evidence:items"))]}
    shut = _("Not a phone export")
    found: dict[Step, tuple[str, str | None]] = {Step.CUSTODY: (custody_words(custody), request.path)}
    if is_export:
        found[Step.FILE] = (short_sha(item.sha256), reverse("intake:export_of_item", args=[item.pk]))
    else:
        found |= {step: (shut, None) for step in (Step.MESSAGE, Step.BYTES) if not trail.at(step)}
        found[Step.FILE] = (short_sha(item.sha256) if item.sha256 else _("A physical item"), None)
    steps = steps_of(trail, here=Step.CUSTODY, found=found)
    up, down = updown_of(steps)
    return {"steps": steps, "up": up, "down": down, "crumbs": [(_("Evidence"), reverse("evidence:items"))]}
