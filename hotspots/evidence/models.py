"""Uploads, items and their custody."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Organization, Record, Restriction, User
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
    # The same for items of the same bytes and for those that replaced one another, over however many steps: where one
    # of them is the document of a hidden record, all of them leave. Kept by `log_item` and `replace_item`.
    lineage = models.UUIDField(default=uuid_utils.uuid7, editable=False, db_index=True)

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

    @classmethod
    def unrestricted(cls, actor: Actor) -> Q:
        """Say which rows no live restriction hides: on the item, or on a record whose document the item is.

        What leaves with a document is its whole lineage: items of the same bytes, what it replaced and what replaced
        it. A phone export stays, since its own page leaves out who is hidden inside.
        """
        leaves = Q(lineage__in=cls._documents_hidden_from(actor).values("lineage"))
        return super().unrestricted(actor) & (Q(purpose=ItemPurpose.EXPORT) | ~leaves)

    @classmethod
    def _documents_hidden_from(cls, actor: Actor) -> models.QuerySet[Item]:
        """Give the items that are the document of a record which a restriction hides from the actor.

        The rooms whose records name a document lie above this one and may not be imported here. Django knows which
        models point at an item, and each of them says by which paths it is restricted.
        """
        live = Restriction.objects.hiding_from(actor).values("record_id")
        hidden: list[Any] = []
        for relation in cls._meta.related_objects:
            above: Any = relation.related_model
            if above._meta.app_label != cls._meta.app_label and issubclass(above, Record):
                paths = reduce(or_, (Q(**{f"{path}__in": live}) for path in above.RESTRICTED_BY))
                rows = above._base_manager.filter(paths, **{relation.field.attname: OuterRef("pk")})
                hidden.append(Q(Exists(rows)))
        documents = cls._base_manager.filter(purpose=ItemPurpose.GENERAL)
        return documents.filter(reduce(or_, hidden)) if hidden else documents.none()

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


def _of_item_seen_by(actor: Actor) -> Q | None:
    """Say which rows hang under an item that the actor sees."""
    seen = Item.sight(actor)
    if seen is None:
        return None
    return Q(Exists(Item.objects.filter(seen, Item.unrestricted(actor), pk=OuterRef("item_id"))))


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
        return _of_item_seen_by(actor)

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
        return _of_item_seen_by(actor)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.item.scopes()
