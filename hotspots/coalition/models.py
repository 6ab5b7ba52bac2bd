"""Membership in the coalition, and whom one reaches at an organization."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.models.record import RecordQuerySet
from hotspots.access.rules import Scope

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class Membership(Record):
    """That an organization belongs to the coalition, from a day and perhaps until one."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    LOGGED = ("joined_on", "left_on")

    class Meta:
        ordering = ["joined_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(left_on__isnull=True), name="one_membership_at_a_time"
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} since {self.joined_on}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.organization_id)}


class ContactQuerySet(RecordQuerySet):
    """Rows of contacts."""

    def in_use(self) -> ContactQuerySet:
        """Keep the contacts that are not removed."""
        return self.filter(removed_at__isnull=True)


class Contact(Record):
    """A function that is reached at an organization, how, and for what; never a private person."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contacts")
    function = models.CharField(max_length=80)
    reached_by = models.CharField(max_length=120)
    for_what = models.CharField(max_length=160)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["function"]

    def __str__(self) -> str:
        return f"{self.function}, {self.organization.short_name}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.organization_id)}
