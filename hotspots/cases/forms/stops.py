"""Forms of citations and arrests. The citation is written on a phone: five fields, and the rest folded away."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.cases.actions import (
    HearingFacts,
    Officer,
    PersonFacts,
    StopCorrection,
    StopFacts,
    StopPlace,
    VoidFacts,
)
from hotspots.cases.forms.fields import (
    AGE_BANDS,
    NO_CLIENT,
    ReferenceField,
    answer_field,
    answer_of,
    bool_of,
    needed_text,
    reason_field,
    statute_choices,
    statute_field,
)
from hotspots.cases.forms.places import OUTSIDE, PlacedForm, campaign_on
from hotspots.cases.models import Arrest, Citation, Encounter, Statute, Subject
from hotspots.cases.rules.kinds import AgeBand, Answer, IdentificationBasis, VoidReason, words_of
from hotspots.evidence.models import Item
from hotspots.evidence.rules import ItemPurpose
from hotspots.intake.models import Response
from hotspots.web.county import county_now, county_zone
from hotspots.web.form_page import VerbForm
from look.widgets import DayInput, MomentInput, Segments

BASES = [(basis.value, words_of(basis.value).capitalize()) for basis in IdentificationBasis]
VOID_REASONS = [("", _("Choose one")), *((one.value, words_of(one.value).capitalize()) for one in VoidReason)]
SOLICITING = "PC 647(b)(2)"


class StopForm(PlacedForm):
    """What a citation or an arrest says."""

    document_number = needed_text(_("Number"), _("Write the number on the document."), max_length=60)
    statute = statute_field(_("Offense, in force that day"))
    second_statute = statute_field(_("Second offense"), required=False)
    rights_explained = answer_field(_("Rights explained"), initial=None)
    is_actual_minor = answer_field(_("Was the person solicited really a minor?"))
    is_portrayed_as_minor = answer_field(_("Was the person portrayed as a minor?"), help_text=_("By an ad or a decoy."))
    encounter = ReferenceField(label=_("Encounter"), noun=_("encounter"))
    response = ReferenceField(label=_("Response"), noun=_("response"), help_text=_("If a response led to the person."))
    document = forms.ModelChoiceField(
        label=_("Document in evidence"), queryset=Item.objects.none(), required=False, empty_label=_("None yet")
    )

    FOLDED: tuple[str, ...] = ()
    further: tuple[str, ...] = ()  # counts that the form does not show

    def __init__(
        self, data: Any = None, *, actor: Actor, asked: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, actor=actor, asked=asked, initial=_linked(actor, asked or {}) | (initial or {}))
        self._offer("encounter", Encounter, "E")
        self._offer("response", Response, "R")
        documents: Any = self.fields["document"]
        documents.queryset = Item.objects.visible_to(actor).exclude(purpose=ItemPurpose.EXPORT)
        for name, blank in (("statute", _("Choose one")), ("second_statute", _("None"))):
            self.fields[name].widget.choices = statute_choices(self._statutes(), blank)

    def _offer(self, name: str, model: Any, letter: str) -> None:
        self.fields[name].offer(model.objects.visible_to(self.actor), letter)

    def _statutes(self) -> Any:
        """Offer what is in force on the day; a form that was sent keeps what was chosen, for the verb to judge."""
        rows = Statute.objects.in_force(self.given_on)
        chosen = [self.data.get("statute"), self.data.get("second_statute")] if self.is_bound else []
        return rows | Statute.objects.filter(code__in=[code for code in chosen if code])

    @property
    def is_folded_open(self) -> bool:
        """Tell whether something in the folded part needs a look."""
        return any(self[name].errors for name in self.FOLDED)

    def stop(self, **more: Any) -> StopFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return StopFacts(
            document_number=said["document_number"],
            codes=tuple(code for code in (said["statute"], said["second_statute"], *self.further) if code),
            occurred_at=said["occurred_at"],
            place_words=said["place_words"],
            officer=self.officer(),
            encounter=said["encounter"],
            response=said["response"],
            document=said["document"],
            rights_explained=Answer(said["rights_explained"]),
            is_actual_minor=bool_of(said["is_actual_minor"]),
            is_portrayed_as_minor=bool_of(said["is_portrayed_as_minor"]),
            **more,
        )


class NewStopForm(StopForm):
    """A new citation or arrest, with its person."""

    subject = ReferenceField(label=_("Subject in the record"), noun=_("subject"))
    age_band = forms.ChoiceField(label=_("Age"), choices=AGE_BANDS, widget=Segments, initial=AgeBand.UNKNOWN.value)
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Sealed under a key of its own.")
    )
    birth_on = forms.DateField(label=_("Birth date"), widget=DayInput, required=False)
    basis = forms.ChoiceField(label=_("Identified by"), choices=BASES, initial=IdentificationBasis.STATEMENT.value)
    words = forms.CharField(label=_("Note on the person"), max_length=300, required=False, help_text=NO_CLIENT)

    FOLDED: tuple[str, ...] = (
        "subject",
        "age_band",
        "name",
        "birth_on",
        "basis",
        "words",
        "second_statute",
        "is_actual_minor",
        "is_portrayed_as_minor",
        "encounter",
        "response",
        "document",
    )

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self._offer("subject", Subject, "S")

    def facts(self) -> StopFacts:
        """Give what was typed as the verb takes it."""
        return self.stop(subject=self.cleaned_data["subject"], person=self.person(), hearing=self.hearing())

    def person(self) -> PersonFacts:
        """Give what is known of the person."""
        said = self.cleaned_data
        return PersonFacts(
            basis=IdentificationBasis(said["basis"]),
            age_band=AgeBand(said["age_band"]),
            identified_on=self.offense_on,
            name=said["name"],
            birth_on=said["birth_on"],
            words=said["words"],
        )

    def hearing(self) -> HearingFacts | None:
        """Give the first hearing, if one was set."""
        return None


class CitationForm(NewStopForm):
    """A citation, as an officer writes it."""

    hearing_on = forms.DateTimeField(label=_("Court date"), widget=MomentInput, required=False)
    department = forms.CharField(
        label=_("Dept."), max_length=40, required=False, widget=forms.TextInput(attrs={"size": 2, "class": "usa-input"})
    )
    court = forms.CharField(label=_("Court"), max_length=120, required=False)

    FOLDED = (*NewStopForm.FOLDED, "court")

    def __init__(self, data: Any = None, **known: Any) -> None:
        county = county_now()
        court = f"{county.name} Superior Court" if county else ""
        given = {"statute": SOLICITING, "court": court} | (known.pop("initial", None) or {})
        super().__init__(data, initial=given, **known)
        self.fields["document_number"].label = _("Citation number")

    def hearing(self) -> HearingFacts | None:
        said = self.cleaned_data
        if not said["hearing_on"]:
            return None
        at = timezone.localtime(said["hearing_on"], county_zone())
        return HearingFacts(said["court"], said["department"], at.date(), at.time())


class ArrestForm(NewStopForm):
    """An arrest, as an officer writes it."""

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["document_number"].label = _("Booking or report number")


class StopCorrectionForm(StopForm):
    """A citation or an arrest as it should read, and why."""

    reason = reason_field()
    field_order = (
        "document_number",
        "statute",
        "second_statute",
        "occurred_at",
        "place_words",
        "operation",
        "credited",
        "officer_title",
    )

    def __init__(self, data: Any = None, *, actor: Actor, stop: Citation | Arrest) -> None:
        self.record = stop
        self.further = tuple(stop.counts.values_list("statute__code", flat=True))[2:]
        super().__init__(data, actor=actor, initial=_said(actor, stop))
        self._open_place()

    def _open_place(self) -> None:
        """Offer the agency that is credited now, and the operations in sight; one out of sight is not offered anew."""
        credited, operation = self.fields["credited"], self.fields["operation"]
        credited.queryset |= Organization.objects.filter(pk=self.record.credited_id)
        operation.required, operation.empty_label = False, OUTSIDE
        operation.widget.attrs.pop("aria-required", None)
        kept = self.record.operation_id
        if kept is not None and not operation.queryset.filter(pk=kept).exists():
            del self.fields["operation"]

    def officer(self) -> Officer:
        """Give the officer: the account that made the record, unless another title or agency is chosen."""
        title, known = self.cleaned_data["officer_title"], self.record.officer
        is_same = title == self.record.officer_title and self.cleaned_data["credited"].pk == self.record.credited_id
        return Officer(known if is_same else None, title)

    def place(self) -> StopPlace:
        """Give the agency and the operation that were chosen, whether or not the record is there already.

        What a form says depends on what was sent alone: sent again after it moved the record, it says the same.
        """
        credited, operation = self.cleaned_data["credited"], self.cleaned_data.get("operation")
        is_asked = operation is None and "operation" in self.fields
        return StopPlace(credited, operation, campaign_on(self.actor, self.offense_on) if is_asked else None)

    def facts(self) -> StopCorrection:
        """Give what was typed as the verb takes it."""
        return StopCorrection(self.cleaned_data["reason"], self.stop(), self.place())


class VoidForm(VerbForm):
    """Why a citation or an arrest does not stand."""

    void_reason = forms.ChoiceField(label=_("Reason"), choices=VOID_REASONS)
    reason = reason_field(_("In words"))

    def facts(self) -> VoidFacts:
        """Give what was typed as the verb takes it."""
        return VoidFacts(VoidReason(self.cleaned_data["void_reason"]), self.cleaned_data["reason"])


def _said(actor: Actor, stop: Citation | Arrest) -> dict[str, Any]:
    codes = [*stop.counts.values_list("statute__code", flat=True), "", ""]
    names = ("document_number", "occurred_at", "place_words", "officer_title", "rights_explained", "document")
    return {
        **{name: getattr(stop, name) for name in names},
        "operation": stop.operation_id,
        "credited": stop.credited_id,
        "statute": codes[0],
        "second_statute": codes[1],
        "encounter": _reference(actor, Encounter, stop.encounter_id),
        "response": _reference(actor, Response, stop.response_id),
        "is_actual_minor": answer_of(stop.is_actual_minor),
        "is_portrayed_as_minor": answer_of(stop.is_portrayed_as_minor),
    }


def _reference(actor: Actor, model: Any, pk: uuid.UUID | None) -> str:
    """Give the reference of a record that the actor sees; nothing names one out of sight."""
    rows = model.objects.visible_to(actor).filter(pk=pk) if pk else model.objects.none()
    return rows.values_list("reference", flat=True).first() or ""


def _linked(actor: Actor, asked: Any) -> dict[str, Any]:
    """Fill in the records that a link named, if the actor sees them."""
    found = {}
    for name, model in (("encounter", Encounter), ("response", Response), ("subject", Subject)):
        try:
            pk = uuid.UUID(asked.get(name, ""))
        except ValueError:
            continue
        row = model.objects.visible_to(actor).filter(pk=pk).first()
        if row is not None:
            found[name] = row.reference
    return found
