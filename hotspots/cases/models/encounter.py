"""Encounters: an officer met a person, on what basis, and what the questions of PC 236.2 brought."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hotspots.access.models import User
from hotspots.cases.models.sight import BY_PERSON, BY_RESPONSE, CaseRecord, choices_of, paths_through
from hotspots.cases.models.subject import Subject
from hotspots.cases.rules.kinds import AdvocateOffer, Answer, EncounterBasis, RecordState, TreatedAs
from hotspots.cases.rules.questions import QUESTION_KEYS


def _question() -> models.CharField:
    return models.CharField(max_length=7, blank=True, choices=choices_of(Answer))


class Encounter(CaseRecord):
    """An officer met a person. Each question is answered yes, no or unknown; there is no score."""

    subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="encounters")
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # who has an account
    officer_title = models.CharField(max_length=80)  # "Officer 12", as the document says
    occurred_at = models.DateTimeField()
    place_words = models.CharField(max_length=160)
    basis = models.CharField(max_length=16, choices=choices_of(EncounterBasis))
    is_injured_or_exhausted = _question()
    is_withdrawn_or_censored = _question()
    cannot_move_freely = _question()
    lives_where_working = _question()
    owes_a_debt = _question()
    contact_is_controlled = _question()
    has_no_own_documents = _question()
    rights_explained = models.CharField(max_length=7, choices=choices_of(Answer), default=Answer.UNKNOWN)
    advocate = models.CharField(max_length=12, choices=choices_of(AdvocateOffer), default=AdvocateOffer.UNKNOWN)
    treated_as = models.CharField(max_length=10, choices=choices_of(TreatedAs), default=TreatedAs.UNDECIDED)
    state = models.CharField(max_length=8, choices=choices_of(RecordState), default=RecordState.RECORDED)
    voided_on = models.DateField(null=True)
    key_id = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)  # the words beside the answers, under the encounter's own key

    LOGGED = ("reference", "night_on", "basis")
    RESTRICTED_BY = (
        "pk",
        *BY_PERSON,
        *paths_through("citations", BY_RESPONSE),
        *paths_through("arrests", BY_RESPONSE),
    )

    class Meta:
        ordering = ["-occurred_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="encounter_asks_all_or_none",
                condition=Q(**dict.fromkeys(QUESTION_KEYS, ""))
                | Q(**{f"{key}__in": [answer.value for answer in Answer] for key in QUESTION_KEYS}),
            ),
            models.CheckConstraint(
                name="encounter_words_are_sealed",
                condition=Q(key_id__isnull=True, sealed__isnull=True) | Q(key_id__isnull=False, sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="encounter_stands_or_is_void",
                condition=Q(state=RecordState.RECORDED, voided_on__isnull=True)
                | Q(state=RecordState.VOIDED, voided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Encounter {self.reference}"

    @property
    def is_void(self) -> bool:
        return self.state == RecordState.VOIDED

    @property
    def has_asked_questions(self) -> bool:
        """Answer whether every question of PC 236.2 was asked."""
        return all(getattr(self, key) for key in QUESTION_KEYS)
