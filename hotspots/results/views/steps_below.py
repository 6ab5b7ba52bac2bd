"""The walk below a row: its message, the bytes, the file and its custody; and the release above a figure."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.cases.models import Arrest, Charge, Citation, Investigation, Matter, Subject
from hotspots.evidence.models import Item
from hotspots.evidence.queries import custody_of
from hotspots.evidence.views.pages import custody_words, short_sha
from hotspots.intake.models import Message, Response, SourcePlace
from hotspots.intake.rules.states import ReadingState
from hotspots.intake.views.pages import bytes_step, export_of_place, file_steps, shut_for_auditors
from hotspots.operations.models import Operation
from hotspots.results.models import Figure, ReleaseVersion, Slot
from hotspots.results.queries.rows import reference_text
from hotspots.web.links import open_url
from hotspots.web.walk import Step
from look.formats import local_day

StepValue = tuple[str, str | None]
Steps = dict[Step, StepValue]

NOBODY = uuid.UUID(int=0)

PAGES: dict[Any, str] = {
    Response: "intake:response",
    Citation: "cases:citation",
    Arrest: "cases:arrest",
    Investigation: "cases:investigation",
    Matter: "cases:matter",
    Subject: "cases:subject",
    Operation: "operations:operation",
    Organization: "coalition:organization",
}


def record_url(row: Any) -> str:
    """Give the address of the page of a row; a contact without a number has none."""
    if isinstance(row, Message):
        return ""
    if isinstance(row, Charge):
        return reverse("cases:matter", args=[row.matter_id])
    return reverse(PAGES[type(row)], args=[row.pk])


def release_of(actor: Actor, figure: Figure) -> StepValue:
    """Give the newest version that shows a figure: published first, then drafts; no address where there is none."""
    slots = Slot.objects.filter(figure=figure).values("version_id")
    rows = (
        ReleaseVersion.objects.visible_to(actor)
        .filter(pk__in=slots, abandoned_at__isnull=True)
        .select_related("release")
    )
    found = sorted(rows, key=lambda one: (one.published_at is not None, one.number))
    if not found:
        return _("In no release yet"), None
    version = found[-1]
    url = reverse("results:release", args=[version.release_id])
    if version.published_at is None:
        return _("Draft, not published"), url
    return _("Release of %(day)s") % {"day": local_day(version.released_on or version.published_at)}, url


def steps_below(actor: Actor, row: Any) -> Steps:
    """Give the four steps below the records for the row that is followed, as far as the actor may go."""
    if row is None:
        return {}
    if isinstance(row, Response):
        return _below_response(actor, row)
    if isinstance(row, Message):
        return {Step.MESSAGE: (_("A contact without a number"), None), **_below_message(actor, row.pk)}
    return _below_case(actor, row)


def _below_response(actor: Actor, row: Response) -> Steps:
    value = _("%(reference)s, first contact") % {"reference": row.reference}
    message = {Step.MESSAGE: (value, record_url(row))}
    return {**message, **_below_message(actor, row.first_message_id), **shut_for_auditors(actor)}


def _below_message(actor: Actor, message_id: Any) -> Steps:
    rows = SourcePlace.objects.filter(message_id=message_id, reading__state=ReadingState.FINISHED)
    place = rows.select_related("message__line").order_by("reading__finished_at", "pk").first()
    if place is None:
        return {}
    export = export_of_place(actor, place.reading_id)
    return {Step.BYTES: bytes_step(actor, place, place.message.line), **file_steps(actor, export)}


def _below_case(actor: Actor, row: Any) -> Steps:
    """Give what lies below a record of a case: its own page, and its document."""
    url = record_url(row) if links_record(actor, type(row)) else None
    response_id = getattr(row, "response_id", None)
    is_from_message = response_id is not None and Response.objects.visible_to(actor).filter(pk=response_id).exists()
    shut = _("See the response") if is_from_message else _("Not counted from a file")
    return {
        Step.MESSAGE: (reference_text(row) if url else _("Closed to your role"), url),
        Step.BYTES: (shut, None),
        **_below_document(actor, row),
    }


def _below_document(actor: Actor, row: Any) -> Steps:
    document_id = getattr(row, "document_id", None)
    document = (
        Item.objects.visible_to(actor).select_related("blob").filter(pk=document_id).first() if document_id else None
    )
    if document is None:
        number = getattr(row, "document_number", "") if not document_id else ""
        words = _("Document %(number)s, on paper") % {"number": number} if number else _("No document")
        return {Step.FILE: (words, None), Step.CUSTODY: (_("No item of evidence"), None)}
    url = reverse("evidence:item", args=[document.pk])
    value = short_sha(document.sha256) if document.sha256 else _("A physical item")
    return {Step.FILE: (value, url), Step.CUSTODY: (custody_words(custody_of(actor, document)), url)}


def links_record(actor: Actor, model: Any) -> bool:
    """Tell whether a reader may open the page of a kind of row: an auditor opens no conversation."""
    name = "cases:matter" if model is Charge else PAGES.get(model, "")
    return bool(name and open_url(actor, name, pk=NOBODY))
