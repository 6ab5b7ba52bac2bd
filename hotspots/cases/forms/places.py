"""Whose a record is, when and where it was made: the part that a form fills in by itself."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.cases.actions import Officer
from hotspots.cases.forms.fields import OperationChoice, agencies_for, needed_text, operations_for
from hotspots.cases.rules.dates import check_within_night
from hotspots.errors import RuleBroken
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import CampaignState
from hotspots.web.county import county_zone
from hotspots.web.form_page import VerbForm
from look.widgets import MomentInput

OUTSIDE = _("Outside of an operation")
CHOOSE_OPERATION = _("Choose the operation")
NO_CAMPAIGN = _(
    "No campaign covers this day. Choose the operation it belongs to, or ask the coordinator to open a campaign."
)


class PlacedForm(VerbForm):
    """A form of a record made by an agency, in an operation or outside of one."""

    occurred_at = forms.DateTimeField(label=_("When"), widget=MomentInput)
    operation = OperationChoice(
        label=_("Operation"), queryset=Operation.objects.none(), required=False, empty_label=OUTSIDE
    )
    credited = forms.ModelChoiceField(label=_("Agency"), queryset=Organization.objects.none(), empty_label=None)
    place_words = needed_text(_("Place in words"), _("Say where, in words."), max_length=160)
    officer_title = needed_text(_("Officer"), _("Say which officer made it."), max_length=80)

    GIVEN = ("occurred_at", "operation", "credited", "place_words", "officer_title")

    def __init__(
        self, data: Any = None, *, actor: Actor, asked: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        self.actor = actor
        operation = _operation_asked(actor, asked or {}) or _operation_now(actor)
        super().__init__(data, initial=known_of(actor, operation) | (initial or {}))
        self.fields["operation"].queryset = operations_for(actor)
        self.fields["credited"].queryset = agencies_for(actor)
        if campaign_on(actor, self.given_on) is None:
            _require_operation(self.fields["operation"])

    @property
    def is_given(self) -> bool:
        """Tell whether all that the form fills in is known and without an error."""
        filled = all(self[name].value() for name in self.GIVEN)
        return filled and not any(self[name].errors for name in self.GIVEN)

    @property
    def given_at(self) -> datetime | None:
        """Give the moment that is filled in."""
        value = self["occurred_at"].value()
        if isinstance(value, str):
            try:
                value = self.fields["occurred_at"].clean(value)
            except forms.ValidationError:
                return None
        # What a form shows is the county's own time, without a zone.
        return timezone.make_aware(value, county_zone()) if value and timezone.is_naive(value) else value

    @property
    def given_on(self) -> date:
        """Give the day of the offense that is filled in, or today."""
        return timezone.localtime(self.given_at or timezone.now(), county_zone()).date()

    @property
    def is_now(self) -> bool:
        at = self.given_at
        return at is not None and abs((timezone.now() - at).total_seconds()) < 120

    def officer(self) -> Officer:
        """Give who made the record, as the verb takes it."""
        title = self.cleaned_data["officer_title"]
        return Officer() if title == self.actor.title else Officer(title=title)

    def setting(self) -> dict[str, Any]:
        """Give the agency and the operation as the verb takes them."""
        operation = self.cleaned_data["operation"]
        campaign = None if operation else campaign_on(self.actor, self.offense_on)
        return {"credited": self.cleaned_data["credited"], "operation": operation, "campaign": campaign}

    @property
    def offense_on(self) -> date:
        """Give the county's day of the moment that was typed."""
        return timezone.localtime(self.cleaned_data["occurred_at"], county_zone()).date()


def campaign_on(actor: Actor, on: date) -> Campaign | None:
    """Give the open campaign of a day, for what was done outside of an operation."""
    rows = Campaign.objects.visible_to(actor).filter(state=CampaignState.OPEN)
    return rows.filter(begins_on__lte=on, ends_on__gte=on).first()


def known_of(actor: Actor, operation: Operation | None) -> dict[str, Any]:
    """Give what is known before anybody types: the time, the operation, its place, the agency, the officer."""
    now = timezone.now().replace(second=0, microsecond=0)
    known: dict[str, Any] = {"occurred_at": now, "credited": actor.organization_id}
    if operation is not None:
        known |= {"operation": operation.pk, "place_words": operation.place_words}
        known["occurred_at"] = now if _is_in_night(operation, now) else operation.began_at
    if actor.holds_any(Role.OFFICER):
        known["officer_title"] = actor.title
    return known


def _operation_asked(actor: Actor, asked: Any) -> Operation | None:
    try:
        pk = uuid.UUID(asked.get("operation", ""))
    except ValueError:
        return None
    return operations_for(actor).filter(pk=pk).first()


def _operation_now(actor: Actor) -> Operation | None:
    """Give the operation that the actor's agency took part in last, if its night is today or yesterday."""
    if actor.organization_id is None:
        return None
    today = timezone.localdate(timezone=county_zone())
    nights = operations_for(actor).filter(night_on__gte=today - timedelta(days=1), night_on__lte=today)
    taken = nights.filter(Operation.taking_part([actor.organization_id]))
    return taken.order_by("-night_on", "-number").first()


def _require_operation(field: Any) -> None:
    """Ask for the operation: outside of one, a record belongs to the campaign of its day, and there is none."""
    field.required, field.empty_label = True, CHOOSE_OPERATION
    field.error_messages["required"] = NO_CAMPAIGN
    field.widget.attrs["aria-required"] = "true"


def _is_in_night(operation: Operation, at: datetime) -> bool:
    try:
        check_within_night(at, operation.night_on, county_zone())
    except RuleBroken:
        return False
    return True
