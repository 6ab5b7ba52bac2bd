"""Department phone lines, and the decoy ads that run on them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role, Scope
from hotspots.intake.rules.states import LineKind
from hotspots.operations.models import Campaign, Operation

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PROSECUTOR, Role.AUDITOR)
IN_THE_AGENCY = (Role.CUSTODIAN, Role.OPERATION_LEAD)


class Line(Record):
    """A phone or account of a department, behind which a decoy ad runs. Its number is the department's own."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="lines")
    label = models.CharField(max_length=40)
    line_kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in LineKind])
    address = models.CharField(max_length=80)  # E.164 for a phone
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["address"], name="line_address_once")]

    def __str__(self) -> str:
        return f"Line {self.label}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_countywide(*COUNTYWIDE):
            return Q()
        mine = actor.organizations(*IN_THE_AGENCY)
        if not mine:
            return None
        shared = Ad.objects.filter(
            line_id=OuterRef("pk"), operation__in=Operation.objects.filter(Operation.taking_part(mine))
        )
        return Q(owner_id__in=mine) | Q(Exists(shared))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.owner_id)}


class Ad(Record):
    """A decoy ad: where and when it ran, approved by whom, its text and images by digest alone."""

    number = models.PositiveSmallIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="ads")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="ads")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="ads")
    site_words = models.CharField(max_length=120)
    text_sha256 = models.CharField(max_length=64)
    text_characters_count = models.PositiveIntegerField()
    image_sha256s = models.JSONField(default=list)
    portrayed_age = models.PositiveSmallIntegerField()
    placed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ads_approved")
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    LOGGED = ("number", "placed_at", "text_sha256")

    class Meta:
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="ad_number_once"),
            models.CheckConstraint(
                name="ad_withdrawn_after_placed",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=models.F("placed_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"Ad {self.number}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_countywide(*COUNTYWIDE):
            return Q()
        mine = actor.organizations(*IN_THE_AGENCY)
        if not mine:
            return None
        shared = Operation.objects.filter(Operation.taking_part(mine), pk=OuterRef("operation_id"))
        return Q(line__owner_id__in=mine) | Q(Exists(shared))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        operation = {(Scope.OPERATION, self.operation_id)} if self.operation_id else set()
        return {(Scope.ORGANIZATION, self.line.owner_id), *operation}
