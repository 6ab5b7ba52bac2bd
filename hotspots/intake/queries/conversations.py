"""A response's conversation, both sides, and the numbers behind contact points: for those who may see them."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.intake.models import ContactPoint, Mark, Message, Participant, Response, SourcePlace
from hotspots.intake.queries.answers import spans_of_line
from hotspots.intake.queries.bytes import readable_exports
from hotspots.intake.rules.states import ReadingState
from hotspots.keys import actions as keys
from sealing import decrypt_small, key_id_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where one copy of a message stands: the n-th record of a file, its bytes and its line.

    `is_readable` is false where a restriction hides the file, or its bytes are gone.
    """

    id: uuid.UUID
    reading_id: uuid.UUID
    ordinal: int
    offset_bytes: int
    length_bytes: int
    line_number: int
    is_readable: bool


@dataclass(frozen=True, slots=True)
class MarkShown:
    """A mark on a message."""

    id: uuid.UUID
    subject: str
    marked_by: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message or call. `words` is None where its key was destroyed; `members_count` counts others in a group."""

    message_id: uuid.UUID
    is_inbound: bool
    message_kind: str
    phone_state: str
    sent_at: datetime | None
    words: str | None
    duration_seconds: int | None
    attachments: tuple[str, ...]
    members_count: int
    places: tuple[Place, ...]
    marks: tuple[MarkShown, ...]
    is_counted: bool
    is_in_time: bool
    is_with_sender: bool  # with the sender alone or first: a group that someone else is named for is not


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said between a line and the contact point of a response, oldest first."""

    response_id: uuid.UUID
    said: tuple[Said, ...]

    @property
    def in_time_count(self) -> int:
        """Count the messages of the sender that lie in the ad's time, as `Response.messages_count` does."""
        return sum(one.is_in_time and one.is_with_sender for one in self.said)

    @property
    def inbound_count(self) -> int:
        return sum(one.is_inbound for one in self.said)


def said_with(response: Response) -> QuerySet[Message]:
    """Give the messages between the ad's line and the response's contact point, group messages to it included."""
    in_groups = Participant.objects.filter(contact_point_id=response.contact_point_id).values("message_id")
    return Message.objects.filter(
        Q(contact_point_id=response.contact_point_id) | Q(pk__in=in_groups),
        line_id=response.ad.line_id,
        reading__state=ReadingState.FINISHED,
    )


def conversation_of(actor: Actor, response: Response) -> Conversation:
    """Give the conversation of a response; the caller has opened it by `open_response`.

    Raises NotFound for a response that the actor may not see.
    """
    row = Response.objects.visible_to(actor).select_related("ad").filter(pk=response.pk).first()
    if row is None:
        raise errors.NotFound("intake.response", "There is no such response.")
    messages = list(
        Message.objects.visible_to(actor)
        .filter(pk__in=said_with(row).values("pk"))
        .order_by(F("sent_at").asc(nulls_last=True), "event_digest")
    )
    ids = [message.pk for message in messages]
    contents = _contents_of(messages)
    places, marks, groups = _places_of(actor, ids), _marks_of(row), _group_sizes(ids)
    span = next(span for span in spans_of_line(row.ad.line_id) if span.ad_id == row.ad_id)
    said = tuple(
        Said(
            message_id=message.pk,
            is_inbound=message.direction == "inbound",
            message_kind=message.message_kind,
            phone_state=message.phone_state,
            sent_at=message.sent_at,
            places=places[message.pk],
            marks=marks[message.pk],
            members_count=groups.get(message.pk, 0),
            is_counted=message.pk == row.first_message_id and not row.is_outside,
            is_in_time=message.sent_at is not None and span.holds(message.sent_at),
            is_with_sender=message.contact_point_id == row.contact_point_id,
            **_told(contents.get(message.pk)),
        )
        for message in messages
    )
    return Conversation(row.pk, said)


def _contents_of(messages: Iterable[Message]) -> dict[uuid.UUID, dict[str, Any]]:
    sealed = {message.pk: bytes(message.sealed) for message in messages}
    opened = keys.open_keys(uuid.UUID(bytes=key_id_of(value)) for value in sealed.values())
    found = {}
    for pk, value in sealed.items():
        key = opened.get(uuid.UUID(bytes=key_id_of(value)))
        if key is not None:
            found[pk] = json.loads(decrypt_small(key, value, associated=pk.bytes))
    return found


def _told(content: dict[str, Any] | None) -> dict[str, Any]:
    if content is None:
        return {"words": None, "duration_seconds": None, "attachments": ()}
    return {
        "words": content.get("words", ""),
        "duration_seconds": content.get("seconds"),
        "attachments": tuple(
            f"{name or kind}, {size:,} bytes" for kind, name, size, _sha in content.get("attachments", [])
        ),
    }


def _places_of(actor: Actor, message_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[Place, ...]]:
    found: dict[uuid.UUID, tuple[Place, ...]] = defaultdict(tuple)
    is_readable = Exists(readable_exports(actor).filter(reading_id=OuterRef("reading_id")))
    rows = SourcePlace.objects.filter(message_id__in=message_ids, reading__state=ReadingState.FINISHED)
    for row in rows.annotate(is_readable=is_readable).order_by("reading__finished_at", "id"):
        where = (row.ordinal, row.offset_bytes, row.length_bytes, row.line_number)
        place = Place(row.pk, row.reading_id, *where, row.is_readable)
        found[row.message_id] += (place,)
    return found


def _marks_of(response: Response) -> dict[uuid.UUID, tuple[MarkShown, ...]]:
    found: dict[uuid.UUID, tuple[MarkShown, ...]] = defaultdict(tuple)
    for row in Mark.objects.filter(response=response).select_related("marked_by").order_by("marked_at"):
        found[row.message_id] += (MarkShown(row.pk, row.subject, row.marked_by.title),)
    return found


def _group_sizes(message_ids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    sizes: dict[uuid.UUID, int] = defaultdict(int)
    for message_id in Participant.objects.filter(message_id__in=message_ids).values_list("message_id", flat=True):
        sizes[message_id] += 1
    return sizes


def contact_values(actor: Actor, contact_points: Iterable[ContactPoint | uuid.UUID]) -> dict[uuid.UUID, str]:
    """Give the numbers behind those contact points that the actor may see; the caller has logged it by a verb."""
    ids = {one.pk if isinstance(one, ContactPoint) else one for one in contact_points}
    rows = list(ContactPoint.objects.visible_to(actor).filter(pk__in=ids))
    opened = keys.open_keys(row.key_id for row in rows)
    return {
        row.pk: decrypt_small(opened[row.key_id], bytes(row.sealed), associated=row.pk.bytes).decode()
        for row in rows
        if row.key_id in opened
    }
