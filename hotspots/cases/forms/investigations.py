"""Forms of investigations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.cases.actions import (
    CloseFacts,
    InvestigationCorrection,
    InvestigationFacts,
    Officer,
    VoidInvestigationFacts,
)
from hotspots.cases.forms.fields import (
    OperationChoice,
    agencies_for,
    needed_text,
    operations_for,
    reason_field,
    statute_choices,
)
from hotspots.cases.forms.matters import day_field
from hotspots.cases.forms.places import OUTSIDE, campaign_on
from hotspots.cases.models import Investigation, Statute
from hotspots.operations.models import Operation
from hotspots.web.form_page import VerbForm


class InvestigationForm(VerbForm):
    """An investigation into offenses under named statutes. It names no person."""

    statute = forms.MultipleChoiceField(label=_("Statutes"), widget=forms.CheckboxSelectMultiple, required=False)
    opened_on = day_field(_("Opened on"))
    operation = OperationChoice(
        label=_("Came out of the operation"), queryset=Operation.objects.none(), required=False, empty_label=OUTSIDE
    )
    credited = forms.ModelChoiceField(label=_("Agency"), queryset=Organization.objects.none(), empty_label=None)
    officer_title = needed_text(_("Officer"), _("Say which officer opened it."), max_length=80)
    document_number = forms.CharField(label=_("Document number"), max_length=40, required=False)
    place_words = forms.CharField(label=_("Place in words"), max_length=160, required=False)

    FAMILIES = ("trafficking_of_a_minor", "trafficking", "pandering", "pimping", "contact_with_a_minor", "other")

    def __init__(self, data: Any = None, *, actor: Actor, asked: Any = None) -> None:
        self.actor = actor
        known = {"credited": actor.organization_id, "operation": (asked or {}).get("operation")}
        if actor.holds_any(Role.OFFICER):
            known["officer_title"] = actor.title
        super().__init__(data, initial=known)
        self.fields["operation"].queryset = operations_for(actor)
        self.fields["credited"].queryset = agencies_for(actor)
        rows = Statute.objects.filter(family__in=self.FAMILIES)
        self.fields["statute"].choices = statute_choices(rows, "")[1:]

    def setting(self) -> dict[str, Any]:
        """Give the agency, the operation and the campaign as the verb takes them."""
        operation = self.cleaned_data["operation"]
        campaign = None if operation else campaign_on(self.actor, self.cleaned_data["opened_on"])
        return {"credited": self.cleaned_data["credited"], "operation": operation, "campaign": campaign}

    def facts(self) -> InvestigationFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        title = said["officer_title"]
        return InvestigationFacts(
            codes=tuple(said["statute"]),
            opened_on=said["opened_on"],
            officer=Officer() if title == self.actor.title else Officer(title=title),
            document_number=said["document_number"],
            place_words=said["place_words"],
        )


class InvestigationCorrectionForm(InvestigationForm):
    """An investigation as it should read, and why; its agency and operation stay."""

    reason = reason_field()

    def __init__(self, data: Any = None, *, actor: Actor, investigation: Investigation) -> None:
        super().__init__(data, actor=actor)
        self.record = investigation
        names = ("opened_on", "officer_title", "document_number", "place_words")
        self.initial.update({name: getattr(investigation, name) for name in names})
        self.initial["statute"] = list(investigation.counts.values_list("statute__code", flat=True))
        del self.fields["operation"], self.fields["credited"]

    def facts(self) -> InvestigationCorrection:  # type: ignore[override]
        """Give what was typed as the verb takes it."""
        title = self.cleaned_data["officer_title"]
        is_same = title == self.record.officer_title
        officer = Officer(self.record.officer if is_same else None, title)
        return InvestigationCorrection(self.cleaned_data["reason"], replace(super().facts(), officer=officer))


class VoidInvestigationForm(VerbForm):
    """Why an investigation does not stand."""

    reason = reason_field(_("Why"))

    def facts(self) -> VoidInvestigationFacts:
        """Give what was typed as the verb takes it."""
        return VoidInvestigationFacts(self.cleaned_data["reason"])


class CloseForm(VerbForm):
    """When and why an investigation is closed."""

    closed_on = day_field(_("Closed on"))
    reason = reason_field(_("Why"))

    def facts(self) -> CloseFacts:
        """Give what was typed as the verb takes it."""
        return CloseFacts(self.cleaned_data["closed_on"], self.cleaned_data["reason"])
