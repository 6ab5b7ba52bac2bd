"""Releases: what the coalition tells the public, version by version, each number bound to a frozen figure."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from hotspots.access.models import Record, User
from hotspots.access.rules import Role, Scope
from hotspots.operations.models import Campaign
from hotspots.results.models.figure import Figure
from hotspots.results.rules.states import PUBLIC_STATES, ReleaseState

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PUBLISHER, Role.PROSECUTOR, Role.AUDITOR)


class Release(Record):
    """A statement of results; its text lies in its versions."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="releases")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)  # of the latest version
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in ReleaseState], default=ReleaseState.DRAFT
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.holds_countywide(*COUNTYWIDE) else Q(state__in=PUBLIC_STATES)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.campaign.lead_id)}


class ReleaseVersion(Record):
    """One text of a release. Once it was published it keeps its address for ever.

    `literals` are the numbers that are typed and not counted: [{"text", "reason", "kind"}]. `note` is the visible
    reason of a correction or retraction. An abandoned correction stays, is never published, and keeps its number.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()  # Markdown with figure slots
    literals = models.JSONField(default=list)
    operation_begins_on = models.DateField(null=True)
    operation_ends_on = models.DateField(null=True)
    data_as_of_on = models.DateField(null=True)
    released_on = models.DateField(null=True)  # the date that stands on it, a fact
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True)  # when it is to go out by itself, once approved
    held_back_reason = models.CharField(max_length=200, blank=True)  # why it did not go out at its time
    published_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    noted_on = models.DateField(null=True)

    LOGGED = ("number", "data_as_of_on", "released_on")
    RESTRICTED_BY = ("pk", "release_id")

    class Meta:
        ordering = ["release", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="release_version_number_once"),
            models.CheckConstraint(
                name="release_is_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("saved_by")),
            ),
            models.CheckConstraint(
                name="published_release_is_approved",
                condition=Q(published_at__isnull=True) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="abandoned_release_is_not_published",
                condition=Q(abandoned_at__isnull=True) | Q(published_at__isnull=True),
            ),
            models.CheckConstraint(name="release_note_is_dated", condition=Q(note="") | Q(noted_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.holds_countywide(*COUNTYWIDE) else Q(published_at__isnull=False)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.release.scopes()


class Slot(models.Model):
    """That a version shows a frozen figure under a key: `{{ responses_to_ads }}`."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT, related_name="slots")
    key = models.CharField(max_length=80)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="slots")

    class Meta:
        ordering = ["version", "key"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="slot_once")]

    def __str__(self) -> str:
        return self.key


class PreviewLink(Record):
    """A link by which an invited reader sees a version before it is published; only the token's digest is kept."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT, related_name="preview_links")
    reader_words = models.CharField(max_length=120)  # who is invited, by office
    token_digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    LOGGED = ("expires_at",)
    RESTRICTED_BY = ("pk", "version_id")

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"Preview for {self.reader_words}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.holds_countywide(Role.COORDINATOR, Role.PUBLISHER, Role.AUDITOR) else None

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.version.release.scopes()
