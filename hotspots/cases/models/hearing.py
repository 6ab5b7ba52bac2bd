"""Hearings before a court."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Scope
from hotspots.cases.models.citation import Citation
from hotspots.cases.models.matter import Matter
from hotspots.cases.models.sight import CaseQuerySet, choices_of, paths_through
from hotspots.cases.rules.kinds import HearingKind, HearingOutcome, MatterState, RecordState

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class HearingQuerySet(CaseQuerySet):
    """Rows of hearings."""

    def standing(self) -> HearingQuerySet:
        """Leave out the hearings of citations and matters that are void, and those that were vacated."""
        kept = self.exclude(citation__state=RecordState.VOIDED).exclude(matter__state=MatterState.VOIDED)
        return kept.exclude(outcome=HearingOutcome.VACATED).unreferred()


class Hearing(Record):
    """A hearing on a citation or a matter: court, department, the local day and time it begins, and its outcome."""

    citation = models.ForeignKey(Citation, null=True, on_delete=models.PROTECT, related_name="hearings")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="hearings")
    court = models.CharField(max_length=120)
    department = models.CharField(max_length=40)
    hearing_kind = models.CharField(max_length=12, choices=choices_of(HearingKind))
    hearing_on = models.DateField(db_index=True)  # the local day, beside the moment: lists ask by day
    starts_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True, choices=choices_of(HearingOutcome))
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar = HearingQuerySet.as_manager()

    LOGGED = ("hearing_on", "starts_at", "hearing_kind")
    RESTRICTED_BY = (
        "pk",
        *paths_through("citation", Citation.RESTRICTED_BY),
        *paths_through("matter", Matter.RESTRICTED_BY),
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="hearing_on_one_record",
                condition=Q(citation__isnull=False, matter__isnull=True)
                | Q(citation__isnull=True, matter__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Hearing on {self.hearing_on}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        citations, matters = Citation.sight(actor), Matter.sight(actor)
        if citations is None or matters is None:
            return None
        return Q(Exists(Citation.objects.filter(citations, pk=OuterRef("citation_id")))) | Q(
            Exists(Matter.objects.filter(matters, pk=OuterRef("matter_id")))
        )

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.of_record.scopes()

    @property
    def of_record(self) -> Citation | Matter:
        """Give the citation or the matter that is heard."""
        return cast(Citation | Matter, self.citation or self.matter)  # one of them, by a constraint
