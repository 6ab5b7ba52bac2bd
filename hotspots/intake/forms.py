"""Forms of intake: lines, ads, exports, and what is decided about a response."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import OrganizationStatus, Role
from hotspots.evidence.forms import PersonChoice, UploadedForm
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Ad, Line
from hotspots.intake.rules.states import DismissalReason, LineKind, MarkSubject, Purpose, ReferralGround
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import AGENCY_KINDS
from look.widgets import MomentInput, NumberText, Segments

CHOOSE = _("Choose one")
REASONS = (
    (DismissalReason.WRONG_NUMBER, _("Wrong number")),
    (DismissalReason.SPAM, _("Spam")),
    (DismissalReason.ADVERTISER, _("Advertiser or site")),
    (DismissalReason.OFFICER, _("Officer or test")),
    (DismissalReason.NO_WORDS, _("No words at all")),
)
GROUNDS = (
    (ReferralGround.MAY_BE_MINOR, _("May be under 18")),
    (ReferralGround.IN_NEED_OF_HELP, _("May be a victim, or in need of help")),
)
SUBJECTS = (
    (MarkSubject.SEX, _("Sex")),
    (MarkSubject.PRICE, _("Price")),
    (MarkSubject.ACT, _("An act")),
    (MarkSubject.AGE, _("Age")),
)


def now_to_the_minute() -> Any:
    """Give the time now, in the county's zone, without seconds."""
    return timezone.localtime().replace(second=0, microsecond=0)


class PlainForm(forms.Form):
    """A form whose own rules speak; the browser's stay silent."""

    use_required_attribute = False

    def offer(self, name: str, rows: Any, initial: Any = None) -> None:
        """Offer rows in a choice."""
        field: Any = self.fields[name]
        field.queryset = rows
        field.initial = field.initial or initial


