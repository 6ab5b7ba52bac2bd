"""Responses: a contact point answered an ad; and the marks on their messages."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Record, RecordQuerySet, Restriction, User
from hotspots.access.rules import HIDING_KINDS, Role, Scope
from hotspots.intake.models.export import Reading
from hotspots.intake.models.line import Ad
from hotspots.intake.models.message import ContactPoint, Message, referred_senders
from hotspots.intake.rules.states import DismissalReason, MarkSubject, ReferralGround, ResponseState, response_state

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class ResponseQuerySet(RecordQuerySet):
    """Rows of responses."""

    def counting(self) -> ResponseQuerySet:
        """Keep those that count, whoever looks: not dismissed, in the ad's time, of no one referred or sealed."""
        hidden = Restriction.objects.live().filter(restriction_kind__in=HIDING_KINDS).values("record_id")
        rows = self.filter(dismissal_reason="", is_outside=False)
        return rows.exclude(contact_point_id__in=hidden).exclude(pk__in=hidden)


class Response(Record):
    """A pair of ad and contact point: this contact point answered this ad at least once, inbound, in its time."""

    ad = models.ForeignKey(Ad, on_delete=models.PROTECT, related_name="responses")
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="responses")
    first_message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")  # derived at each import
    first_at = models.DateTimeField()
    messages_count = models.PositiveIntegerField(default=0)  # of both sides, in the ad's time
    # Computed: no answer lies in the ad's time any more, since its times were corrected. Kept, never counted.
    is_outside = models.BooleanField(default=False)
    found_in = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="responses")
    reference = models.CharField(max_length=12, db_index=True)
    dismissal_reason = models.CharField(
        max_length=14, blank=True, choices=[(reason.value, reason.value) for reason in DismissalReason]
    )
    dismissed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(null=True)

    objects = ResponseQuerySet.as_manager()  # type: ignore[misc]

    LOGGED = ("reference",)
    RESTRICTED_BY = ("pk", "contact_point_id")

    class Meta:
        ordering = ["first_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ad", "contact_point"], name="response_once"),
            models.CheckConstraint(
                name="dismissal_is_signed",
                condition=Q(dismissal_reason="", dismissed_by__isnull=True, dismissed_at__isnull=True)
                | (~Q(dismissal_reason="") & Q(dismissed_by__isnull=False, dismissed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["first_at", "id"], name="response_by_time")]

    def __str__(self) -> str:
        return f"Response {self.reference}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_any(Role.ADVOCATE_LIAISON):
            return Q(contact_point_id__in=referred_senders())
        seen = Ad.sight(actor)
        return None if seen is None else Q(Exists(Ad.objects.filter(seen, pk=OuterRef("ad_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.ad.scopes()

    @property
    def is_dismissed(self) -> bool:
        return bool(self.dismissal_reason)

    @property
    def state(self) -> ResponseState:
        """Give its state as its own row tells it; whether the sender is referred is asked of the restrictions."""
        return response_state(is_referred=False, is_dismissed=self.is_dismissed, is_outside=self.is_outside)


class Mark(Record):
    """Who first raised sex, price, act or age: a message of a response, marked by a named person."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="marks")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="marks")
    subject = models.CharField(max_length=6, choices=[(subject.value, subject.value) for subject in MarkSubject])
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    LOGGED = ("subject",)
    RESTRICTED_BY = ("pk", "response_id", "response__contact_point_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "subject"], name="mark_once")]

    def __str__(self) -> str:
        return f"First to raise {self.subject}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        seen = Response.sight(actor)
        return None if seen is None else Q(Exists(Response.objects.filter(seen, pk=OuterRef("response_id"))))

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return self.response.scopes()


class Referral(Record):
    """That a sender was referred to advocates, and who took over; seen by victim services alone."""

    contact_point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="referrals")
    ground = models.CharField(max_length=16, choices=[(ground.value, ground.value) for ground in ReferralGround])
    reference = models.CharField(max_length=12)
    referred_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()
    taken_over_by_words = models.CharField(max_length=120, blank=True)  # a title and an organization, no name
    taken_over_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-referred_at"]
        constraints = [models.UniqueConstraint(fields=["contact_point"], name="referred_once")]

    def __str__(self) -> str:
        return f"Referral {self.reference}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return Q() if actor.holds_any(Role.ADVOCATE_LIAISON) else None
