"""Forms of matters, charges and hearings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.cases.actions import (
    AmendFacts,
    ChargeFacts,
    DeclineFacts,
    DismissFacts,
    HearingCorrection,
    HearingFacts,
    OutcomeFacts,
    SubmitFacts,
    VoidChargeFacts,
    VoidMatterFacts,
)
from hotspots.cases.forms.fields import (
    NO_CLIENT,
    ReferenceField,
    answer_field,
    bool_of,
    needed_text,
    reason_field,
    statute_choices,
    statute_field,
)
from hotspots.cases.models import Charge, Hearing, Investigation, Matter, Statute, Subject
from hotspots.cases.rules.dates import local_day
from hotspots.cases.rules.kinds import DeclineReason, HearingKind, HearingOutcome, words_of
from hotspots.web.county import county_now, county_zone
from hotspots.web.form_page import VerbForm
from look.widgets import DayInput, TimeInput

DECLINES = [("", _("Choose one")), *((one.value, words_of(one.value).capitalize()) for one in DeclineReason)]
HEARING_KINDS = [(one.value, words_of(one.value).capitalize()) for one in HearingKind]
OUTCOMES = [("", _("Choose one")), *((one.value, words_of(one.value).capitalize()) for one in HearingOutcome)]
OUTCOMES_WHEN_VOID = [pair for pair in OUTCOMES if pair[0] in ("", HearingOutcome.VACATED)]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Make a day, today unless another is typed."""
    return forms.DateField(label=label, widget=DayInput, initial=timezone.localdate, **more)


class VoidChargeForm(VerbForm):
    """Why a charge was entered in error."""

    reason = reason_field(_("Why"))

    def facts(self) -> VoidChargeFacts:
        """Give what was typed as the verb takes it."""
        return VoidChargeFacts(self.cleaned_data["reason"])


class VoidMatterForm(VerbForm):
    """Why a matter was submitted in error."""

    reason = reason_field(_("Why"))

    def facts(self) -> VoidMatterFacts:
        """Give what was typed as the verb takes it."""
        return VoidMatterFacts(self.cleaned_data["reason"])


class SubmitForm(VerbForm):
    """When a matter is submitted; of an investigation, about whom."""

    submitted_on = day_field(_("Submitted on"))
    person = ReferenceField(label=_("About the subject"), noun=_("subject"))

    def __init__(self, data: Any = None, *, actor: Actor, source: Any) -> None:
        super().__init__(data)
        if isinstance(source, Investigation):
            self.fields["person"].offer(Subject.objects.visible_to(actor), "S")
        else:
            del self.fields["person"]

    def facts(self) -> SubmitFacts:
        """Give what was typed as the verb takes it."""
        return SubmitFacts(self.cleaned_data["submitted_on"])


class DeclineForm(VerbForm):
    """When and why a matter is declined."""

    declined_on = day_field(_("Declined on"))
    decline_reason = forms.ChoiceField(label=_("Reason"), choices=DECLINES)
    reason = forms.CharField(label=_("In words"), max_length=300, required=False, help_text=NO_CLIENT)

    def facts(self) -> DeclineFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return DeclineFacts(said["declined_on"], DeclineReason(said["decline_reason"]), said["reason"])


class MinorFacts(VerbForm):
    """The two facts about a minor, which lead to different charges."""

    is_actual_minor = answer_field(_("Was the person bought, sold or solicited really a minor?"))
    is_portrayed_as_minor = answer_field(_("Was the person portrayed as a minor?"), help_text=_("By an ad or a decoy."))

    def minors(self) -> dict[str, bool | None]:
        """Give the two facts as a verb takes them."""
        names = ("is_actual_minor", "is_portrayed_as_minor")
        return {name: bool_of(self.cleaned_data[name]) for name in names}


