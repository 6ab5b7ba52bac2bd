"""The keyed digest under which one event is known, however many backups repeat it; and the places of one reading."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from hotspots.intake.models import Reading, SourcePlace
from hotspots.intake.readers import Record
from hotspots.intake.rules import duplicate_key_parts, place_id
from hotspots.keys.actions import index_digests

EVENT_PURPOSE = "intake.event"
TIME_MASK = (1 << 48) - 1
LAST_PLACE = (1 << 42) - 1  # 12 bits of member and 30 of ordinal


def event_digests(own_phone: str, records: Sequence[Record]) -> list[bytes]:
    """Give the digest of the event that each record tells of: its time in 48 bits, then 208 bits of HMAC-SHA256.

    The HMAC is over the parts of the duplicate key. The time, which its row tells anyway, keeps events that a file
    holds in order together in the index.
    """
    parts = (
        duplicate_key_parts(
            own_phone=own_phone,
            address=record.address,
            sent_at_ms=record.sent_at_ms,
            direction=record.direction._value_,
            body=record.body,
            m_id=record.m_id,
        )
        for record in records
    )
    keyed = zip(records, index_digests(EVENT_PURPOSE, parts), strict=True)
    return [((record.sent_at_ms or 0) & TIME_MASK).to_bytes(6, "big") + digest[:26] for record, digest in keyed]


def places_of(reading: Reading) -> QuerySet[SourcePlace]:
    """Give the places of a reading, by the range of their ids, which begin with its seed and lie in reading order."""
    first = place_id(bytes(reading.place_seed), 0, 0)
    last = uuid.UUID(int=first.int | LAST_PLACE)
    return SourcePlace.objects.filter(pk__gte=first, pk__lte=last)
