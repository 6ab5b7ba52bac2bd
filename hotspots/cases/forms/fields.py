"""Fields that the forms of cases share."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind, Role
from hotspots.cases.models import Statute
from hotspots.cases.rules.kinds import AgeBand, Answer
from hotspots.operations.models import Operation
from look.widgets import Segments

NO_CLIENT = _("No facts about a client here.")
ANSWERS = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No")), (Answer.UNKNOWN.value, _("Unknown"))]
AGE_BANDS = [
    (AgeBand.ADULT.value, _("18 or over")),
    (AgeBand.MINOR.value, _("Under 18")),
    (AgeBand.UNKNOWN.value, _("Unknown")),
]
AGENCIES = (
    OrganizationKind.PROSECUTOR,
    OrganizationKind.SHERIFF,
    OrganizationKind.POLICE,
    OrganizationKind.HIGHWAY_PATROL,
    OrganizationKind.PAROLE,
    OrganizationKind.PROBATION,
    OrganizationKind.FEDERAL,
)
BOOLS = {Answer.YES.value: True, Answer.NO.value: False}


def needed_text(label: Any, sentence: Any, **more: Any) -> forms.CharField:
    """Make a text that is needed, with the sentence that says so."""
    return forms.CharField(label=label, error_messages={"required": sentence}, **more)


def answer_field(label: Any, *, help_text: Any = "", initial: str | None = Answer.UNKNOWN.value) -> forms.ChoiceField:
    """Make a question that is answered yes, no or unknown."""
    return forms.ChoiceField(label=label, choices=ANSWERS, widget=Segments, initial=initial, help_text=help_text)


def bool_of(answer: str) -> bool | None:
    """Give an answer as it is kept: unknown is nothing."""
    return BOOLS.get(answer)


def answer_of(value: bool | None) -> str:
    """Give a kept value as an answer."""
    return Answer.UNKNOWN.value if value is None else (Answer.YES.value if value else Answer.NO.value)


SAY_WHY = _("Say why. The reason is kept in the history.")
WHY_CORRECTED = _("Reason for the correction")


def reason_field(label: Any = WHY_CORRECTED) -> forms.CharField:
    """Make the field that asks why."""
    area = forms.Textarea(attrs={"rows": "3"})
    return needed_text(label, SAY_WHY, max_length=300, widget=area, help_text=NO_CLIENT)


def statute_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Make a choice among statutes; the verb decides which is in force, and says why one is not."""
    return forms.CharField(label=label, required=required, widget=forms.Select, help_text=help_text)


def statute_choices(rows: QuerySet[Statute], blank: Any) -> list[tuple[str, Any]]:
    """Give statutes as choices, each code once."""
    found = dict.fromkeys(rows.order_by("code", "-effective_from").values_list("code", flat=True))
    titles = dict(rows.order_by("effective_from").values_list("code", "short_title"))
    return [("", blank), *((code, f"{code} {titles[code]}") for code in found)]


def agencies_for(actor: Actor) -> QuerySet[Organization]:
    """Give the agencies for which the actor may record."""
    rows = Organization.objects.filter(organization_kind__in=AGENCIES)
    if actor.holds_countywide(Role.COORDINATOR, Role.PROSECUTOR):
        return rows
    return rows.filter(pk__in=actor.organizations(Role.OFFICER, Role.OPERATION_LEAD))


def operations_for(actor: Actor) -> QuerySet[Operation]:
    """Give the operations that the actor sees, the newest first."""
    return Operation.objects.visible_to(actor).order_by("-night_on", "number")


class OperationChoice(forms.ModelChoiceField):
    """A choice among operations, each with its night."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}, {obj.night_on:%b} {obj.night_on.day}, {obj.night_on.year}, {obj.place_words}"


class ReferenceField(forms.CharField):
    """A record by its reference, such as S-7K2M9X, or as pages name it; only among those the actor sees."""

    def __init__(self, *, noun: Any, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)
        self.noun, self.letter = noun, ""
        self.rows: QuerySet[Any] | None = None

    def offer(self, rows: QuerySet[Any], letter: str) -> None:
        """Take one of these records, whose references begin with the letter, and show how one of them is written."""
        self.rows, self.letter, said = rows, letter, self.help_text
        if self._has_titles or not said:
            example = cache(self._example)  # a page asks for its hints more than once
            self.help_text = lazy(lambda: " ".join(str(one) for one in (said, example()) if one), str)()

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        found: list[Any] = list(self.rows.filter(self._named(text))[:2]) if self.rows is not None else []
        if not found:
            raise forms.ValidationError(_("There is no such %(noun)s.") % {"noun": self.noun})
        if len(found) > 1:
            raise forms.ValidationError(
                _("Two records have this reference. Open the one you mean, and record from there.")
            )
        return found[0]

    def _named(self, text: str) -> Q:
        """Give the condition of a record that is called so: its reference, with or without its noun, or its title."""
        bare = text.upper().removeprefix(str(self.noun).upper()).strip().removeprefix(f"{self.letter}-")
        is_called = Q(reference=f"{self.letter}-{bare}")
        return is_called | Q(title__iexact=text) if self._has_titles else is_called

    @property
    def _has_titles(self) -> bool:
        return self.rows is not None and any(field.name == "title" for field in self.rows.model._meta.fields)

    def _example(self) -> str:
        """Show how one that exists may be written; where there is none yet, how a reference looks."""
        known = self.rows.defer("sealed").first() if self.rows is not None and self._has_titles else None
        if known is not None:
            return _("Such as %(reference)s or %(title)s.") % {"reference": known.reference, "title": known.title}
        one = self.rows.values_list("reference", flat=True).first() if self.rows is not None else None
        return _("Such as %(reference)s.") % {"reference": one or f"{self.letter}-7K2M9X"}
