"""Campaigns, operations and the agencies that take part in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role, Scope
from hotspots.operations.rules import CampaignState, OperationKind, OperationState, ordinal_words

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PROSECUTOR, Role.PUBLISHER, Role.AUDITOR)
IN_THE_AGENCY = (Role.OPERATION_LEAD, Role.OFFICER, Role.CUSTODIAN, Role.LIAISON)


class Campaign(Record):
    """The yearly programme: "5th annual Operation: Hot Spots"."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    ordinal = models.PositiveSmallIntegerField(null=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    area_words = models.CharField(max_length=200)
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in CampaignState], default=CampaignState.OPEN
    )
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="campaigns_led")
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    LOGGED = ("ordinal", "begins_on", "ends_on")

    class Meta:
        ordering = ["-begins_on"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_begins", condition=Q(ends_on__gte=models.F("begins_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        # A campaign is announced to every agency, before the first operation says who takes part; operations are not.
        return Q() if actor.holds_any(*COUNTYWIDE, *IN_THE_AGENCY, Role.ADVOCATE_LIAISON) else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.lead_id)}

    @property
    def takes_records(self) -> bool:
        return self.state == CampaignState.OPEN

    @property
    def ordinal_words(self) -> str:
        """Give the ordinal in words, "5th annual"."""
        return ordinal_words(self.ordinal) if self.ordinal else ""


class Operation(Record):
    """A night on a street, a day at a hotel, an online decoy; by one or more agencies, of one campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="operations")
    number = models.PositiveSmallIntegerField()
    kinds = models.JSONField(default=list)
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="operations_led")
    night_on = models.DateField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    place_words = models.CharField(max_length=160)
    place_name = models.CharField(max_length=80)  # the city or community, for the map: an area, never a point
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in OperationState])
    is_entered_afterwards = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    LOGGED = ("number", "night_on", "is_entered_afterwards")

    class Meta:
        ordering = ["night_on", "number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="operation_number_once")]

    def __str__(self) -> str:
        return f"Operation {self.number}, {self.place_words}"

    @classmethod
    def taking_part(cls, organization_ids: list[uuid.UUID]) -> Q:
        """Say which operations one of the organizations leads or is a partner in."""
        partnerships = Partner.objects.filter(operation_id=OuterRef("pk"), organization_id__in=organization_ids)
        return Q(lead_id__in=organization_ids) | Q(Exists(partnerships))

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_countywide(*COUNTYWIDE):
            return Q()
        mine, granted = actor.organizations(*IN_THE_AGENCY), actor.operations()
        if not mine and not granted:
            return None
        return cls.taking_part(mine) | Q(pk__in=granted)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        partners = self.partners.values_list("organization_id", flat=True)
        return {
            (Scope.OPERATION, self.pk),
            (Scope.ORGANIZATION, self.lead_id),
            *((Scope.ORGANIZATION, partner) for partner in partners),
        }

    @property
    def kind_words(self) -> str:
        """Give the kinds in words, "online and hotel"."""
        return " and ".join(OperationKind(kind).value for kind in self.kinds)


class Partner(models.Model):
    """That an agency takes part in an operation that another leads."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="partnerships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["operation", "organization"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.organization} in {self.operation}"
