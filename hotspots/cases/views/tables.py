"""The lists of cases, as they sort, filter and export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import Organization
from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.forms.fields import AGENCIES, OperationChoice, operations_for
from hotspots.cases.models import Statute
from hotspots.cases.rules.kinds import InvestigationState, MatterState, RecordState, words_of
from hotspots.cases.views.pages import page_of
from hotspots.operations.models import Operation
from hotspots.web.tables import Column, Empty, FilterForm, Table

ALL = _("All")


def _codes_of(row: Any) -> str:
    return ", ".join(count.statute.code for count in row.counts.all())


def _state_choices(kinds: Any) -> list[tuple[str, Any]]:
    return [("", ALL), *((kind.value, words_of(kind.value).capitalize()) for kind in kinds)]


class CaseFilters(FilterForm):
    """Narrow records by a reference, the operation and the credited agency."""

    reference = forms.CharField(required=False, label=_("Reference or document"), max_length=40)
    operation = OperationChoice(
        required=False, label=_("Operation"), queryset=Operation.objects.none(), empty_label=ALL
    )
    agency = forms.ModelChoiceField(
        required=False, label=_("Agency"), queryset=Organization.objects.none(), empty_label=ALL
    )

    PATH = ""
    NUMBER = "document_number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operation"].queryset = operations_for(self.actor)
        agencies = Organization.objects.filter(organization_kind__in=AGENCIES)
        self.fields["agency"].queryset = agencies

    def narrow(self, rows: Any) -> Any:
        """Keep the records that were asked for."""
        said = self.cleaned_data
        if said["reference"]:
            rows = rows.filter(self._named(said["reference"].strip()))
        if said["operation"]:
            rows = rows.filter(**{f"{self.PATH}operation": said["operation"]})
        return rows.filter(**{f"{self.PATH}credited": said["agency"]}) if said["agency"] else rows

    def _named(self, wanted: str) -> Q:
        found = Q(**{f"{self.PATH}reference__istartswith": wanted})
        return found | Q(**{f"{self.PATH}{self.NUMBER}__istartswith": wanted}) if self.NUMBER else found


class StopFilters(CaseFilters):
    """Narrow citations or arrests by officer, statute and state too."""

    officer = forms.CharField(required=False, label=_("Officer"), max_length=80)
    statute = forms.CharField(required=False, label=_("Statute"), widget=forms.Select)
    state = forms.ChoiceField(required=False, label=_("State"), choices=_state_choices(RecordState))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys(Statute.objects.order_by("code").values_list("code", flat=True))
        self.fields["statute"].widget.choices = [("", ALL), *((code, code) for code in codes)]

    def narrow(self, rows: Any) -> Any:
        rows, said = super().narrow(rows), self.cleaned_data
        if said["officer"]:
            rows = rows.filter(officer_title__icontains=said["officer"].strip())
        if said["statute"]:
            counts, name = rows.model._meta.get_field("counts").related_model, rows.model._meta.model_name
            rows = rows.filter(Exists(counts.objects.filter(**{name: OuterRef("pk")}, statute__code=said["statute"])))
        return rows.filter(state=said["state"]) if said["state"] else rows


class InvestigationFilters(CaseFilters):
    """Narrow investigations by state too."""

    state = forms.ChoiceField(required=False, label=_("State"), choices=_state_choices(InvestigationState))

    def narrow(self, rows: Any) -> Any:
        rows = super().narrow(rows)
        return rows.filter(state=self.cleaned_data["state"]) if self.cleaned_data["state"] else rows


class MatterFilters(InvestigationFilters):
    """Narrow matters by state too."""

    NUMBER = "case_number"
    state = forms.ChoiceField(required=False, label=_("State"), choices=_state_choices(MatterState))


class EncounterFilters(InvestigationFilters):
    """Narrow encounters by state too."""

    NUMBER = ""
    state = forms.ChoiceField(required=False, label=_("State"), choices=_state_choices(RecordState))


class PlainFilters(CaseFilters):
    """Narrow records that have no document of their own."""

    NUMBER = ""


REFERENCE = Column("reference", _("Reference"), "reference", sort="reference", link=page_of, is_head=True, is_mono=True)
AGENCY = Column("agency", _("Agency"), "credited.short_name", sort="credited__short_name")
OPERATION = Column(
    "operation",
    _("Operation"),
    lambda row: format_lazy(_("Op. {number}"), number=row.operation.number) if row.operation else "",
    sort="operation__number",
    csv=lambda row: row.operation.number if row.operation else None,
)
OFFICER = Column("officer", _("Officer"), "officer_title", sort="officer_title")
DOCUMENT = Column("document", _("Document"), "document_number", sort="document_number", is_mono=True)
STATUTES = Column("statutes", _("Statutes"), _codes_of)
NIGHT = Column("night", _("Night"), "night_on", sort="night_on")


def _state(cell: str) -> Column:
    return Column("state", _("State"), "get_state_display", sort="state", cell=cell, csv="state")


def _stops(title: Any, file_name: str, empty: Empty) -> Table:
    when = Column("when", _("When"), "occurred_at", sort="occurred_at", is_lead=True)
    columns = (REFERENCE, when, STATUTES, OPERATION, AGENCY, OFFICER, DOCUMENT, _state("cases/parts/stop_state.html"))
    return Table(title, columns, "-when", file_name, empty, StopFilters)


CITATIONS = _stops(
    _("Citations"),
    "citations",
    Empty(
        _("No citation yet"),
        _("A citation appears here as soon as an officer saves it. Each is counted once, under the law of its day."),
        _("Record a citation"),
        "cases:record_citation",
        RECORDERS,
    ),
)
ARRESTS = _stops(
    _("Arrests"),
    "arrests",
    Empty(
        _("No arrest yet"),
        _("An arrest appears here as soon as it is recorded."),
        _("Record an arrest"),
        "cases:record_arrest",
        RECORDERS,
    ),
)
INVESTIGATIONS = Table(
    _("Investigations"),
    (
        REFERENCE,
        Column("opened", _("Opened"), "opened_on", sort="opened_on", is_lead=True),
        STATUTES,
        OPERATION,
        AGENCY,
        OFFICER,
        DOCUMENT,
        Column("closed", _("Closed"), "closed_on", sort="closed_on"),
    ),
    "-opened",
    "investigations",
    Empty(
        _("No investigation yet"),
        _("An investigation is opened into offenses under named statutes. It names no person."),
        _("Open an investigation"),
        "cases:open_investigation",
        RECORDERS,
    ),
    InvestigationFilters,
)
MATTERS = Table(
    _("Matters"),
    (
        REFERENCE,
        Column("submitted", _("Submitted"), "submitted_on", sort="submitted_on", is_lead=True),
        Column("from", _("From"), lambda row: str(row.source)),
        AGENCY,
        Column("case", _("Case number"), "case_number", sort="case_number", is_mono=True),
        Column("decided", _("Decided"), lambda row: row.declined_on or row.filed_on),
        _state("cases/parts/matter_state.html"),
    ),
    "-submitted",
    "matters",
    Empty(
        _("No matter yet"),
        _("A matter appears here when a citation, an arrest or an investigation is submitted to the prosecutor."),
    ),
    MatterFilters,
)
SUBJECTS = Table(
    _("Subjects"),
    (
        REFERENCE,
        Column("identified", _("Identified"), "identified_on", sort="identified_on", is_lead=True),
        Column("basis", _("Identified by"), lambda row: row.get_basis_display().capitalize(), sort="basis"),
        OPERATION,
        AGENCY,
    ),
    "-identified",
    "subjects",
    Empty(
        _("No subject yet"),
        _("A person appears here once identified on a lawful basis, never from a message alone. Lists show no name."),
        _("Identify a person"),
        "cases:identify_subject",
        RECORDERS,
    ),
    PlainFilters,
)
ENCOUNTERS = Table(
    _("Encounters"),
    (
        REFERENCE,
        Column("when", _("When"), "occurred_at", sort="occurred_at", is_lead=True),
        Column("basis", _("Basis"), lambda row: row.get_basis_display().capitalize(), sort="basis"),
        OPERATION,
        AGENCY,
        OFFICER,
        _state("cases/parts/stop_state.html"),
    ),
    "-when",
    "encounters",
    Empty(
        _("No encounter yet"),
        _("An encounter appears here once an officer records whom they met, and on what basis."),
        _("Record an encounter"),
        "cases:record_encounter",
        RECORDERS,
    ),
    EncounterFilters,
)


class HearingFilters(FilterForm):
    """Narrow hearings by their days and department."""

    begins = forms.DateField(required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(required=False, label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    department = forms.CharField(required=False, label=_("Department"), max_length=40)

    def narrow(self, rows: Any) -> Any:
        """Keep the hearings that were asked for."""
        said = self.cleaned_data
        if said["begins"]:
            rows = rows.filter(hearing_on__gte=said["begins"])
        if said["ends"]:
            rows = rows.filter(hearing_on__lte=said["ends"])
        return rows.filter(department__iexact=said["department"].strip()) if said["department"] else rows


def _outcome_of(row: Any) -> str:
    """Write what became of a hearing, and whether what it is of is void."""
    said = [row.get_outcome_display(), _("record is void") if row.of_record.is_void else ""]
    return ", ".join(str(words) for words in said if words).capitalize()


HEARINGS = Table(
    _("Hearings"),
    (
        Column("starts", _("Begins"), "starts_at", sort="starts_at", is_lead=True),
        Column(
            "record",
            _("On"),
            lambda row: str(row.of_record),
            link=lambda row: page_of(row.of_record),
            is_head=True,
        ),
        Column("kind", _("Kind"), lambda row: row.get_hearing_kind_display().capitalize(), sort="hearing_kind"),
        Column(
            "department",
            _("Department"),
            lambda row: _("Dept. %(number)s") % {"number": row.department} if row.department else "",
            sort="department",
            csv="department",
        ),
        Column("court", _("Court"), "court", sort="court"),
        Column("outcome", _("Outcome"), _outcome_of, sort="outcome", cell="cases/parts/hearing_outcome.html"),
    ),
    "starts",
    "hearings",
    Empty(_("No hearing yet"), _("A hearing appears here when a citation or a matter has a court date.")),
    HearingFilters,
)
