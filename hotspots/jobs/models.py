"""One table of long work."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Scope
from hotspots.jobs.rules import JobState

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class Job(Record):
    """A piece of long work: whose, how far, and who holds it until when."""

    job_kind = models.CharField(max_length=60)
    requester = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="jobs")
    about = models.UUIDField(null=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in JobState], default=JobState.QUEUED
    )
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    checkpoint = models.JSONField(default=dict)
    rows_count = models.BigIntegerField(default=0)
    done_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    attempts_count = models.IntegerField(default=0)
    is_cancel_asked = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    ready_at = models.DateTimeField()  # not taken before this time
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    LOGGED = ("job_kind",)

    class Meta:
        ordering = ["queued_at"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_ready"),
            models.Index(fields=["about"], name="job_about"),
        ]

    def __str__(self) -> str:
        return f"{self.job_kind} ({self.state})"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q(requester_id=actor.user_id) if actor.is_signed_in else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.requester.organization_id)} if self.requester else set()

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.QUEUED, JobState.RUNNING}
