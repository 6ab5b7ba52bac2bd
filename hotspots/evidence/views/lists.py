"""The list of items."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.evidence.actions.uploads import SENDERS
from hotspots.evidence.models import Item
from hotspots.evidence.rules import ItemKind
from hotspots.evidence.views.pages import KIND_WORDS, READERS, evidence_tabs, item_name, reads_words
from hotspots.operations.rules import AGENCY_KINDS
from hotspots.web.audience import actor_for, audience
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, FilterForm, Table
from look import formats


class ItemFilters(FilterForm):
    """Narrow the items by a word of the name, the agency and the kind."""

    name = forms.CharField(label=_("File, description, seal or SHA-256"), required=False, max_length=80)
    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Agency"), required=False, empty_label=_("All"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *KIND_WORDS.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Organization.objects.filter(organization_kind__in=AGENCY_KINDS)

    def narrow(self, rows: Any) -> Any:
        """Keep the items that were asked for."""
        asked = self.cleaned_data
        if asked["name"]:
            rows = _named(rows, asked["name"], with_words=reads_words(self.actor))
        if asked["owner"]:
            rows = rows.filter(owner=asked["owner"])
        return rows.filter(item_kind=asked["kind"]) if asked["kind"] else rows


def _named(rows: Any, word: str, *, with_words: bool) -> Any:
    compact = word.replace(" ", "").lower()
    found = Q(file_name__icontains=word) | Q(seal_number__icontains=word) | Q(blob__sha256__startswith=compact)
    return rows.filter(found | Q(description__icontains=word) if with_words else found)


def _size_of(item: Item) -> str:
    return formats.filesize_kb(item.size_bytes) if item.item_kind == ItemKind.DIGITAL else ""


ITEMS = Table(
    title=_("Evidence"),
    file_name="evidence",
    columns=(
        Column("received", _("Received"), value="received_at", sort="received_at"),
        Column(
            "file",
            _("Item"),
            value=lambda row: row.file_name or row.description,
            sort="file_name",
            link=lambda row: reverse("evidence:item", args=[row.pk]),
            is_head=True,
        ),
        Column("owner", _("Agency"), value="owner.short_name", sort="owner__short_name"),
        Column("custodian", _("Custodian"), value="custodian.full_title", sort="custodian__title"),
        Column(
            "size", _("Size"), value=_size_of, csv="size_bytes", sort="blob__size_bytes", is_numeric=True, is_lead=True
        ),
        Column("kind", _("Kind"), value=lambda row: KIND_WORDS[ItemKind(row.item_kind)], sort="item_kind"),
    ),
    default_sort="-received",
    filters=ItemFilters,
    empty=Empty(
        _("No evidence yet"),
        _("An item appears here as soon as a file or an object is received. Its SHA-256 and its custody begin then."),
        _("Receive evidence"),
        "evidence:upload",
        SENDERS,
    ),
)


def _without_words(column: Column, actor: Actor) -> Column:
    """Name an item as far as the reader may know it."""
    return replace(column, value=lambda row: item_name(row, actor)) if column.key == "file" else column


@in_navigation(_("Evidence"), url_name="evidence:items", order=50, also=("/exports", "/places"))
@audience(*READERS)
def show_items(request: HttpRequest) -> HttpResponseBase:
    """Show the items of evidence that the reader may see."""
    actor = actor_for(request)
    table = replace(ITEMS, columns=tuple(_without_words(column, actor) for column in ITEMS.columns))
    rows = Item.objects.visible_to(actor).select_related("owner", "custodian__organization", "blob")
    return table.respond(
        request,
        rows,
        "evidence/items.html",
        {"tabs": evidence_tabs(request), "may_send": actor.holds_any(*SENDERS)},
    )
