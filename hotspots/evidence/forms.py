"""Forms of evidence: a file or an object that comes in, a hand-over, a replacement, a download."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import OrganizationStatus, Role
from hotspots.evidence.actions.uploads import SENDERS
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import ItemKind, UploadState
from hotspots.operations.models import Operation
from hotspots.operations.rules import AGENCY_KINDS
from look.fields import error_texts
from look.widgets import MomentInput


def tell(form: forms.Form, refusal: errors.Refusal) -> None:
    """Write a verb's refusal beside the field it belongs to, or above the form."""
    field = getattr(refusal, "field", "") or getattr(refusal, "locator", "").removeprefix("field ")
    form.add_error(field if field in form.fields else None, refusal.sentence)


def owners_for(actor: Actor) -> QuerySet[Any]:
    """Give the agencies for which the actor may log evidence."""
    rows = Organization.objects.filter(organization_kind__in=AGENCY_KINDS, status=OrganizationStatus.ACTIVE)
    if actor.holds_countywide(*SENDERS):
        return rows
    return rows.filter(pk__in=actor.organizations(*SENDERS))


def custodians() -> QuerySet[Any]:
    """Give the people who may hold evidence."""
    held = Grant.objects.in_force().filter(role=Role.CUSTODIAN, user_id=OuterRef("pk"))
    rows = User.objects.filter(Exists(held), is_active=True).select_related("organization")
    return rows.order_by("organization__short_name", "title")


class PersonChoice(forms.ModelChoiceField):
    """A choice of people by title and agency."""

    def label_from_instance(self, obj: Any) -> str:
        """Give a person's title with the agency."""
        return str(obj.full_title)


class ArrivalForm(forms.Form):
    """How something came: whose it is, when, from whom, and who holds it now."""

    use_required_attribute = False

    owner = forms.ModelChoiceField(
        Organization.objects.none(), label=gettext_lazy("Agency it belongs to"), empty_label=gettext_lazy("Choose one")
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("When it came"), widget=MomentInput, help_text=gettext_lazy("Day and time, county time.")
    )
    from_words = forms.CharField(
        label=gettext_lazy("From whom"),
        max_length=120,
        help_text=gettext_lazy(
            "A role and an agency, such as “message operator, Sheriff”. No facts about a client here."
        ),
    )
    custodian = PersonChoice(
        User.objects.none(), label=gettext_lazy("Custodian now"), empty_label=gettext_lazy("Choose one")
    )
    operation = forms.ModelChoiceField(
        Operation.objects.none(), label=gettext_lazy("Operation"), required=False, empty_label=gettext_lazy("None")
    )

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        owners = owners_for(actor)
        self._choose("owner", owners, actor.organization_id)
        self._choose("custodian", custodians(), actor.user_id if actor.holds_any(Role.CUSTODIAN) else None)
        if "operation" in self.fields:
            rows = Operation.objects.visible_to(actor).order_by("-night_on", "number")
            self._choose("operation", rows, None)
        self.fields["received_at"].initial = timezone.localtime().replace(second=0, microsecond=0)

    def _choose(self, name: str, rows: Any, initial: Any) -> None:
        if name not in self.fields:
            return
        field: Any = self.fields[name]
        field.queryset = rows
        field.initial = initial


class SentFile(forms.FileField):
    """A file that is needed, and never comes with the form: its bytes were sent by parts before."""

    def clean(self, data: Any, initial: Any = None) -> None:
        """Leave it to the form, which knows the upload."""


class UploadedForm(ArrivalForm):
    """A form with a file that came by parts: the form carries the id of its upload."""

    # A plain control without the preview that the widget library would draw: no picture is rendered here.
    file = SentFile(label=gettext_lazy("File"), widget=forms.FileInput(attrs={"class": "usa-input"}))
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def clean_upload(self) -> Upload | None:
        """Give the upload, if its bytes have all come."""
        pk: uuid.UUID | None = self.cleaned_data.get("upload")
        if pk is None:
            return None
        states = (UploadState.OPEN, UploadState.WHOLE)
        rows = Upload.objects.visible_to(self.actor).filter(pk=pk, state__in=states).select_related("blob", "owner")
        row = rows.first()
        return row if row is not None and row.received_bytes == row.size_bytes else None

    def clean(self) -> dict[str, Any]:
        """Ask for a file where none has come."""
        cleaned = super().clean() or {}
        if cleaned.get("upload") is None:
            self.add_error("file", _("Choose a file and wait until it has been sent."))
        return cleaned

    @property
    def upload_row(self) -> Upload | None:
        """Give the upload that has come whole, so that a form with an error elsewhere keeps it."""
        return self.cleaned_data.get("upload") if self.is_bound and hasattr(self, "cleaned_data") else None

    def checks_before_sending(self) -> dict[str, list[str]]:
        """Give the errors of the fields beside the file, before a byte is sent."""
        beside = [name for name in self.errors if name not in {"file", "upload", "sha256"}]
        return {name: list(error_texts(self[name])) for name in beside}


class FileForm(UploadedForm):
    """A digital item other than a phone export."""

    description = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as “video of the lobby, camera 2”. No facts about a client here."),
    )

    field_order = ("file", "owner", "description", "received_at", "from_words", "custodian", "operation")


class ObjectForm(ArrivalForm):
    """A physical item under a seal."""

    description = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=300,
        help_text=gettext_lazy("Such as “phone, black, cracked glass”. No facts about a client here."),
    )
    seal_number = forms.CharField(label=gettext_lazy("Seal number"), max_length=60)

    field_order = ("description", "seal_number", "owner", "received_at", "from_words", "custodian", "operation")


class TransferForm(forms.Form):
    """A hand-over to another custodian."""

    use_required_attribute = False

    to = PersonChoice(User.objects.none(), label=gettext_lazy("To"), empty_label=gettext_lazy("Choose one"))
    moved_at = forms.DateTimeField(label=gettext_lazy("When"), widget=MomentInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("No facts about a client here.")
    )
    seal_number = forms.CharField(label=gettext_lazy("Seal number now"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, item: Item) -> None:
        super().__init__(data)
        field: Any = self.fields["to"]
        field.queryset = custodians().exclude(pk=item.custodian_id)
        self.fields["moved_at"].initial = timezone.localtime().replace(second=0, microsecond=0)
        if item.item_kind == ItemKind.DIGITAL:
            del self.fields["seal_number"]


class ReplaceForm(forms.Form):
    """Which item replaces this one, and why."""

    use_required_attribute = False

    replacement = forms.ModelChoiceField(
        Item.objects.none(), label=gettext_lazy("Replaced by"), empty_label=gettext_lazy("Choose one")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Such as “the copy was cut off”. No facts about a client here."),
    )

    def __init__(self, data: Any = None, *, actor: Actor, item: Item) -> None:
        super().__init__(data)
        rows = Item.objects.visible_to(actor).filter(owner_id=item.owner_id, item_kind=item.item_kind)
        field: Any = self.fields["replacement"]
        field.queryset = rows.filter(replaced_by__isnull=True).exclude(pk=item.pk).order_by("-received_at")


class DownloadForm(forms.Form):
    """Why a whole file leaves the program."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy(
            "Such as “discovery in the matter of Subject 014”. The log keeps that you took the file."
        ),
    )
