"""Statutes as effective-dated rows: the row in force on the offense date decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from hotspots.access.models import Record, RecordQuerySet
from hotspots.cases.models.sight import choices_of
from hotspots.cases.rules.kinds import MinorRule, Side, StatuteClass, StatuteFamily

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class StatuteQuerySet(RecordQuerySet):
    """Rows of statutes."""

    def in_force(self, on: date) -> StatuteQuerySet:
        """Keep the rows in force on a day."""
        return self.filter(effective_from__lte=on).filter(Q(effective_to__isnull=True) | Q(effective_to__gt=on))


class Statute(Record):
    """A statute as it stood in one period. `effective_to` is the first day on which the row no longer applies."""

    code = models.CharField(max_length=40)
    short_title = models.CharField(max_length=120)
    family = models.CharField(max_length=24, choices=choices_of(StatuteFamily))
    side = models.CharField(max_length=10, choices=choices_of(Side))
    statute_class = models.CharField(max_length=12, choices=choices_of(StatuteClass))
    maximum_words = models.CharField(max_length=240)
    minor_rule = models.CharField(max_length=12, choices=choices_of(MinorRule), default=MinorRule.PROSECUTOR)
    needs_questions = models.BooleanField(default=False)  # PC 236.2 is asked first
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    begins_words = models.CharField(max_length=120, blank=True)  # "took effect on January 1, 2026"
    ends_words = models.CharField(max_length=120, blank=True)  # "was repealed on January 1, 2023"
    source = models.CharField(max_length=240)
    is_approved_by_counsel = models.BooleanField(default=False)

    objects: ClassVar = StatuteQuerySet.as_manager()

    LOGGED = ("code", "effective_from", "effective_to")

    class Meta:
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="statute_row_once"),
            models.CheckConstraint(
                name="statute_ends_after_it_begins",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=models.F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.is_signed_in else None

    @property
    def last_day_on(self) -> date | None:
        """Give the last day on which the row applies."""
        return self.effective_to - timedelta(days=1) if self.effective_to else None
