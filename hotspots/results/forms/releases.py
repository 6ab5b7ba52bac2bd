"""The forms of a release."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.operations.models import Campaign
from hotspots.results.actions.correcting import NoteFacts
from hotspots.results.actions.drafting import BODY_CHARACTERS, TITLE_CHARACTERS, LiteralFacts, ReleaseFacts
from hotspots.results.actions.inviting import LONGEST_DAYS, InvitationFacts
from hotspots.results.actions.publishing import TIME_HAS_PASSED, PublishFacts
from hotspots.results.models import ReleaseVersion
from look.widgets import DayInput, MomentInput

TOKEN_BYTES = 32
NOTE_CHARACTERS = 1000


class SourceArea(forms.Textarea):
    """The Markdown of a release: fixed pitch, tall."""

    look_class = "mono"


class DraftForm(forms.Form):
    """A new release: about which campaign, under which headline."""

    use_required_attribute = False
    campaign = forms.ModelChoiceField(queryset=Campaign.objects.none(), label=_("Campaign"), empty_label=None)
    title = forms.CharField(
        label=_("Headline"),
        max_length=TITLE_CHARACTERS,
        error_messages={"required": _("Give the release a headline.")},
    )
    data_as_of_on = forms.DateField(
        label=_("Data as of"),
        widget=DayInput,
        required=False,
        help_text=_("The day up to which its figures count. Figures frozen as of that day are bound to the text."),
    )

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["campaign"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = campaigns

    def facts(self, body: str, literals: tuple[dict[str, str], ...]) -> ReleaseFacts:
        """Give what the form says."""
        said = self.cleaned_data
        return ReleaseFacts(said["title"], body, data_as_of_on=said["data_as_of_on"], literals=literals)


class ReleaseForm(forms.Form):
    """The text of a release, and the dates that stand on it."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Headline"),
        max_length=TITLE_CHARACTERS,
        error_messages={"required": _("Give the release a headline.")},
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=BODY_CHARACTERS,
        strip=False,
        widget=SourceArea(attrs={"rows": 24, "spellcheck": "true"}),
        error_messages={"required": _("Write the text of the release.")},
        help_text=_(
            "Markdown. {{ responses_to_ads }} is a figure, {{ responses_to_ads|words }} the same in words. "
            "# is the line under the headline, ## a heading, > a quotation whose last line is -- Speaker."
        ),
    )
    released_on = forms.DateField(label=_("Release date"), widget=DayInput, required=False)
    data_as_of_on = forms.DateField(label=_("Data as of"), widget=DayInput, required=False)
    operation_begins_on = forms.DateField(label=_("Operation begins"), widget=DayInput, required=False)
    operation_ends_on = forms.DateField(label=_("Operation ends"), widget=DayInput, required=False)
    note = forms.CharField(
        label=_("Note of the correction"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=NOTE_CHARACTERS,
        required=False,
        help_text=_("Everybody reads it on top of the corrected release."),
    )
    noted_on = forms.DateField(label=_("Date of the note"), widget=DayInput, required=False)
    based_on = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, version: ReleaseVersion) -> ReleaseForm:
        """Give the form of a version as it is kept."""
        names = ("title", "body", "released_on", "data_as_of_on", "operation_begins_on", "operation_ends_on")
        kept = {name: getattr(version, name) for name in (*names, "note", "noted_on")}
        return cls(initial={**kept, "based_on": version.saved_at.isoformat()})

    def clean_based_on(self) -> datetime | None:
        """Read the moment of the version that the editor started from."""
        try:
            return datetime.fromisoformat(self.cleaned_data["based_on"]) if self.cleaned_data["based_on"] else None
        except ValueError:
            return None

    def facts(self) -> ReleaseFacts:
        """Give what the form says; only that of a correction shows the note."""
        note = self.cleaned_data["note"] if "note" in self.data else None
        return ReleaseFacts(**{**self.cleaned_data, "note": note})


class LiteralForm(forms.Form):
    """A number that is typed, and where it comes from."""

    use_required_attribute = False
    text = forms.CharField(label=_("As written"), max_length=200)
    reason = forms.CharField(
        label=_("Where it comes from"), max_length=200, error_messages={"required": _("Say where this comes from.")}
    )

    def facts(self) -> LiteralFacts:
        """Give what the form says."""
        return LiteralFacts(self.cleaned_data["text"], self.cleaned_data["reason"])


class PublishForm(forms.Form):
    """When a release goes out."""

    use_required_attribute = False
    publish_at = forms.DateTimeField(
        label=_("At a set time"),
        widget=MomentInput,
        required=False,
        help_text=_("Leave it empty to publish at once."),
    )

    def clean_publish_at(self) -> datetime | None:
        """Refuse a time that has passed: it would publish at once."""
        at: datetime | None = self.cleaned_data["publish_at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(TIME_HAS_PASSED)
        return at

    def facts(self) -> PublishFacts:
        """Give what the form says."""
        return PublishFacts(publish_at=self.cleaned_data["publish_at"])


class NoteForm(forms.Form):
    """The note that everybody reads on top of a corrected or retracted release."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=NOTE_CHARACTERS,
        error_messages={"required": _("Say what everybody should know, in a sentence or two.")},
    )
    noted_on = forms.DateField(
        label=_("Date of the note"), widget=DayInput, required=False, help_text=_("Today, if left empty.")
    )

    def facts(self) -> NoteFacts:
        """Give what the form says."""
        return NoteFacts(self.cleaned_data["note"], self.cleaned_data["noted_on"])


class RetractForm(NoteForm):
    """The note of a retraction. It is sent twice: the second time after the reader saw what the public will read."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def digest(self) -> str:
        """Give what stands for the note and its date as they were sent."""
        said = self.cleaned_data
        return hashlib.sha256(f"{' '.join(said['note'].split())}\n{said['noted_on']}".encode()).hexdigest()

    @property
    def was_shown(self) -> bool:
        """Tell whether the public's view of exactly this note was shown before."""
        return bool(self.cleaned_data["shown"] == self.digest)

    def show(self) -> None:
        """Let the next sending stand on what is shown now."""
        self.data = {**self.data.dict(), self.add_prefix("shown"): self.digest}  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    """An invited reader, by office."""

    use_required_attribute = False
    reader_words = forms.CharField(
        label=_("Who is invited, by office"),
        max_length=120,
        error_messages={"required": _("Say who is invited, by office.")},
    )
    days = forms.IntegerField(label=_("For how many days it works"), min_value=1, max_value=LONGEST_DAYS, initial=3)

    def facts(self, now: datetime) -> InvitationFacts:
        """Give what the form says, with a new secret."""
        said = self.cleaned_data
        expires_at = now + timedelta(days=said["days"])
        return InvitationFacts(said["reader_words"], secrets.token_urlsafe(TOKEN_BYTES), expires_at)
