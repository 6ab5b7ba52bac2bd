"""Bytes that nothing uses are let go: at once where an upload was refused, and later where a process was killed."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import SYSTEM, Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.evidence.actions.uploads import destroy_unused
from hotspots.evidence.queries import ended_uploads_with_parts, unused_blobs
from hotspots.store.actions import drop_parts

# A form that a browser still holds may take up bytes that were joined before; after a day none does.
UNUSED_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BytesFacts:
    """Which bytes are let go."""

    blob_id: uuid.UUID

    LOGGED: ClassVar = ("blob_id",)


@action("evidence.let_go_bytes", system=True)
def let_go_bytes(*, by: Actor, facts: BytesFacts, clock: Clock = system_clock) -> None:
    """Destroy the key of bytes that no item uses, and no upload that may become one."""
    if not destroy_unused(facts.blob_id, at=clock()):
        raise errors.Stale("bytes.used", _("These bytes are used, or were let go before."))


def let_go_if_unused(blob_id: uuid.UUID, *, clock: Clock = system_clock) -> None:
    """Let bytes go unless something uses them, or has taken them up in the meantime."""
    if unused_blobs().filter(pk=blob_id).exists():
        with contextlib.suppress(errors.Stale):
            let_go_bytes(by=SYSTEM, facts=BytesFacts(blob_id), clock=clock)


def sweep_bytes(*, clock: Clock = system_clock) -> None:
    """Let go what a kill has left: bytes that nothing has used for a day, and parts of uploads that have ended."""
    for blob in unused_blobs().filter(stored_at__lt=clock() - UNUSED_KEPT):
        let_go_if_unused(blob.pk, clock=clock)
    for upload_id in ended_uploads_with_parts():
        drop_parts(upload_id, at=clock())
