"""Investigations, matters before the prosecutor, and charges."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Scope
from hotspots.cases.models.citation import Arrest, Citation
from hotspots.cases.models.sight import BY_PERSON, BY_RESPONSE, CaseQuerySet, CaseRecord, choices_of, paths_through
from hotspots.cases.models.statute import Statute
from hotspots.cases.models.subject import Subject
from hotspots.cases.rules.kinds import (
    ChargeState,
    DeclineReason,
    InvestigationState,
    MatterState,
    Side,
    StatuteFamily,
)

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class InvestigationQuerySet(CaseQuerySet):
    """Rows of investigations."""

    def standing(self) -> InvestigationQuerySet:
        """Leave out what is void: it was opened in error, and counts nowhere whenever it was voided."""
        return self.exclude(state=InvestigationState.VOIDED)

    def under(self, *families: StatuteFamily) -> InvestigationQuerySet:
        """Keep those into at least one statute of the families."""
        rows = InvestigationStatute.objects.filter(investigation=OuterRef("pk"), statute__family__in=families)
        return self.filter(Exists(rows))


class Investigation(CaseRecord):
    """An investigation into offenses under named statutes. It names no person."""

    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # who has an account
    officer_title = models.CharField(max_length=80)  # "Officer 12", as the document says
    place_words = models.CharField(max_length=160, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    voided_on = models.DateField(null=True)
    state = models.CharField(max_length=6, choices=choices_of(InvestigationState), default=InvestigationState.OPEN)

    objects: ClassVar = InvestigationQuerySet.as_manager()

    LOGGED = ("reference", "night_on", "opened_on", "document_number")

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="investigation_open_or_closed",
                condition=Q(state=InvestigationState.OPEN, closed_on__isnull=True, voided_on__isnull=True)
                | Q(state=InvestigationState.CLOSED, closed_on__gte=models.F("opened_on"), voided_on__isnull=True)
                | Q(state=InvestigationState.VOIDED, voided_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Investigation {self.reference}"

    @property
    def is_void(self) -> bool:
        return self.state == InvestigationState.VOIDED


class InvestigationStatute(models.Model):
    """A statute that an investigation is into."""

    investigation = models.ForeignKey(Investigation, on_delete=models.CASCADE, related_name="counts")
    number = models.PositiveSmallIntegerField()
    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="investigation_counts")

    class Meta:
        ordering = ["investigation", "number"]
        constraints = [models.UniqueConstraint(fields=["investigation", "statute"], name="investigation_statute_once")]

    def __str__(self) -> str:
        return str(self.statute)


class MatterQuerySet(CaseQuerySet):
    """Rows of matters."""

    def standing(self) -> MatterQuerySet:
        """Leave out what is void: it was submitted in error, and counts nowhere whenever it was voided."""
        return self.exclude(state=MatterState.VOIDED)


class Matter(CaseRecord):
    """What an agency submits to the prosecutor about one person: declined, or filed as charges, each with its date."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="matters")
    citation = models.ForeignKey(Citation, null=True, on_delete=models.PROTECT, related_name="matters")
    arrest = models.ForeignKey(Arrest, null=True, on_delete=models.PROTECT, related_name="matters")
    investigation = models.ForeignKey(Investigation, null=True, on_delete=models.PROTECT, related_name="matters")
    prosecutor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=choices_of(MatterState), default=MatterState.SUBMITTED)
    submitted_on = models.DateField()
    declined_on = models.DateField(null=True)
    decline_reason = models.CharField(max_length=24, blank=True, choices=choices_of(DeclineReason))
    filed_on = models.DateField(null=True)
    voided_on = models.DateField(null=True)
    case_number = models.CharField(max_length=40, blank=True)

    objects: ClassVar = MatterQuerySet.as_manager()

    LOGGED = ("reference", "night_on", "submitted_on")
    RESTRICTED_BY = (
        "pk",
        *BY_PERSON,
        *paths_through("citation", ("pk", *BY_RESPONSE)),
        *paths_through("arrest", ("pk", *BY_RESPONSE)),
        "investigation_id",
    )

    class Meta:
        ordering = ["-submitted_on", "-id"]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[source, "subject"],
                    condition=~Q(state__in=[MatterState.DECLINED, MatterState.VOIDED]),
                    name=f"matter_of_{source}_once",
                )
                for source in ("citation", "arrest", "investigation")
            ),
            models.CheckConstraint(
                name="matter_has_one_source",
                condition=Q(citation__isnull=False, arrest__isnull=True, investigation__isnull=True)
                | Q(citation__isnull=True, arrest__isnull=False, investigation__isnull=True)
                | Q(citation__isnull=True, arrest__isnull=True, investigation__isnull=False),
            ),
            models.CheckConstraint(
                name="matter_has_the_dates_of_its_state",
                condition=Q(
                    state=MatterState.SUBMITTED, declined_on__isnull=True, filed_on__isnull=True, voided_on__isnull=True
                )
                | (
                    Q(
                        state=MatterState.DECLINED,
                        declined_on__isnull=False,
                        filed_on__isnull=True,
                        voided_on__isnull=True,
                    )
                    & ~Q(decline_reason="")
                )
                | Q(state=MatterState.FILED, declined_on__isnull=True, filed_on__isnull=False, voided_on__isnull=True)
                | Q(state=MatterState.VOIDED, filed_on__isnull=True, voided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Matter {self.reference}"

    @property
    def is_void(self) -> bool:
        return self.state == MatterState.VOIDED

    @property
    def source(self) -> Citation | Arrest | Investigation:
        """Give the record that the matter came from."""
        return self.citation or self.arrest or self.investigation  # type: ignore[return-value]


class ChargeQuerySet(CaseQuerySet):
    """Rows of charges."""

    def filed(self, as_of_on: date | None = None) -> ChargeQuerySet:
        """Keep the charges that were filed (by a day) and not amended into another; a dismissed one was filed.

        A void one was entered in error, and was never filed.
        """
        rows = self.unreferred()
        if as_of_on is None:
            return rows.exclude(state__in=[ChargeState.AMENDED, ChargeState.VOIDED])
        return rows.filed_by(as_of_on)

    def filed_by(self, as_of_on: date) -> ChargeQuerySet:
        """Keep the charges that were filed by a day and not amended into another by then, of whomever they are."""
        rows = self.exclude(state=ChargeState.VOIDED)
        return rows.filter(filed_on__lte=as_of_on).exclude(amended_on__lte=as_of_on)

    def under(self, *families: StatuteFamily) -> ChargeQuerySet:
        """Keep those under a statute of the families."""
        return self.filter(statute__family__in=families)


class Charge(Record):
    """One count that a prosecutor filed under a statute in force on the offense date. An accusation, not a finding."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="charges")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="charges")
    number = models.PositiveSmallIntegerField()
    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="charges")
    side = models.CharField(max_length=10, choices=choices_of(Side))
    offense_on = models.DateField()
    is_actual_minor = models.BooleanField(null=True)
    is_portrayed_as_minor = models.BooleanField(null=True)
    state = models.CharField(max_length=9, choices=choices_of(ChargeState), default=ChargeState.FILED)
    filed_on = models.DateField()
    amended_on = models.DateField(null=True)
    amended_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="amended_into")
    dismissed_on = models.DateField(null=True)
    voided_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar = ChargeQuerySet.as_manager()

    LOGGED = ("number", "offense_on", "filed_on", "side")
    RESTRICTED_BY = ("pk", *BY_PERSON, *paths_through("matter", Matter.RESTRICTED_BY))

    class Meta:
        ordering = ["matter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="charge_number_once"),
            models.CheckConstraint(
                name="charge_has_the_dates_of_its_state",
                condition=Q(
                    state=ChargeState.FILED, amended_on__isnull=True, dismissed_on__isnull=True, voided_on__isnull=True
                )
                | Q(
                    state=ChargeState.AMENDED,
                    amended_on__isnull=False,
                    dismissed_on__isnull=True,
                    voided_on__isnull=True,
                )
                | Q(
                    state=ChargeState.DISMISSED,
                    amended_on__isnull=True,
                    dismissed_on__isnull=False,
                    voided_on__isnull=True,
                )
                | Q(state=ChargeState.VOIDED, amended_on__isnull=True, voided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Charge {self.number} of {self.matter.reference}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        seen = Matter.sight(actor)
        return None if seen is None else Q(Exists(Matter.objects.filter(seen, pk=OuterRef("matter_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.matter.scopes()
