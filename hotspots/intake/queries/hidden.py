"""What of a file is hidden: the records of whoever is referred, sealed or protected, and what was noted inside them.

Those who are hidden are few. Their places are found from their messages, which are indexed, and never by reading the
places of a whole file.
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from hotspots.access.actor import Actor
from hotspots.access.models import Restriction
from hotspots.intake.models import Anomaly, Export, Message, Participant, Reading, SourcePlace
from hotspots.intake.queries.answers import hidden_contact_points
from hotspots.intake.readers import AnomalyKind
from hotspots.intake.rules.states import ReadingState

# What a reader notes where bytes of the file are in none of its records: nobody knows whose they are.
UNREAD_KINDS = frozenset(
    {
        AnomalyKind.TRUNCATED,
        AnomalyKind.BROKEN_XML,
        AnomalyKind.WRONG_ENCODING,
        AnomalyKind.TRAILING_CONTENT,
        AnomalyKind.UNKNOWN_ELEMENT,
        AnomalyKind.MEMBER_REFUSED,
        AnomalyKind.MEMBER_SKIPPED,
        AnomalyKind.MEMBER_BROKEN,
        AnomalyKind.NESTED_ZIP,
    }
)


class HiddenPlace(NamedTuple):
    """Where a hidden record stands in a file."""

    place_id: uuid.UUID
    reading_id: uuid.UUID
    member: int
    offset_bytes: int
    length_bytes: int
    message_id: uuid.UUID
    shown_by_id: uuid.UUID
    direction: str
    contact_point_id: uuid.UUID | None


FIELDS = ("pk", "reading_id", "member", "offset_bytes", "length_bytes", "message_id")
OF_MESSAGE = ("message__reading_id", "message__direction", "message__contact_point_id")


def places_hidden_from(actor: Actor, reading_ids: Iterable[uuid.UUID]) -> list[HiddenPlace]:
    """Give the places of readings whose records the actor may not see, in the order of each file."""
    hidden = list(Restriction.objects.hiding_from(actor).values_list("record_id", flat=True))
    if not hidden or actor.is_system:
        return []
    in_files = SourcePlace.objects.filter(reading_id__in=list(reading_ids)).order_by()
    paths = ("message__contact_point_id", "message_id", "message__participants__contact_point_id")
    rows = [in_files.filter(**{f"{path}__in": hidden}).values_list(*FIELDS, *OF_MESSAGE) for path in paths]
    found = {row[0]: HiddenPlace(*row) for one in rows for row in one}
    return sorted(found.values(), key=lambda place: (place.reading_id, place.member, place.offset_bytes))


def anomalies_seen_by(actor: Actor, reading_ids: Iterable[uuid.UUID]) -> QuerySet[Anomaly]:
    """Give what was noted in files, without what stands inside a record that the actor may not see."""
    ids = list(reading_ids)
    return anomalies_outside(places_hidden_from(actor, ids), ids)


def anomalies_outside(hidden: Iterable[HiddenPlace], reading_ids: Iterable[uuid.UUID]) -> QuerySet[Anomaly]:
    """Give what was noted in files outside of these places."""
    rows = Anomaly.objects.filter(reading_id__in=list(reading_ids))
    spans: dict[tuple[uuid.UUID, int], list[tuple[int, int]]] = defaultdict(list)
    for place in hidden:
        spans[place.reading_id, place.member].append((place.offset_bytes, place.offset_bytes + place.length_bytes))
    if not spans:
        return rows
    noted = rows.order_by().values_list("pk", "reading_id", "member", "offset_bytes")
    return rows.exclude(
        pk__in=[pk for pk, reading, member, at in noted if _is_inside(spans.get((reading, member)), at)]
    )


def _is_inside(spans: list[tuple[int, int]] | None, offset: int) -> bool:
    if not spans:
        return False
    before = bisect_right(spans, offset, key=lambda span: span[0])
    return before > 0 and offset < spans[before - 1][1]


def has_hidden_records(export: Export) -> bool:
    """Answer whether a record of an export's file is, or may be, referred, sealed or protected, for whoever asks.

    Only of a file that was read to its end is it known whose records it holds; of any other it is enough that
    someone who wrote to its line is hidden.
    """
    readings = Reading.objects.filter(sha256=export.reading.sha256)
    in_file = SourcePlace.objects.filter(reading__in=readings, message_id=OuterRef("pk"))
    if any(rows.filter(Exists(in_file)).exists() for rows in _hidden_messages()):
        return True
    if not readings.filter(_is_not_read_whole()).exists():
        return False
    lines = {export.line_id, *readings.values_list("line_id", flat=True)}
    return any(rows.filter(line_id__in=lines).exists() for rows in _hidden_messages())


def _is_not_read_whole() -> Q:
    unread = Anomaly.objects.filter(reading_id=OuterRef("pk"), anomaly_kind__in=UNREAD_KINDS)
    return ~Q(state=ReadingState.FINISHED) | Q(Exists(unread))


def _hidden_messages() -> tuple[QuerySet[Any], ...]:
    hidden = hidden_contact_points()
    groups = Participant.objects.filter(contact_point_id__in=hidden).values("message_id")
    paths: tuple[Q, ...] = (Q(contact_point_id__in=hidden), Q(pk__in=hidden), Q(pk__in=groups))
    return tuple(Message.objects.filter(path) for path in paths)
