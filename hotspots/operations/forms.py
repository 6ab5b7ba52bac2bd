"""Forms of campaigns and operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.operations.actions import CampaignFacts, OperationFacts
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.queries import agencies, with_agency
from hotspots.operations.rules import OperationKind
from hotspots.web.county import county_zone
from hotspots.web.county_map import place_names
from hotspots.web.form_page import VerbForm
from hotspots.web.tables import FilterForm
from look.widgets import DayInput, MomentInput, NumberText

KIND_CHOICES = [(kind.value, kind.value.capitalize()) for kind in OperationKind]
NO_CLIENT = _("No facts about a client here.")


def reason_field() -> forms.CharField:
    """Make the field that asks why something is corrected."""
    return forms.CharField(
        label=_("Reason for the correction"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("Kept in the history, with what was recorded before."),
    )


class CampaignForm(VerbForm):
    """A campaign: name, dates, area in words."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as Operation: Hot Spots 2021."))
    ordinal = forms.IntegerField(
        label=_("Ordinal"), required=False, widget=NumberText, help_text=_("5 for the 5th annual campaign.")
    )
    begins_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    area_words = forms.CharField(label=_("Area in words"), max_length=200, help_text=_("Such as All of Alder County."))

    def facts(self) -> CampaignFacts:
        """Give what was typed as the verb takes it."""
        names = ("name", "begins_on", "ends_on", "area_words", "ordinal")
        return CampaignFacts(**{name: self.cleaned_data[name] for name in names})


class NewCampaignForm(CampaignForm):
    """Open a campaign."""

    key = forms.CharField(
        label=_("Key"),
        max_length=60,
        help_text=_("Part of the public address, such as hot-spots-2021. It never changes."),
    )
    lead = forms.ModelChoiceField(
        label=_("Lead agency"), queryset=Organization.objects.none(), empty_label=_("Choose an agency")
    )
    field_order = ("name", "ordinal", "begins_on", "ends_on", "area_words", "lead", "key")

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data, initial={"lead": actor.organization_id})
        self.fields["lead"].queryset = agencies()


class CampaignCorrectionForm(CampaignForm):
    """A campaign as it should read, and why."""

    reason = reason_field()

    @classmethod
    def of(cls, campaign: Campaign, data: Any) -> CampaignCorrectionForm:
        """Give the form filled with what is recorded."""
        names = ("name", "ordinal", "begins_on", "ends_on", "area_words")
        return cls(data, initial={name: getattr(campaign, name) for name in names})


class OperationForm(VerbForm):
    """An operation that was held."""

    lead = forms.ModelChoiceField(
        label=_("Lead agency"), queryset=Organization.objects.none(), empty_label=_("Choose an agency")
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Partner agencies"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kind"), choices=KIND_CHOICES, widget=forms.CheckboxSelectMultiple, help_text=_("One or more.")
    )
    night_on = forms.DateField(
        label=_("Operation night"), widget=DayInput, help_text=_("The date on which it began, past midnight too.")
    )
    place_words = forms.CharField(
        label=_("Place in words"), max_length=160, help_text=_("Such as Poplar Avenue, Alder City.")
    )
    place_name = forms.ChoiceField(
        label=_("City or community"), help_text=_("Where the map marks it: the place, never a point.")
    )
    began_at = forms.DateTimeField(label=_("Began"), required=False, widget=MomentInput)
    ended_at = forms.DateTimeField(label=_("Ended"), required=False, widget=MomentInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea, help_text=NO_CLIENT)

    def __init__(self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        leads = agencies()
        if not actor.holds_countywide(Role.COORDINATOR):
            mine = actor.organizations(Role.OPERATION_LEAD)
            recorded = [initial["lead"]] if initial and "lead" in initial else []
            leads = leads.filter(pk__in=[*mine, *recorded])
        self.fields["lead"].queryset = leads
        self.fields["partners"].queryset = agencies()
        known = place_names()
        if known:
            choices = [("", _("Choose a place")), *((name, name) for name in known)]
            self.fields["place_name"].choices = choices
        else:
            self.fields["place_name"] = forms.CharField(label=_("City or community"), max_length=80)

    def facts(self) -> OperationFacts:
        """Give what was typed as the verb takes it."""
        kept = self.cleaned_data
        return OperationFacts(
            kinds=tuple(OperationKind(kind) for kind in kept["kinds"]),
            night_on=kept["night_on"],
            place_words=kept["place_words"],
            place_name=kept["place_name"],
            partners=tuple(kept["partners"]),
            began_at=kept["began_at"],
            ended_at=kept["ended_at"],
            note=kept["note"],
        )


class OperationCorrectionForm(OperationForm):
    """An operation as it should read, and why."""

    reason = reason_field()

    @classmethod
    def of(cls, operation: Operation, data: Any, *, actor: Actor) -> OperationCorrectionForm:
        """Give the form filled with what is recorded."""
        partners = [partner.organization_id for partner in operation.partners.all()]
        names = ("kinds", "night_on", "place_words", "place_name", "note")
        initial = {name: getattr(operation, name) for name in names}
        times = {"began_at": _local(operation.began_at), "ended_at": _local(operation.ended_at)}
        return cls(data, actor=actor, initial={**initial, **times, "lead": operation.lead_id, "partners": partners})


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at, county_zone()) if at else None


class OperationFilters(FilterForm):
    """Narrow the list of operations."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label=_("All campaigns")
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Organization.objects.none(), required=False, empty_label=_("All agencies")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *KIND_CHOICES], required=False)
    place = forms.CharField(label=_("Place contains"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, actor: Actor, prefix: str | None = None) -> None:
        super().__init__(data, actor=actor, prefix=prefix)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(actor)
        self.fields["agency"].queryset = Organization.objects.visible_to(actor)

    def narrow(self, rows: Any) -> Any:
        kept = self.cleaned_data
        if kept.get("campaign"):
            rows = rows.filter(campaign=kept["campaign"])
        if kept["agency"]:
            rows = with_agency(rows, kept["agency"].pk)
        if kept["kind"]:
            # A JSON list of four known words: the quotes keep one word from being found in another.
            rows = rows.filter(kinds__icontains=f'"{kept["kind"]}"')
        return rows.filter(place_words__icontains=kept["place"]) if kept["place"] else rows


class CampaignOperationFilters(OperationFilters):
    """Narrow the list of one campaign's operations."""

    campaign = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, actor: Actor, prefix: str | None = None) -> None:
        FilterForm.__init__(self, data, actor=actor, prefix=prefix)
        self.fields["agency"].queryset = Organization.objects.visible_to(actor)
