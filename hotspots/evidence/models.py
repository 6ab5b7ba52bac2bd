"""Uploads, items and their custody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role, Scope
from hotspots.evidence.rules import ItemKind, ItemPurpose, TransferKind, UploadState
from hotspots.operations.models import Operation
from hotspots.store.models import Blob

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PROSECUTOR, Role.AUDITOR)
IN_THE_AGENCY = (Role.CUSTODIAN, Role.OPERATION_LEAD, Role.OFFICER)


class Upload(Record):
    """A file on its way in, by parts; seen by the one who sends it."""

    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    received_bytes = models.BigIntegerField(default=0)
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in UploadState], default=UploadState.OPEN
    )
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()

    LOGGED = ("size_bytes",)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q(sender_id=actor.user_id) if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.owner_id)}


class Item(Record):
    """An item of evidence: digital under its SHA-256, or physical under a description and a seal."""

    item_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ItemKind])
    purpose = models.CharField(
        max_length=8, choices=[(purpose.value, purpose.value) for purpose in ItemPurpose], default=ItemPurpose.GENERAL
    )
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="items")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="items")
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=300, blank=True)
    seal_number = models.CharField(max_length=60, blank=True)
    custodian = models.ForeignKey(User, on_delete=models.PROTECT, related_name="items_held")
    received_at = models.DateTimeField()  # when the item came, a fact; the log has when it was entered
    transfers_count = models.PositiveIntegerField(default=0)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    LOGGED = ("item_kind", "purpose", "sha256", "size_bytes", "received_at")

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                name="digital_item_has_bytes",
                condition=Q(item_kind="digital", blob__isnull=False) | Q(item_kind="physical", blob__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.file_name or self.description

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_countywide(*COUNTYWIDE):
            return Q()
        mine, granted = actor.organizations(*IN_THE_AGENCY), actor.operations()
        if not mine and not granted:
            return None
        shared = Operation.objects.filter(Operation.taking_part(mine) | Q(pk__in=granted), pk=OuterRef("operation_id"))
        return Q(owner_id__in=mine) | Q(custodian_id=actor.user_id) | Q(Exists(shared))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        operation = {(Scope.OPERATION, self.operation_id)} if self.operation_id else set()
        return {(Scope.ORGANIZATION, self.owner_id), *operation}

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of a digital item's bytes; a physical one has none."""
        return self.blob.sha256 if self.blob else ""

    @property
    def size_bytes(self) -> int:
        return self.blob.size_bytes if self.blob else 0


class Transfer(Record):
    """One step of custody, hand to hand. Append-only, numbered within its item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveIntegerField()
    transfer_kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in TransferKind])
    from_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    from_words = models.CharField(max_length=120, blank=True)
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    seal_number = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    LOGGED = ("number", "moved_at")
    RESTRICTED_BY = ("pk", "item_id")

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="transfer_number_once")]

    def __str__(self) -> str:
        return f"Step {self.number} of {self.item}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        seen = Item.sight(actor)
        return None if seen is None else Q(Exists(Item.objects.filter(seen, pk=OuterRef("item_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.item.scopes()


class Verification(Record):
    """That an item's bytes were hashed again, and whether they are still those that were received. Append-only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="verifications")
    is_whole = models.BooleanField()
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()

    LOGGED = ("is_whole", "verified_at")
    RESTRICTED_BY = ("pk", "item_id")

    class Meta:
        ordering = ["-verified_at"]

    def __str__(self) -> str:
        return f"{self.item}: {'whole' if self.is_whole else 'altered'}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        seen = Item.sight(actor)
        return None if seen is None else Q(Exists(Item.objects.filter(seen, pk=OuterRef("item_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.item.scopes()
