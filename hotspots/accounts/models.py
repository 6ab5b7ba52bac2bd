"""Invitations and recovery codes. What a second factor's secret is lies in django-allauth's own table, encrypted."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Role, Scope

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class Invitation(Record):
    """A link by which a person sets their password; the secret in it is kept as a digest."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    LOGGED = ("user_id", "expires_at")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_any(Role.ADMINISTRATOR):
            return Q()
        if actor.holds_any(Role.LIAISON):
            return Q(user__organization_id__in=actor.organizations(Role.LIAISON))
        return None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.user.organization_id)}


class RecoveryCode(models.Model):
    """One code that stands in for the second factor once: salt and digest, never the code."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Recovery code of {self.user_id}"
