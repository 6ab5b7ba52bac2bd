"""The lists of rows behind a value: one table for each kind of row, its links on the walk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.cases.models import Arrest, Charge, Citation, Investigation, Matter, Subject
from hotspots.cases.views.pages import reads_content
from hotspots.intake.models import Message, Response
from hotspots.intake.views.finding import FoundFilters
from hotspots.intake.views.pages import reads_words
from hotspots.intake.views.withheld import kind_of
from hotspots.operations.models import Operation
from hotspots.results.queries.rows import agency_of, reference_text
from hotspots.results.views.steps_below import links_record, record_url
from hotspots.web.tables import Column, Empty, FilterForm, Table
from hotspots.web.walk import TRAIL, Trail

Link = Callable[[Any], str] | None

NO_ROWS = Empty(_("No row that you can see"), _("The value is counted from records that your role does not open."))
DOCUMENT = Column("document", _("Document"), "document_number", sort="document_number", is_mono=True)
OPERATION = Column("operation", _("Operation"), lambda row: str(row.operation or ""))
PLACE = Column("place", _("Place in the file"), lambda row: "", is_mono=True, is_wide=True)


class AdFilters(FilterForm):
    """Narrow responses by ad."""

    ad = forms.IntegerField(required=False, label=_("Ad number"), min_value=1, max_value=9999)

    def narrow(self, rows: Any) -> Any:
        """Keep the responses that were asked for."""
        wanted = self.cleaned_data["ad"]
        return super().narrow(rows.filter(ad__number=wanted) if wanted else rows)


class ReferenceFilters(AdFilters):
    """Search among responses by reference."""

    reference = forms.CharField(required=False, label=_("Response"), max_length=12)
    field_order = ("reference", "ad")

    def narrow(self, rows: Any) -> Any:
        """Keep the responses that were asked for."""
        rows, wanted = super().narrow(rows), self.cleaned_data["reference"].strip()
        return rows.filter(reference__istartswith=wanted) if wanted else rows


class ResponseFilters(AdFilters, FoundFilters):
    """Narrow responses to those that a search has found, too: for those who read numbers."""


class CaseFilters(FilterForm):
    """Search among citations or arrests."""

    reference = forms.CharField(required=False, label=_("Reference or document number"), max_length=40)

    def narrow(self, rows: Any) -> Any:
        """Keep the records that were asked for."""
        wanted = self.cleaned_data["reference"].strip()
        return (
            rows.filter(Q(reference__istartswith=wanted) | Q(document_number__istartswith=wanted)) if wanted else rows
        )


def rows_table(model: Any, trail: Trail, actor: Actor) -> Table:
    """Give the table of a kind of row for a reader, whose links carry the trail down.

    The numbers and the places of messages are filled in once the page is known; an export holds no number.
    """
    record = _Links(trail).record if links_record(actor, model) else None
    if model is Response:
        return _responses(record, is_with_words=reads_words(actor))
    if model is Message:
        said = (
            Column("sent", _("Time on the phone"), "sent_at", sort="sent_at", is_head=True),
            Column("kind", _("Kind"), kind_of, sort="message_kind"),
            Column("line", _("Line"), lambda row: str(row.line), sort="line__label"),
            PLACE,
        )
        return Table(_("Contacts without a number"), said, "sent", "withheld-contacts", NO_ROWS)
    columns, sort, filters = _case_columns(model, record, has_titles=reads_content(actor))
    return Table(_("Rows"), columns, sort, "rows", NO_ROWS, filters)


class _Links:
    """Addresses that carry one trail; it is signed once for a page."""

    def __init__(self, trail: Trail) -> None:
        self.signed = f"{TRAIL}={trail.signed()}" if trail else ""

    def record(self, row: Any) -> str:
        """Give the address of a row's own page."""
        url = record_url(row)
        return f"{url}?{self.signed}" if url and self.signed else url


def _responses(record: Link, *, is_with_words: bool) -> Table:
    number = (Column("number", _("Contact point"), lambda row: ""),) if is_with_words else ()
    columns = (
        Column("first", _("First contact"), "first_at", sort="first_at", is_lead=True),
        Column("response", _("Response"), "reference", sort="reference", link=record, is_head=True),
        *number,
        Column("ad", _("Ad"), lambda row: str(row.ad), sort="ad__number"),
        Column(
            "messages",
            _("Messages in the ad's time"),
            "messages_count",
            sort="messages_count",
            is_numeric=True,
            unit=_("messages"),
        ),
        PLACE,
    )
    filters = ResponseFilters if is_with_words else ReferenceFilters
    return Table(_("Responses"), columns, "first", "responses", NO_ROWS, filters)


def _agency_name(row: Any) -> str:
    agency = agency_of(row)
    return agency.short_name if agency is not None else ""


def _agency(path: str) -> Column:
    return Column("agency", _("Agency"), _agency_name, sort=path)


def _reference(record: Link, sort: str) -> Column:
    return Column("reference", _("Record"), reference_text, sort=sort, link=record, is_head=True)


def _case_columns(model: Any, record: Link, *, has_titles: bool) -> tuple[tuple[Column, ...], str, Any]:
    head, agency = _reference(record, "reference"), _agency("credited__short_name")
    if model in (Citation, Arrest):
        when = Column("when", _("When"), "occurred_at", sort="occurred_at", is_lead=True)
        return (head, when, agency, DOCUMENT, OPERATION), "when", CaseFilters
    if model is Investigation:
        opened = Column("opened", _("Opened"), "opened_on", sort="opened_on", is_lead=True)
        return (head, opened, agency, DOCUMENT, OPERATION), "opened", CaseFilters
    if model is Charge:
        return _charge_columns(record, has_titles=has_titles), "filed", None
    if model is Matter:
        submitted = Column("submitted", _("Submitted"), "submitted_on", sort="submitted_on", is_lead=True)
        return (head, submitted, agency, Column("state", _("State"), "get_state_display")), "submitted", None
    return _other_columns(model, record)


def _charge_columns(record: Link, *, has_titles: bool) -> tuple[Column, ...]:
    person = "title" if has_titles else "reference"
    return (
        _reference(record, "matter__reference"),
        Column("filed", _("Filed"), "filed_on", sort="filed_on", is_lead=True),
        Column("statute", _("Statute"), "statute.code", sort="statute__code"),
        Column("person", _("Person charged"), f"subject.{person}", sort=f"subject__{person}"),
        _agency("matter__credited__short_name"),
        Column("case", _("Case number"), "matter.case_number", sort="matter__case_number", is_mono=True),
    )


def _other_columns(model: Any, record: Link) -> tuple[tuple[Column, ...], str, Any]:
    if model is Subject:
        since = Column("identified", _("Identified"), "identified_on", sort="identified_on", is_lead=True)
        return (_reference(record, "reference"), since, _agency("credited__short_name")), "identified", None
    if model is Operation:
        night = Column("night", _("Night"), "night_on", sort="night_on", is_lead=True)
        head = Column("operation", _("Operation"), str, link=record, is_head=True)
        return (night, head, _agency("lead__short_name")), "night", None
    name = Column("agency", _("Agency"), "name", sort="name", link=record, is_head=True)
    assert model is Organization
    return (name,), "agency", None
