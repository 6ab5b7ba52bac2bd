"""The bytes of one record, where it stands in its file: the ground under every figure.

Exactly that record's range is read, after the message's own sight; then the reader reads those bytes again, and the
event that it finds must be the event that was counted. Opening a range authenticates every chunk it touches, so what
is shown is what was sealed when the file's SHA-256 was taken; custody says in whose hands it has been since.
"""

from __future__ import annotations

import hmac
import uuid
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from django.db.models import QuerySet

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.evidence.queries import Custody, custody_of
from hotspots.intake.models import Export, Line, Message, SourcePlace
from hotspots.intake.queries.events import event_digests
from hotspots.intake.readers import Record, Refused, ResumePoint, read_export
from hotspots.intake.rules.states import ReadingState
from hotspots.store import actions as store
from hotspots.store.models import Blob
from sealing import SealBroken

SHOWN_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class BytesWindow:
    """One record's bytes and what vouches for them. `content` is the range, cut after `SHOWN_BYTES` if `is_cut`.

    `export_id`, `item_id` and `custody` are None for a partner, who sees the message, and of the file its digest alone.
    """

    place_id: uuid.UUID
    message_id: uuid.UUID
    export_id: uuid.UUID | None
    item_id: uuid.UUID | None
    file_name: str
    sha256: str
    file_bytes: int
    member: int
    member_name: str
    offset_bytes: int
    length_bytes: int
    line_number: int
    ordinal: int
    content: bytes
    is_cut: bool
    is_same_event: bool
    custody: Custody | None
    received_at: datetime


def bytes_window(actor: Actor, place_id: uuid.UUID) -> BytesWindow:
    """Give the bytes of one record that the actor may see; the caller has opened it by `open_bytes`.

    Raises NotFound for a place out of sight, and Unavailable when the file is missing or altered.
    """
    place = _place_in_sight(actor, place_id)
    export, is_seen = _export_of(actor, place)
    item = export.item
    blob = cast(Blob, item.blob)  # a digital item has one, by a constraint
    reader = store.open_blob(blob)
    try:
        content, member_name = _range_of(reader, place)
        is_same = _is_same_event(reader, place)
    except (SealBroken, ValueError, zipfile.BadZipFile, EOFError) as error:
        sentence = f"The stored bytes of {item.file_name} were altered or cut near byte {place.offset_bytes:,}."
        raise errors.Unavailable("store.altered", sentence) from error
    finally:
        reader.close()
    return BytesWindow(
        place_id=place.pk,
        message_id=place.message_id,
        export_id=export.pk if is_seen else None,
        item_id=item.pk if is_seen else None,
        file_name=item.file_name,
        sha256=blob.sha256,
        file_bytes=blob.size_bytes,
        member=place.member,
        member_name=member_name,
        offset_bytes=place.offset_bytes,
        length_bytes=place.length_bytes,
        line_number=place.line_number,
        ordinal=place.ordinal,
        content=content[:SHOWN_BYTES],
        is_cut=place.length_bytes > SHOWN_BYTES,
        is_same_event=is_same,
        custody=custody_of(actor, item) if is_seen else None,
        received_at=item.received_at,
    )


def place_in_sight(actor: Actor, place_id: uuid.UUID) -> tuple[SourcePlace, Message]:
    """Give a place and its message for the verb that opens it, or raise NotFound."""
    place = _place_in_sight(actor, place_id)
    return place, place.message


def _place_in_sight(actor: Actor, place_id: uuid.UUID) -> SourcePlace:
    rows = SourcePlace.objects.filter(pk=place_id, reading__state=ReadingState.FINISHED)
    place = rows.select_related("message", "reading", "reading__line").first()
    if place is None or not Message.objects.visible_to(actor).filter(pk=place.message_id).exists():
        raise errors.NotFound("intake.place", "There is no such place.")
    return place


def _export_of(actor: Actor, place: SourcePlace) -> tuple[Export, bool]:
    """Give the export to read the bytes from, and whether the actor sees it; none that a restriction hides."""
    rows = readable_exports(actor).filter(reading_id=place.reading_id)
    rows = rows.select_related("item__blob", "item__owner").order_by("received_at", "pk")
    seen = rows.filter(pk__in=Export.objects.visible_to(actor).order_by().values("pk")).first()
    export = seen or rows.first()
    if export is None:
        raise errors.NotFound("intake.place", "There is no such place.")
    return export, seen is not None


def readable_exports(actor: Actor) -> QuerySet[Export]:
    """Give the exports whose bytes are there, and which no restriction hides from the actor."""
    return Export.objects.filter(Export.unrestricted(actor), item__blob__destroyed_at__isnull=True)


def _range_of(reader: store.StoredReader, place: SourcePlace) -> tuple[bytes, str]:
    wanted = min(place.length_bytes, SHOWN_BYTES)
    reader.seek(0)
    if not reader.read(4).startswith(b"PK"):
        return reader.range(place.offset_bytes, wanted), ""
    with zipfile.ZipFile(reader) as archive:
        info = archive.infolist()[place.member]
        with archive.open(info) as member:
            member.seek(place.offset_bytes)
            return member.read(wanted), info.filename


def _is_same_event(reader: store.StoredReader, place: SourcePlace) -> bool:
    """Read the record again from its bytes, and compare its event with the one that was kept."""
    start = ResumePoint(place.member, place.offset_bytes, place.ordinal, place.line_number)
    line: Line = place.reading.line
    try:
        for event in read_export(cast(BinaryIO, reader), resume=start):
            if isinstance(event, Record):
                kept = bytes(place.message.event_digest)
                is_here = (event.offset, event.length) == (place.offset_bytes, place.length_bytes)
                return is_here and hmac.compare_digest(event_digests(line.address, [event])[0], kept)
    except Refused:
        return False
    return False
