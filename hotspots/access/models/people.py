"""Organizations and the people who work in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import uuid_utils.compat as uuid_utils
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hotspots.access.models.record import Record, RecordQuerySet
from hotspots.access.rules import OrganizationKind, OrganizationStatus, Scope

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


def _choices(kinds: type[OrganizationKind] | type[OrganizationStatus]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value.replace("_", " ")) for kind in kinds]


class Organization(Record):
    """An agency or a community organization of the county."""

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    organization_kind = models.CharField(max_length=20, choices=_choices(OrganizationKind))
    jurisdiction = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=_choices(OrganizationStatus), default=OrganizationStatus.ACTIVE)
    history_key_id = models.UUIDField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.pk)}

    @property
    def is_active(self) -> bool:
        return self.status == OrganizationStatus.ACTIVE


class UserQuerySet(RecordQuerySet):
    """Rows of people."""


class User(AbstractBaseUser, Record):
    """A person with an account. Called by a title ("Officer 12"); a name is not needed to keep the record."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7, editable=False)
    login = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    invited_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="invitees")
    created_at = models.DateTimeField()
    last_login = None  # the log tells when someone signed in; a column beside it would be a second truth

    objects: ClassVar = BaseUserManager.from_queryset(UserQuerySet)()  # type: ignore[assignment]

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["title"]

    class Meta:
        ordering = ["login"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.organization_id)}

    @property
    def full_title(self) -> str:
        """Give the title with its organization, as a log line names a person."""
        return f"{self.title}, {self.organization.short_name}"