class ChargeForm(MinorFacts):
    """One count, under a statute in force on the day of the offense."""

    statute = statute_field(
        _("Statute"), help_text=_("In force on the day of the offense; none is approved by counsel yet.")
    )
    offense_on = forms.DateField(label=_("Day of the offense"), widget=DayInput)
    filed_on = day_field(_("Filed on"))
    case_number = forms.CharField(label=_("Case number"), max_length=40, required=False)
    field_order = ("statute", "offense_on", "is_actual_minor", "is_portrayed_as_minor", "filed_on", "case_number")

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        at = getattr(matter.source, "occurred_at", None)
        on = local_day(at, county_zone()) if at else matter.night_on
        super().__init__(data, initial={"offense_on": on, "case_number": matter.case_number})
        rows = Statute.objects.all() if data else Statute.objects.in_force(on)
        self.fields["statute"].widget.choices = statute_choices(rows, _("Choose one"))

    def facts(self) -> ChargeFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return ChargeFacts(said["statute"], said["offense_on"], said["filed_on"], said["case_number"], **self.minors())


class AmendForm(MinorFacts):
    """Into which statute a charge is amended."""

    statute = statute_field(_("Amended into"))
    amended_on = day_field(_("Amended on"))
    reason = reason_field(_("Why"))
    field_order = ("statute", "is_actual_minor", "is_portrayed_as_minor", "amended_on", "reason")

    def __init__(self, data: Any = None, *, charge: Charge) -> None:
        super().__init__(data)
        rows = Statute.objects.in_force(charge.offense_on).exclude(pk=charge.statute_id)
        self.fields["statute"].widget.choices = statute_choices(rows, _("Choose one"))

    def facts(self) -> AmendFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return AmendFacts(said["statute"], said["amended_on"], said["reason"], **self.minors())


class DismissForm(VerbForm):
    """When and why a charge was dismissed."""

    dismissed_on = day_field(_("Dismissed on"))
    reason = reason_field(_("Why"))

    def facts(self) -> DismissFacts:
        """Give what was typed as the verb takes it."""
        return DismissFacts(self.cleaned_data["dismissed_on"], self.cleaned_data["reason"])


class HearingForm(VerbForm):
    """Where and when a court hears a record, in the county's time."""

    hearing_on = forms.DateField(label=_("Day"), widget=DayInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    department = forms.CharField(label=_("Department"), max_length=40, required=False)
    court = needed_text(_("Court"), _("Say which court."), max_length=120)
    hearing_kind = forms.ChoiceField(label=_("Kind"), choices=HEARING_KINDS)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        county = county_now()
        super().__init__(data, initial={"court": f"{county.name} Superior Court" if county else ""} | (initial or {}))

    def hearing(self) -> HearingFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        kind = HearingKind(said["hearing_kind"])
        return HearingFacts(said["court"], said["department"], said["hearing_on"], said["time"], kind)


class HearingCorrectionForm(HearingForm):
    """A hearing as it should read, and why."""

    reason = reason_field()

    @classmethod
    def of(cls, hearing: Hearing, data: Any) -> HearingCorrectionForm:
        """Give the form filled with what is recorded."""
        names = ("court", "department", "hearing_on", "hearing_kind")
        at = timezone.localtime(hearing.starts_at, county_zone()).time()
        return cls(data, initial={**{name: getattr(hearing, name) for name in names}, "time": at})

    def facts(self) -> HearingCorrection:
        """Give what was typed as the verb takes it."""
        return HearingCorrection(self.cleaned_data["reason"], self.hearing())


class OutcomeForm(VerbForm):
    """What became of a hearing."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES)

    def __init__(self, data: Any = None, *, hearing: Hearing) -> None:
        super().__init__(data)
        if hearing.of_record.is_void:
            self.fields["outcome"].choices = OUTCOMES_WHEN_VOID

    def facts(self) -> OutcomeFacts:
        """Give what was chosen as the verb takes it."""
        return OutcomeFacts(HearingOutcome(self.cleaned_data["outcome"]))
