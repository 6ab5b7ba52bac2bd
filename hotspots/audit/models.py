"""The log and the readable changes. All three tables are append-only, by triggers on both databases."""

import uuid_utils.compat as uuid_utils
from django.db import models


class Entry(models.Model):
    """One entry a verb: who did what to which records, and the hash that chains it to the entry before."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    body = models.TextField()
    prev_hash = models.BinaryField(max_length=32)
    entry_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["actor_id", "seq"], name="entry_of_actor")]

    def __str__(self) -> str:
        return f"Entry {self.seq}: {self.action}"


class Reference(models.Model):
    """That an entry concerns a record: what the record's history is found by. The entry's body says the same."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False)
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "entry"], name="reference_of_record"),
            models.Index(fields=["entry"], name="reference_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind}:{self.record_id} in entry {self.entry_id}"


class Change(models.Model):
    """What a verb changed in a record, old and new, sealed under the key of the record or its organization."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False)
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    key_id = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "entry"], name="change_of_record"),
            models.Index(fields=["entry", "id"], name="change_of_entry"),
        ]

    def __str__(self) -> str:
        return f"Change of {self.record_kind}:{self.record_id} in entry {self.entry_id}"


class RefusedVisits(models.Model):
    """Refusals of anonymous visitors, counted by minute and address instead of one entry each."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    minute_at = models.DateTimeField()
    address_digest = models.BinaryField(max_length=32)
    visits_count = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minute_at", "address_digest"], name="one_count_a_minute")]

    def __str__(self) -> str:
        return f"{self.visits_count} refusals at {self.minute_at:%H:%M}"
