"""Messages, the places they were read from, and the contact points they came from or went to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hotspots.access.models import Record, Restriction
from hotspots.access.rules import RestrictionKind, Role, Scope
from hotspots.intake.models.export import Reading
from hotspots.intake.models.line import COUNTYWIDE, IN_THE_AGENCY, Ad, Line
from hotspots.intake.rules.states import ANSWER_WINDOW, ContactKind, ReadingState

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


def referred_senders() -> QuerySet[Any]:
    """Give the ids of the contact points that are referred: all that victim services see."""
    live = Restriction.objects.live().filter(restriction_kind=RestrictionKind.REFERRED)
    return live.filter(record_kind="intake.ContactPoint").values("record_id")


class ContactPoint(Record):
    """A number, address or handle that wrote to a line: pseudonymous until an officer identifies a person lawfully."""

    contact_kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in ContactKind])
    index_digest = models.BinaryField(max_length=32, unique=True)
    last_four_digest = models.BinaryField(max_length=32, null=True, db_index=True)
    sealed = models.BinaryField()  # the normalized number, under the contact point's own key
    key_id = models.UUIDField()

    def __str__(self) -> str:
        return "A contact point"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        if actor.holds_any(Role.ADVOCATE_LIAISON):
            return Q(pk__in=referred_senders())
        seen = Message.sight(actor)
        return None if seen is None else Q(Exists(Message.objects.filter(seen, contact_point_id=OuterRef("pk"))))


class Message(Record):
    """One event on a line, in either direction; the same event in overlapping backups is one message."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="messages", db_index=False)
    # The reading that shows it. Without an index: the messages of a reading are found by its places.
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="messages", db_index=False)
    contact_point = models.ForeignKey(
        ContactPoint, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    message_kind = models.CharField(max_length=4)
    direction = models.CharField(max_length=8)
    phone_state = models.CharField(max_length=12)
    is_withheld = models.BooleanField(default=False)
    is_reaction = models.BooleanField(default=False)  # a tapback: no answer to an ad
    sent_at = models.DateTimeField(null=True)
    # Keyed, 26 bytes behind the 6 of the time: what a file holds in order is indexed in order (three times as fast).
    event_digest = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()  # JSON of words, address as written, recipients, attachments by digest

    RESTRICTED_BY = ("pk", "contact_point_id")

    class Meta:
        indexes = [
            models.Index(fields=["contact_point", "sent_at"], name="message_of_contact"),
            models.Index(fields=["line", "sent_at"], name="message_of_line"),
        ]

    def __str__(self) -> str:
        return f"{self.message_kind} {self.direction}"

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        shown = Q(Exists(Reading.objects.filter(pk=OuterRef("reading_id"), state=ReadingState.FINISHED)))
        if actor.holds_any(Role.ADVOCATE_LIAISON):
            groups = Participant.objects.filter(contact_point_id__in=referred_senders()).values("message_id")
            return shown & (Q(contact_point_id__in=referred_senders()) | Q(pk__in=groups))
        if actor.holds_countywide(*COUNTYWIDE):
            return shown
        mine = actor.organizations(*IN_THE_AGENCY)
        if not mine:
            return None
        own = Line.objects.filter(owner_id__in=mine, pk=OuterRef("line_id"))
        return shown & (Q(Exists(own)) | cls._in_time_of_shared_ads(actor))

    @staticmethod
    def _in_time_of_shared_ads(actor: Actor) -> Q:
        """Say which messages lie in the time of an ad that the actor sees: of another agency's line, these alone.

        The times are those of `rules.states.answer_spans`: a message belongs to the ad that was placed last before it,
        up to 72 hours after that ad's withdrawal.
        """
        earlier = Ad.objects.filter(line_id=OuterRef("line_id"), placed_at__lte=OuterRef(OuterRef("sent_at")))
        last = earlier.order_by("-placed_at", "-pk").values("pk")[:1]
        is_held = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=OuterRef("sent_at") - ANSWER_WINDOW)
        seen = Ad.objects.visible_to(actor).filter(is_held, line_id=OuterRef("line_id"), pk=Subquery(last))
        return Q(Exists(seen))

    @classmethod
    def unrestricted(cls, actor: Actor) -> Q:
        """Say which rows no restriction hides: of its contact point, or of anyone else in its group."""
        hidden = Restriction.objects.hiding_from(actor).values("record_id")
        in_group = Participant.objects.filter(contact_point__in=hidden).values("message_id")
        return super().unrestricted(actor) & ~Q(pk__in=in_group)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        return {(Scope.ORGANIZATION, self.line.owner_id)}


class Participant(models.Model):
    """That a group message went to one more contact point; to take part in a group is not to answer an ad."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="participants")
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="taking_part")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "contact_point"], name="participant_once")]

    def __str__(self) -> str:
        return "A member of a group"


class SourcePlace(models.Model):
    """Where one copy of a message stands in a file: the bytes that a figure can be followed down to."""

    id = models.UUIDField(primary_key=True)  # UUIDv8 of the reading's seed, member and ordinal: in reading order
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="places")
    # Without an index: the ids of one reading's places lie together, see `places_of`.
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="places", db_index=False)
    member = models.PositiveIntegerField()
    ordinal = models.BigIntegerField()
    offset_bytes = models.BigIntegerField()
    length_bytes = models.BigIntegerField()
    line_number = models.BigIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.offset_bytes:,} + {self.length_bytes}"
