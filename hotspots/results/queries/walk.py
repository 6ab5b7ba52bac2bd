"""What the walk shows around a figure: the release above it, and the message, bytes, file and custody below a row."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.access.actor import Actor
from hotspots.cases.models import Arrest, Charge, Citation, Investigation
from hotspots.evidence.models import Item, Transfer
from hotspots.intake.models import Export, Message, Response, SourcePlace
from hotspots.results.models import Figure, ReleaseVersion, Slot
from hotspots.web.walk import Step, Trail
from look.formats import local_day, thousands

StepValue = tuple[str, str | None]


def release_of(actor: Actor, figure: Figure) -> StepValue:
    """Give the newest version that shows a figure: published first, then drafts; no address where there is none."""
    versions = ReleaseVersion.objects.visible_to(actor).filter(
        pk__in=Slot.objects.filter(figure=figure).values("version_id")
    )
    found = versions.order_by("-published_at", "-number").select_related("release")
    version = next((one for one in found if one.published_at), None) or next(iter(found), None)
    if version is None:
        return _("In no release yet"), None
    url = reverse("results:release", args=[version.release_id])
    if version.published_at is None or version.released_on is None:
        return _("Draft, not published"), url
    return _("Release of %(day)s") % {"day": local_day(version.released_on)}, url


def steps_below(actor: Actor, row: Any, trail: Trail) -> dict[Step, StepValue]:
    """Give the four steps below the records for the row that is followed, as far as the actor may go."""
    if row is None:
        return {}
    if isinstance(row, Response):
        return _below_response(actor, row)
    if isinstance(row, Message):
        return _below_message(actor, row)
    return _below_case(actor, row)


def _below_response(actor: Actor, row: Response) -> dict[Step, StepValue]:
    value = _("%(reference)s, first contact") % {"reference": row.reference}
    message = {Step.MESSAGE: (value, reverse("intake:response", args=[row.pk]))}
    return {**message, **_bytes_of(actor, row.first_message_id)}


def _below_message(actor: Actor, row: Message) -> dict[Step, StepValue]:
    return {Step.MESSAGE: (_("A contact without a number"), None), **_bytes_of(actor, row.pk)}


def _bytes_of(actor: Actor, message_id: Any) -> dict[Step, StepValue]:
    place = SourcePlace.objects.filter(message_id=message_id).select_related("reading").order_by("pk").first()
    if place is None:
        return {}
    value = f"{thousands(place.offset_bytes)} + {thousands(place.length_bytes)}"
    export = Export.objects.visible_to(actor).filter(reading=place.reading_id).select_related("item").first()
    below = {Step.BYTES: (value, reverse("intake:bytes", args=[place.pk]))}
    return {**below, **_file_of(actor, export.item if export else None, place.reading.sha256)}


def _file_of(actor: Actor, item: Item | None, sha256: str) -> dict[Step, StepValue]:
    short = f"{sha256[:4]}…{sha256[-4:]}"
    if item is None or not Item.objects.visible_to(actor).filter(pk=item.pk).exists():
        return {Step.FILE: (_("Closed to your role"), None), Step.CUSTODY: (_("Closed to your role"), None)}
    url = reverse("evidence:item", args=[item.pk])
    count = Transfer.objects.visible_to(actor).filter(item=item).count()
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    return {Step.FILE: (short, url), Step.CUSTODY: (entries, f"{url}#custody")}


def _below_case(actor: Actor, row: Any) -> dict[Step, StepValue]:
    """Give what lies below a record of a case: the message it came from, if any, and its document."""
    response = getattr(row, "response", None)
    visible = response and Response.objects.visible_to(actor).filter(pk=response.pk).exists()
    if visible:
        return _below_response(actor, response)
    document = getattr(row, "document", None)
    sha256 = document.blob.sha256 if document is not None and document.blob is not None else ""
    shut: dict[Step, StepValue] = {
        Step.MESSAGE: (_("Not counted from a message"), None),
        Step.BYTES: (_("Not counted from a file"), None),
    }
    if document is None:
        named = getattr(row, "document_number", "") or ""
        words = _("Document %(number)s, on paper") % {"number": named} if named else _("No document")
        return {**shut, Step.FILE: (words, None), Step.CUSTODY: (_("No item of evidence"), None)}
    return {**shut, **_file_of(actor, document, sha256)}


def record_url(row: Any) -> str:
    """Give the address of the page of a row."""
    if isinstance(row, Charge):
        return reverse("cases:matter", args=[row.matter_id])
    names = {Response: "intake:response", Citation: "cases:citation", Arrest: "cases:arrest"}
    names[Investigation] = "cases:investigation"
    name = names.get(type(row)) or f"{row._meta.app_label}:{row._meta.model_name}"
    return reverse(name, args=[row.pk])
