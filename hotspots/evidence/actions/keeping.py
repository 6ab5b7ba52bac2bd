"""Bytes around the verbs of an upload: kept outside any transaction, then counted by a verb."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.models import Organization
from hotspots.evidence.actions.sweeping import let_go_if_unused
from hotspots.evidence.actions.uploads import (
    PartFacts,
    UploadFacts,
    WholeFacts,
    begin_upload,
    check_part,
    drop_upload,
    finish_upload,
    receive_part,
)
from hotspots.evidence.models import Upload
from hotspots.store import actions as store
from hotspots.store.models import Blob


class _ExactSource:
    """Reads exactly a number of bytes, and refuses a source that has fewer."""

    def __init__(self, source: store.Readable, size_bytes: int) -> None:
        self._source = source
        self._left = self._size = size_bytes

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes, or none once all have come."""
        wanted = self._left if size < 0 else min(size, self._left)
        if not wanted:
            return b""
        piece = self._source.read(wanted)
        if not piece:
            sentence = _("{came:,} of {size:,} bytes came; send the part again.")
            came = self._size - self._left
            raise errors.BadInput("upload.short", sentence.format(came=came, size=self._size), locator=f"byte {came}")
        self._left -= len(piece)
        return piece


def _own_upload(by: Actor, upload: Upload) -> Upload:
    row = Upload.objects.visible_to(by).filter(pk=upload.pk).first()
    if row is None:
        raise errors.NotFound("evidence.upload", _("There is no such upload."))
    return row


def store_part(*, by: Actor, upload: Upload, offset_bytes: int, size_bytes: int, source: store.Readable) -> Upload:
    """Keep one part of an upload and count it; the same part again changes nothing.

    Raises Stale with the next offset when a part before it is missing, BadInput when fewer bytes come than were said.
    """
    row = _own_upload(by, upload)
    facts = PartFacts(offset_bytes, size_bytes)
    check_part(row, facts)
    part = store.put_part(row.pk, offset_bytes, _ExactSource(source, size_bytes))
    if offset_bytes + part.size_bytes <= row.received_bytes:
        return row
    return receive_part(by=by, upload=row, facts=PartFacts(offset_bytes, part.size_bytes))


def join_upload(*, by: Actor, upload: Upload, clock: Clock = system_clock) -> Upload:
    """Join the parts of an upload to one blob and mark it whole; they go after that, so that a kill loses nothing."""
    row = _own_upload(by, upload)
    if row.received_bytes != row.size_bytes:
        sentence = _("{came:,} of {size:,} bytes of {name} have come.")
        told = sentence.format(came=row.received_bytes, size=row.size_bytes, name=row.file_name)
        raise errors.RuleBroken("upload.short", told, field="file")
    blob = store.put_bytes(store.PartsReader(store.parts_of(row.pk)), at=clock())
    whole = _finished(by, row, blob, clock)
    store.drop_parts(row.pk, at=clock())
    return whole


def discard_upload(*, by: Actor, upload: Upload, clock: Clock = system_clock) -> Upload:
    """Drop an upload and let its bytes go: its parts, and once they were joined what no item uses."""
    dropped = drop_upload(by=by, upload=upload, clock=clock)
    store.drop_parts(dropped.pk, at=clock())
    return dropped


def keep_file(
    *, by: Actor, owner: Organization, source: BinaryIO, facts: UploadFacts, clock: Clock = system_clock
) -> Upload:
    """Take a whole file that is at hand, as the command line and the demonstration do, and give its upload."""
    upload = begin_upload(by=by, owner=owner, facts=facts, clock=clock)
    return _finished(by, upload, store.put_bytes(source, at=clock()), clock)


def _finished(by: Actor, upload: Upload, blob: Blob, clock: Clock) -> Upload:
    """Mark an upload whole; where that is refused, as after it was dropped, its bytes are let go."""
    try:
        return finish_upload(by=by, upload=upload, facts=WholeFacts(blob.pk))
    except errors.Refusal:
        let_go_if_unused(blob.pk, clock=clock)
        raise
