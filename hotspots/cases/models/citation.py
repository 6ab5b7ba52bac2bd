"""Citations and arrests, with their counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import User
from hotspots.cases.models.encounter import Encounter
from hotspots.cases.models.sight import BY_PERSON, BY_RESPONSE, CaseQuerySet, CaseRecord, choices_of
from hotspots.cases.models.statute import Statute
from hotspots.cases.models.subject import Subject
from hotspots.cases.rules.kinds import Answer, RecordState, StatuteFamily, VoidReason
from hotspots.evidence.models import Item
from hotspots.intake.models import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDS = Q(state=RecordState.RECORDED, void_reason="", voided_on__isnull=True)
IS_VOID = Q(state=RecordState.VOIDED, voided_on__isnull=False) & ~Q(void_reason="")


class StandingQuerySet(CaseQuerySet):
    """Rows of citations or arrests."""

    def standing(self, as_of_on: date | None = None) -> StandingQuerySet:
        """Keep what stands (on a day): not void, and not of a person who was referred to an advocate."""
        stands = Q(state=RecordState.RECORDED)
        if as_of_on is not None:
            stands |= Q(voided_on__gt=as_of_on)
        return self.filter(stands).unreferred()

    def under(self, *families: StatuteFamily) -> StandingQuerySet:
        """Keep what has at least one count under a statute of the families."""
        return self._with_counts(statute__family__in=families)

    def under_codes(self, codes: Sequence[str]) -> StandingQuerySet:
        """Keep what has at least one count under one of the statutes."""
        return self._with_counts(statute__code__in=codes)

    def _with_counts(self, **wanted: object) -> StandingQuerySet:
        counts = self.model._meta.get_field("counts").related_model
        name = self.model._meta.model_name
        return self.filter(Exists(counts.objects.filter(**{name: OuterRef("pk")}, **wanted)))


class Stop(CaseRecord):
    """What a citation and an arrest have in common."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="%(class)ss")
    encounter = models.ForeignKey(Encounter, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # who has an account
    officer_title = models.CharField(max_length=80)  # "Officer 12", as the document says
    occurred_at = models.DateTimeField()
    place_words = models.CharField(max_length=160)
    document_number = models.CharField(max_length=40, db_index=True)
    document = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    rights_explained = models.CharField(max_length=7, choices=choices_of(Answer), default=Answer.UNKNOWN)
    # Two facts that lead to different charges: neither follows from the other. Nothing is unknown.
    is_actual_minor = models.BooleanField(null=True)
    is_portrayed_as_minor = models.BooleanField(null=True)
    state = models.CharField(max_length=8, choices=choices_of(RecordState), default=RecordState.RECORDED)
    void_reason = models.CharField(max_length=20, blank=True, choices=choices_of(VoidReason))
    voided_on = models.DateField(null=True)

    objects: ClassVar = StandingQuerySet.as_manager()

    LOGGED = ("reference", "night_on", "occurred_at", "document_number")
    RESTRICTED_BY = ("pk", *BY_PERSON, *BY_RESPONSE)

    class Meta:
        abstract = True

    @property
    def is_void(self) -> bool:
        return self.state == RecordState.VOIDED


class Citation(Stop):
    """A citation: a person was released with a promise to appear in court."""

    class Meta:
        ordering = ["-occurred_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credited", "document_number"],
                condition=Q(state=RecordState.RECORDED),
                name="citation_number_once",
            ),
            models.CheckConstraint(name="citation_stands_or_is_void", condition=STANDS | IS_VOID),
        ]

    def __str__(self) -> str:
        return f"Citation {self.reference}"


class CitationCount(models.Model):
    """One count of a citation: a statute as it stood on the offense date."""

    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="counts")
    number = models.PositiveSmallIntegerField()
    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="citation_counts")

    class Meta:
        ordering = ["citation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["citation", "number"], name="citation_count_number_once"),
            models.UniqueConstraint(fields=["citation", "statute"], name="citation_statute_once"),
        ]

    def __str__(self) -> str:
        return f"Count {self.number}: {self.statute}"


class Arrest(Stop):
    """An arrest. `family` is that of its most serious statute, firearms apart."""

    family = models.CharField(max_length=24, choices=choices_of(StatuteFamily))

    class Meta:
        ordering = ["-occurred_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credited", "document_number"],
                condition=Q(state=RecordState.RECORDED),
                name="arrest_number_once",
            ),
            models.CheckConstraint(name="arrest_stands_or_is_void", condition=STANDS | IS_VOID),
        ]

    def __str__(self) -> str:
        return f"Arrest {self.reference}"


class ArrestCount(models.Model):
    """One count of an arrest: a statute as it stood on the offense date."""

    arrest = models.ForeignKey(Arrest, on_delete=models.CASCADE, related_name="counts")
    number = models.PositiveSmallIntegerField()
    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="arrest_counts")

    class Meta:
        ordering = ["arrest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["arrest", "number"], name="arrest_count_number_once"),
            models.UniqueConstraint(fields=["arrest", "statute"], name="arrest_statute_once"),
        ]

    def __str__(self) -> str:
        return f"Count {self.number}: {self.statute}"

    @property
    def is_firearm(self) -> bool:
        return self.statute.family == StatuteFamily.FIREARM
