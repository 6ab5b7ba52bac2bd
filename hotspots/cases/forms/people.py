"""Forms of encounters and subjects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.cases.actions import (
    EncounterCorrection,
    EncounterFacts,
    Officer,
    OpenFacts,
    OpenPurpose,
    PersonFacts,
    SubjectCorrection,
    VoidEncounterFacts,
)
from hotspots.cases.forms.fields import (
    AGE_BANDS,
    ANSWERS,
    NO_CLIENT,
    OperationChoice,
    ReferenceField,
    agencies_for,
    answer_field,
    operations_for,
    reason_field,
)
from hotspots.cases.forms.places import OUTSIDE, PlacedForm
from hotspots.cases.forms.stops import BASES
from hotspots.cases.models import Encounter, Subject
from hotspots.cases.rules.kinds import (
    AdvocateOffer,
    AgeBand,
    Answer,
    EncounterBasis,
    IdentificationBasis,
    TreatedAs,
    words_of,
)
from hotspots.cases.rules.questions import QUESTION_KEYS, QUESTIONS
from hotspots.operations.models import Operation
from hotspots.web.form_page import VerbForm
from look.widgets import DayInput, Segments

ENCOUNTER_BASES = [(basis.value, words_of(basis.value).capitalize()) for basis in EncounterBasis]
OFFERS = [
    (AdvocateOffer.ACCEPTED.value, _("Accepted")),
    (AdvocateOffer.DECLINED.value, _("Declined")),
    (AdvocateOffer.NOT_OFFERED.value, _("Not offered")),
]
TREATED = [
    (TreatedAs.UNDECIDED.value, _("Not decided")),
    (TreatedAs.VICTIM.value, _("A victim")),
    (TreatedAs.WITNESS.value, _("A witness")),
]
PURPOSES = [("", _("Choose one")), *((one.value, words_of(one.value).capitalize()) for one in OpenPurpose)]


class EncounterForm(PlacedForm):
    """An encounter, with the seven questions of PC 236.2; there is no score."""

    basis = forms.ChoiceField(label=_("On what basis"), choices=ENCOUNTER_BASES, initial=EncounterBasis.DETENTION.value)
    subject = ReferenceField(label=_("Subject"), noun=_("subject"), help_text=_("Only if the person is one already."))
    words = forms.CharField(
        label=_("In words"), max_length=1000, required=False, widget=forms.Textarea, help_text=_("Sealed.")
    )
    rights_explained = answer_field(_("Rights explained"), initial=None)
    advocate = forms.ChoiceField(label=_("An advocate was offered"), choices=OFFERS, widget=Segments)
    treated_as = forms.ChoiceField(
        label=_("The person is treated as"),
        choices=TREATED,
        widget=Segments,
        initial=TreatedAs.UNDECIDED.value,
        help_text=_("Whoever is treated as a victim is never a subject."),
    )

    def __init__(
        self, data: Any = None, *, actor: Actor, asked: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, actor=actor, asked=asked, initial=initial)
        self.fields["subject"].offer(Subject.objects.visible_to(actor), "S")
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=question.words, choices=ANSWERS, widget=Segments, required=False
            )

    @property
    def questions(self) -> list[Any]:
        """Give the seven questions as fields."""
        return [self[key] for key in QUESTION_KEYS]

    def facts(self) -> EncounterFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return EncounterFacts(
            occurred_at=said["occurred_at"],
            place_words=said["place_words"],
            basis=EncounterBasis(said["basis"]),
            answers={key: Answer(said[key]) for key in QUESTION_KEYS if said[key]},
            words=said["words"],
            rights_explained=Answer(said["rights_explained"]),
            advocate=AdvocateOffer(said["advocate"]),
            treated_as=TreatedAs(said["treated_as"]),
            officer=self.officer(),
            subject=said["subject"],
        )


class EncounterCorrectionForm(EncounterForm):
    """An encounter as it should read, and why; its operation, its agency and the sealed words stay."""

    reason = reason_field()

    def __init__(self, data: Any = None, *, actor: Actor, encounter: Encounter) -> None:
        self.record = encounter
        names = ("occurred_at", "place_words", "officer_title", "basis", "rights_explained", "advocate", "treated_as")
        known = {name: getattr(encounter, name) for name in (*names, *QUESTION_KEYS)}
        person = Subject.objects.visible_to(actor).filter(pk=encounter.subject_id).first()
        # With the form, not after it: a field that was read already keeps what it was given first.
        super().__init__(data, actor=actor, initial=known | {"subject": person.reference if person else ""})
        del self.fields["operation"], self.fields["credited"], self.fields["words"]
        self.order_fields([name for name in self.fields if name != "reason"])

    def officer(self) -> Officer:
        """Give the officer: the account that made the record, unless another title is typed."""
        title = self.cleaned_data["officer_title"]
        return Officer(self.record.officer if title == self.record.officer_title else None, title)

    def facts(self) -> EncounterCorrection:  # type: ignore[override]
        """Give what was typed as the verb takes it."""
        self.cleaned_data["words"] = ""
        at = self.record.occurred_at
        if self.cleaned_data["occurred_at"] == at.replace(second=0, microsecond=0):
            self.cleaned_data["occurred_at"] = at  # the form shows minutes alone
        return EncounterCorrection(self.cleaned_data["reason"], super().facts())


class VoidEncounterForm(VerbForm):
    """Why an encounter does not stand."""

    reason = reason_field(_("Why"))

    def facts(self) -> VoidEncounterFacts:
        """Give what was typed as the verb takes it."""
        return VoidEncounterFacts(self.cleaned_data["reason"])


class PersonForm(VerbForm):
    """What is known of a person; the identity is sealed."""

    title = forms.CharField(
        label=_("Title"), max_length=40, required=False, help_text=_("As pages name the person, such as Subject 014.")
    )
    basis = forms.ChoiceField(
        label=_("Identified by"), choices=BASES, help_text=_("A message alone identifies nobody.")
    )
    age_band = forms.ChoiceField(label=_("Age"), choices=AGE_BANDS, widget=Segments, initial=AgeBand.UNKNOWN.value)
    identified_on = forms.DateField(label=_("Identified on"), widget=DayInput, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Sealed under a key of its own.")
    )
    birth_on = forms.DateField(label=_("Birth date"), widget=DayInput, required=False, help_text=_("Sealed."))
    words = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": "3"}), help_text=NO_CLIENT
    )

    def person(self) -> PersonFacts:
        """Give what was typed as the verb takes it."""
        said = self.cleaned_data
        return PersonFacts(
            basis=IdentificationBasis(said["basis"]),
            age_band=AgeBand(said["age_band"]),
            identified_on=said["identified_on"],
            title=said["title"],
            name=said["name"],
            birth_on=said["birth_on"],
            words=said["words"],
        )


class SubjectForm(PersonForm):
    """A person who is identified, by which agency and in which operation."""

    credited = forms.ModelChoiceField(label=_("Agency"), queryset=Organization.objects.none(), empty_label=None)
    operation = OperationChoice(
        label=_("Operation"), queryset=Operation.objects.none(), required=False, empty_label=OUTSIDE
    )
    encounter = ReferenceField(label=_("Encounter"), noun=_("encounter"))

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data, initial={"credited": actor.organization_id})
        self.fields["credited"].queryset = agencies_for(actor)
        self.fields["operation"].queryset = operations_for(actor)
        self.fields["encounter"].offer(Encounter.objects.visible_to(actor), "E")


class SubjectCorrectionForm(PersonForm):
    """A person as the record should say, and why. What is sealed is not shown, and stays unless it is replaced."""

    replaces_identity = forms.BooleanField(
        label=_("Replace the sealed name, birth date and note by what is typed above"), required=False
    )
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        """Refuse an identity that was typed and would be dropped."""
        said = super().clean() or {}
        is_typed = any(said.get(name) for name in ("name", "birth_on", "words"))
        if is_typed and not said.get("replaces_identity"):
            self.add_error("replaces_identity", _("Say that what you typed replaces the sealed identity."))
        return said

    def facts(self) -> SubjectCorrection:
        """Give what was typed as the verb takes it."""
        keeps = not self.cleaned_data["replaces_identity"]
        return SubjectCorrection(self.cleaned_data["reason"], self.person(), keeps_identity=keeps)


class OpenForm(VerbForm):
    """For what purpose an identity is opened."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=PURPOSES)

    def facts(self) -> OpenFacts:
        """Give what was chosen as the verb takes it."""
        return OpenFacts(OpenPurpose(self.cleaned_data["purpose"]))
