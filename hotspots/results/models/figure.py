"""Frozen figures: a value, how it was counted, and the proof of what was counted."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role, Scope
from hotspots.operations.models import Campaign, Operation

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PUBLISHER, Role.PROSECUTOR, Role.AUDITOR)
ID_BYTES = 16


class Figure(Record):
    """A measure's value, frozen on a day: it never changes, and the table refuses an update.

    `row_ids` holds the ids of the counted rows, sixteen bytes each, ascending; `root` is the Merkle root over them, the
    same as that of a `RowSet`. `data_as_of_on` is the last day whose facts were counted; it has nothing to do with when
    the figure was frozen.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="figures")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="figures")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="figures")
    measure_key = models.CharField(max_length=80)
    measure_version = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()
    label = models.CharField(max_length=120)
    unit = models.CharField(max_length=60)
    definition = models.TextField()
    row_kind = models.CharField(max_length=60)
    row_ids = models.BinaryField()
    rows_count = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    denominators = models.JSONField(default=list)  # [{"key", "label", "value", "note"}], as they were on that day
    data_as_of_on = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    program_version = models.CharField(max_length=40)
    is_protected = models.BooleanField(default=False)  # counts victims or sellers: small values are not published

    LOGGED = ("measure_key", "measure_version", "value", "rows_count", "root", "data_as_of_on")

    class Meta:
        ordering = ["measure_key", "-frozen_at"]
        indexes = [models.Index(fields=["campaign", "measure_key", "-frozen_at"], name="figure_of_measure")]
        constraints = [
            models.CheckConstraint(
                name="figure_has_one_scope", condition=Q(operation__isnull=True) | Q(organization__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.value:,} {self.label}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_countywide(*COUNTYWIDE):
            return Q()
        slots = apps.get_model("results", "Slot").objects.filter(version__published_at__isnull=False)
        return Q(pk__in=slots.values("figure_id"))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.campaign.lead_id)}

    @property
    def ids(self) -> list[uuid.UUID]:
        """Give the ids of the counted rows, ascending."""
        packed = bytes(self.row_ids)
        return [uuid.UUID(bytes=packed[at : at + ID_BYTES]) for at in range(0, len(packed), ID_BYTES)]
