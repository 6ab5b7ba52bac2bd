"""What a device or a partner has sent, so that sending it twice does it once."""

from __future__ import annotations

import uuid_utils.compat as uuid_utils
from django.db import models

from hotspots.access.models.people import User


class SentRequest(models.Model):
    """A verb that was asked for under a request id; the id is unique per sender."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    request_id = models.UUIDField()
    verb = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    result_kind = models.CharField(max_length=60, blank=True)
    result_id = models.UUIDField(null=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "request_id"], name="request_id_once_per_sender")]

    def __str__(self) -> str:
        return f"{self.verb} {self.request_id}"
