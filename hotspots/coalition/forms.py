"""Forms of the coalition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind, OrganizationStatus
from hotspots.coalition.actions import ContactFacts, OrganizationFacts
from hotspots.coalition.models import Contact
from hotspots.web.form_page import VerbForm
from hotspots.web.tables import FilterForm
from look.widgets import DayInput

KIND_CHOICES = [(kind.value, kind.value.replace("_", " ").capitalize()) for kind in OrganizationKind]


class OrganizationForm(VerbForm):
    """Admit an organization."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(
        label=_("Short name"), max_length=40, help_text=_("What lists say, such as Sheriff or Millbrook PD.")
    )
    organization_kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose a kind")), *KIND_CHOICES])
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"), max_length=120, required=False, help_text=_("For agencies, such as City of Millbrook.")
    )
    joined_on = forms.DateField(
        label=_("Joined the coalition on"),
        required=False,
        widget=DayInput,
        help_text=_("Leave empty for an organization that takes part without being a member."),
    )

    def facts(self) -> OrganizationFacts:
        """Give what was typed as the verb takes it."""
        kept = self.cleaned_data
        return OrganizationFacts(
            name=kept["name"],
            short_name=kept["short_name"],
            organization_kind=OrganizationKind(kept["organization_kind"]),
            jurisdiction=kept["jurisdiction"],
            joined_on=kept["joined_on"],
        )


class ReasonForm(VerbForm):
    """Say why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("Kept in the history. No facts about a client here."),
    )


class MembershipForm(VerbForm):
    """Say when an organization joined."""

    joined_on = forms.DateField(label=_("Joined on"), widget=DayInput)


class LeavingForm(ReasonForm):
    """Say when and why an organization left."""

    left_on = forms.DateField(label=_("Left on"), widget=DayInput)
    field_order = ("left_on", "reason")

    def leaving(self) -> dict[str, Any]:
        """Give what was typed as the verb takes it."""
        return {name: self.cleaned_data[name] for name in ("left_on", "reason")}


class ContactForm(VerbForm):
    """A contact of an organization."""

    function = forms.CharField(
        label=_("Function"), max_length=80, help_text=_("A function, not a person: Watch commander.")
    )
    reached_by = forms.CharField(
        label=_("Reached by"), max_length=120, help_text=_("A number or address of the office, and when.")
    )
    for_what = forms.CharField(label=_("For what"), max_length=160, help_text=_("Such as calls at night."))

    def facts(self) -> ContactFacts:
        """Give what was typed as the verb takes it."""
        kept = self.cleaned_data
        return ContactFacts(function=kept["function"], reached_by=kept["reached_by"], for_what=kept["for_what"])


class ContactCorrectionForm(ContactForm):
    """A contact as it should read, and why it changes."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea, help_text=_("Kept in the history.")
    )

    @classmethod
    def of(cls, contact: Contact, data: Any) -> ContactCorrectionForm:
        """Give the form filled with what is recorded."""
        return cls(data, initial={name: getattr(contact, name) for name in ("function", "reached_by", "for_what")})


class OrganizationFilters(FilterForm):
    """Narrow the list of organizations."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KIND_CHOICES])
    member = forms.ChoiceField(
        label=_("Coalition"), required=False, choices=[("", _("All")), ("yes", _("Members")), ("no", _("Not members"))]
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *((status.value, status.value.capitalize()) for status in OrganizationStatus)],
    )
    name = forms.CharField(label=_("Name contains"), required=False, max_length=60)

    def narrow(self, rows: Any) -> Any:
        kept = self.cleaned_data
        if kept["kind"]:
            rows = rows.filter(organization_kind=kept["kind"])
        if kept["member"]:
            rows = rows.filter(joined_on__isnull=kept["member"] == "no")
        if kept["status"]:
            rows = rows.filter(status=kept["status"])
        return rows.filter(name__icontains=kept["name"]) if kept["name"] else rows


def kind_words(organization: Organization) -> str:
    """Write the kind of an organization."""
    return organization.organization_kind.replace("_", " ").capitalize()
