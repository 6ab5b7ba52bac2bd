"""Data keys: a row each, wrapped by the master key that the database never holds."""

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """One key: of a stored blob, a subject, a contact point, an export, a record or an organization's history."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    purpose = models.CharField(max_length=20)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destroyed_key_has_no_bytes",
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} key {self.id}"