class LineForm(PlainForm):
    """A department line that is opened."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Agency"), empty_label=CHOOSE)
    label = forms.CharField(
        label=_("Name"), max_length=40, help_text=_("What the agency calls it, such as “A”. Pages then say “Line A”.")
    )
    line_kind = forms.ChoiceField(
        label=_("Kind"), choices=[(LineKind.PHONE, _("Phone")), (LineKind.ACCOUNT, _("Account"))], widget=Segments,
        initial=LineKind.PHONE,
    )  # fmt: skip
    address = forms.CharField(
        label=_("Number or account"), max_length=80, help_text=_("The department's own, such as 209-555-0104.")
    )
    opened_at = forms.DateTimeField(label=_("In use since"), widget=MomentInput)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        rows = Organization.objects.filter(organization_kind__in=AGENCY_KINDS, status=OrganizationStatus.ACTIVE)
        if not actor.holds_countywide(*KEEPERS):
            rows = rows.filter(pk__in=actor.organizations(*KEEPERS))
        self.offer("owner", rows, actor.organization_id)
        self.fields["opened_at"].initial = now_to_the_minute()


def approvers() -> Any:
    """Give the people who may have approved an ad."""
    roles = (Role.COORDINATOR, Role.PROSECUTOR, Role.OPERATION_LEAD)
    held = Grant.objects.in_force().filter(role__in=roles, user_id=OuterRef("pk"))
    rows = User.objects.filter(Exists(held), is_active=True).select_related("organization")
    return rows.order_by("organization__short_name", "title")


class AdForm(PlainForm):
    """A decoy ad as it ran. The text is hashed and let go: the record keeps its digest and its length."""

    line = forms.ModelChoiceField(Line.objects.none(), label=_("Line"), empty_label=CHOOSE)
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Campaign"), empty_label=CHOOSE)
    operation = forms.ModelChoiceField(
        Operation.objects.none(), label=_("Operation"), required=False, empty_label=_("None")
    )
    site_words = forms.CharField(label=_("Where it runs"), max_length=120, help_text=_("The site, in words."))
    text = forms.CharField(
        label=_("Text of the ad"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea,
        help_text=_(
            "Paste it as it ran. This program keeps its SHA-256 and its length, and not the text: "
            "keep that as evidence. No facts about a client here."
        ),
    )
    images = forms.CharField(
        label=_("Images by SHA-256"),
        required=False,
        widget=forms.Textarea(attrs={"class": "mono", "rows": 2}),
        help_text=_("One a line. No image is stored or shown here."),
    )
    portrayed_age = forms.IntegerField(label=_("Age that it portrays"), min_value=1, max_value=99, widget=NumberText)
    placed_at = forms.DateTimeField(label=_("Placed"), widget=MomentInput)
    withdrawn_at = forms.DateTimeField(
        label=_("Withdrawn"), widget=MomentInput, required=False, help_text=_("Leave it empty while it runs.")
    )
    approved_by = PersonChoice(User.objects.none(), label=_("Approved by"), empty_label=CHOOSE)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        self.offer("line", lines_for(actor))
        self.offer("campaign", Campaign.objects.visible_to(actor).order_by("-begins_on"))
        self.offer("operation", Operation.objects.visible_to(actor).order_by("-night_on", "number"))
        self.offer("approved_by", approvers())

    def clean_images(self) -> tuple[str, ...]:
        """Give the digests, one a line."""
        return tuple(re.sub(r"\s", "", row).lower() for row in self.cleaned_data["images"].splitlines() if row.strip())


def lines_for(actor: Actor) -> Any:
    """Give the lines that the actor keeps."""
    rows = Line.objects.visible_to(actor).select_related("owner").order_by("label")
    return rows if actor.holds_countywide(*KEEPERS) else rows.filter(owner_id__in=actor.organizations(*KEEPERS))


class WithdrawForm(PlainForm):
    """When an ad was withdrawn."""

    withdrawn_at = forms.DateTimeField(label=_("Withdrawn"), widget=MomentInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="withdraw")
        self.fields["withdrawn_at"].initial = now_to_the_minute()


class AdTimesForm(PlainForm):
    """The right times of an ad, and why they were wrong."""

    placed_at = forms.DateTimeField(label=_("Placed"), widget=MomentInput)
    withdrawn_at = forms.DateTimeField(
        label=_("Withdrawn"), widget=MomentInput, required=False, help_text=_("Leave it empty if it still runs.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Why the times were wrong. No facts about a client here.")
    )

    def __init__(self, data: Any = None, *, ad: Ad) -> None:
        super().__init__(data, initial={"placed_at": ad.placed_at, "withdrawn_at": ad.withdrawn_at}, prefix="times")


class ExportForm(UploadedForm):
    """A phone export that comes in: for which line, when, from whom."""

    line = forms.ModelChoiceField(
        Line.objects.none(),
        label=_("Line"),
        empty_label=CHOOSE,
        help_text=_("Whose phone it was taken from. The export belongs to the line's agency."),
    )
    field_order = ("file", "line", "received_at", "from_words", "custodian", "operation")
    owner = None  # type: ignore[assignment]  # Django: not this field of the base

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data, actor=actor)
        field: Any = self.fields["line"]
        field.queryset = lines_for(actor)


class PurposeForm(PlainForm):
    """Why a whole file leaves the program."""

    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[
            ("", CHOOSE),
            (Purpose.COURT, _("For court or discovery")),
            (Purpose.CHARGING, _("For a charging decision")),
            (Purpose.REVIEW, _("Case review")),
        ],
        help_text=_("The log keeps it with your name and the time."),
    )


class DismissForm(PlainForm):
    """Why a response does not count."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", CHOOSE), *REASONS],
        error_messages={"required": _("Choose a reason. A response cannot be dismissed without one.")},
    )


class ReferForm(PlainForm):
    """Why a sender is referred to advocates."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say on which ground. The advocate liaison sees it, and nobody else.")},
    )


class MarkForm(PlainForm):
    """What a message was the first to raise."""

    subject = forms.ChoiceField(
        label=_("First to raise"),
        choices=[("", CHOOSE), *SUBJECTS],
        error_messages={"required": _("Choose what it raises first.")},
    )


class TakeOverForm(PlainForm):
    """Which advocate took a referred sender over."""

    taken_over_by_words = forms.CharField(
        label=_("Advocate"),
        max_length=120,
        help_text=_("A title and an organization, such as “Advocate A, Harborlight Advocates”. No name."),
    )
