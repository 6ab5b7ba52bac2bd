"""Grants of roles, and restrictions on records."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from hotspots.access.models.people import User
from hotspots.access.models.record import Record, RecordQuerySet
from hotspots.access.rules import HIDING_KINDS, SEEN_IN_SPITE_OF, RestrictionKind, Role, Scope

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class GrantQuerySet(RecordQuerySet):
    """Rows of grants."""

    def in_force(self) -> GrantQuerySet:
        """Keep the grants that are confirmed and not revoked."""
        return self.filter(confirmed_at__isnull=False, revoked_at__isnull=True)

    def waiting(self) -> GrantQuerySet:
        """Keep the grants that wait for a second person."""
        return self.filter(confirmed_at__isnull=True, revoked_at__isnull=True)


class Grant(Record):
    """A role that a person holds, and where. In force from its confirmation to its revocation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value.replace("_", " ")) for role in Role])
    scope = models.CharField(max_length=14, choices=[(scope.value, scope.value) for scope in Scope])
    scope_id = models.UUIDField(null=True)  # plain: a foreign key to an operation would point up the staircase
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar = GrantQuerySet.as_manager()

    LOGGED = ("role", "scope")

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            models.CheckConstraint(
                name="grant_names_its_scope",
                condition=Q(scope="county", scope_id__isnull=True)
                | Q(scope__in=["organization", "operation"], scope_id__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_is_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("granted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_any(Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR):
            return Q()
        if not actor.is_signed_in:
            return None
        return Q(user_id=actor.user_id) | Q(user__organization_id__in=actor.organizations(Role.LIAISON))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.user.organization_id)}


class RestrictionQuerySet(RecordQuerySet):
    """Rows of restrictions."""

    def live(self) -> RestrictionQuerySet:
        """Keep the restrictions that are not lifted."""
        return self.filter(lifted_at__isnull=True)

    def hiding_from(self, actor: Actor) -> RestrictionQuerySet:
        """Keep the live restrictions that hide their record from the actor."""
        kinds = [kind for kind in HIDING_KINDS if not actor.holds_any(*SEEN_IN_SPITE_OF[kind])]
        return self.live().filter(restriction_kind__in=kinds)


class Restriction(Record):
    """That a record is sealed, referred, protected or held, and on whose authority."""

    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    restriction_kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in RestrictionKind])
    authority = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar = RestrictionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["record_id"], condition=Q(lifted_at__isnull=True), name="restriction_live")]

    def __str__(self) -> str:
        return f"{self.restriction_kind} {self.record_kind}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        kinds = [kind for kind, roles in SEEN_IN_SPITE_OF.items() if roles and actor.holds_any(*roles)]
        return Q(restriction_kind__in=kinds) if kinds else None
