"""Exports of a line's phone, and the readings of their bytes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Scope
from hotspots.evidence.models import Item
from hotspots.intake.models.line import Line
from hotspots.intake.rules.states import ReadingState

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class Reading(models.Model):
    """One file read by one version of a reader for one line; shared by every export of the same bytes."""

    id = models.UUIDField(primary_key=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="readings")
    sha256 = models.CharField(max_length=64)
    reader = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=20)
    key_id = models.UUIDField()  # seals the text of what came without a number
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in ReadingState], default=ReadingState.WAITING
    )
    refused_reason = models.TextField(blank=True)
    # The ids of its places are made from these 32 bytes: the file's SHA-256; for bytes that another line or version
    # of the reader has read already, a digest of it and of this reading, since two places cannot have one id.
    place_seed = models.BinaryField(max_length=32, default=bytes)
    report = models.JSONField(default=dict)  # the counts of the reader: facts of the file, whoever looks
    rows_count = models.BigIntegerField(null=True)
    root = models.BinaryField(null=True, max_length=32)  # Merkle root over the ids of its source places
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "line", "reader", "reader_version"], name="reading_once")
        ]

    def __str__(self) -> str:
        return f"Reading of {self.sha256[:12]}"


class Export(Record):
    """A phone export that was received for a line: an evidence item, and its reading."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="export")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="exports")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="exports")
    job_id = models.UUIDField(null=True)  # plain: the job belongs to the one who asked, the export to the agency
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    is_repeat = models.BooleanField(default=False)  # the same bytes were received for this line before; it adds nothing
    new_messages_count = models.BigIntegerField(null=True)  # a fact of the file; responses are counted for who looks
    anomalies_reviewed_at = models.DateTimeField(null=True)  # when a person had looked at what is odd in the file
    anomalies_reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    LOGGED = ("received_at", "is_repeat")
    RESTRICTED_BY = ("pk", "item_id")

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                name="review_is_signed",
                condition=Q(anomalies_reviewed_at__isnull=True, anomalies_reviewed_by__isnull=True)
                | Q(anomalies_reviewed_at__isnull=False, anomalies_reviewed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.item.file_name

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        # A partner sees the line of an ad they share, and its messages; the file is of those who see the item.
        lines, items = Line.sight(actor), Item.sight(actor)
        if lines is None or items is None:
            return None
        is_line_seen = Exists(Line.objects.filter(lines, pk=OuterRef("line_id")))
        return Q(is_line_seen) & Q(Exists(Item.objects.filter(items, pk=OuterRef("item_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.line.owner_id)}


class Anomaly(models.Model):
    """Something to know about a file, with its place."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="anomalies")
    anomaly_kind = models.CharField(max_length=40)
    member = models.PositiveIntegerField(default=0)
    offset_bytes = models.BigIntegerField()
    line_number = models.BigIntegerField()
    words = models.CharField(max_length=400)

    class Meta:
        ordering = ["member", "offset_bytes", "pk"]

    def __str__(self) -> str:
        return f"line {self.line_number}: {self.words}"
