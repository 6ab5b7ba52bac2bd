"""Stored bytes: what is known of a blob; the bytes themselves lie sealed in the store's folder."""

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """Bytes under their own SHA-256 and one key; after destruction the same bytes may come again, under a new key."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    sealed_bytes = models.BigIntegerField()
    key_id = models.UUIDField()
    stored_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=Q(destroyed_at__isnull=True), name="one_live_blob")
        ]

    def __str__(self) -> str:
        return f"{self.size_bytes} bytes, {self.sha256[:12]}"


class Part(models.Model):
    """One part of an upload that is not whole yet, sealed under the upload's key."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    upload_id = models.UUIDField()
    offset_bytes = models.BigIntegerField()
    size_bytes = models.BigIntegerField()
    sealed_bytes = models.BigIntegerField()
    key_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload_id", "offset_bytes"], name="one_part_at_an_offset")]

    def __str__(self) -> str:
        return f"{self.size_bytes} bytes at {self.offset_bytes}"
