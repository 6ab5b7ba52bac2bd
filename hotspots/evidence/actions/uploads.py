"""Uploads: size, audience and quota are checked first; bytes are kept by `keeping`, between these verbs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_fact
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.evidence.models import Upload
from hotspots.evidence.queries import is_used, locked_blob, used_bytes
from hotspots.evidence.rules import PART_LIMIT_BYTES, QUOTA_BYTES, UPLOAD_LIMIT_BYTES, UploadState, clean_file_name
from hotspots.store.actions import destroy_blob, parts_of

SENDERS = (Role.CUSTODIAN, Role.OFFICER, Role.OPERATION_LEAD, Role.PROSECUTOR, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What is known of a file before its bytes come."""

    file_name: str
    size_bytes: int

    LOGGED: ClassVar = ("size_bytes",)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part that the store has kept."""

    offset_bytes: int
    size_bytes: int

    LOGGED: ClassVar = ("offset_bytes", "size_bytes")


@dataclass(frozen=True, slots=True)
class WholeFacts:
    """The blob that an upload's parts were joined to."""

    blob_id: uuid.UUID

    LOGGED: ClassVar = ("blob_id",)


@action("evidence.begin_upload", roles=SENDERS, subject="owner")
def begin_upload(*, by: Actor, owner: Organization, facts: UploadFacts, clock: Clock = system_clock) -> Upload:
    """Begin an upload: name and size are known, no byte has come yet."""
    if facts.size_bytes < 0:
        raise errors.BadInput("upload.size", _("A file has no negative size."), locator="field size")
    if facts.size_bytes > UPLOAD_LIMIT_BYTES:
        sentence = _("{name} has {size:,} bytes; at most {limit:,} are taken in one file.")
        raise errors.RuleBroken(
            "upload.size",
            sentence.format(name=clean_file_name(facts.file_name), size=facts.size_bytes, limit=UPLOAD_LIMIT_BYTES),
            field="file",
        )
    if used_bytes(owner.pk) + facts.size_bytes > QUOTA_BYTES:
        sentence = _("{owner} keeps at most {limit:,} bytes, and this file would pass that.")
        raise errors.RuleBroken("upload.quota", sentence.format(owner=owner, limit=QUOTA_BYTES), field="file")
    return Upload.objects.create(
        sender_id=by.user_id,
        owner=owner,
        file_name=clean_file_name(facts.file_name),
        size_bytes=facts.size_bytes,
        began_at=clock(),
    )


def check_part(upload: Upload, facts: PartFacts) -> None:
    """Check that a part may come: the upload is open, the part lies inside the file and leaves no gap."""
    _check_state(upload, UploadState.OPEN)
    if not 0 < facts.size_bytes <= PART_LIMIT_BYTES:
        sentence = _("A part has between 1 and {limit:,} bytes.").format(limit=PART_LIMIT_BYTES)
        raise errors.BadInput("upload.part", sentence, locator=f"byte {facts.offset_bytes}")
    if not 0 <= facts.offset_bytes <= upload.received_bytes:
        sentence = _("Parts come in order: the next one starts at byte {start:,}.").format(start=upload.received_bytes)
        raise errors.Stale("upload.offset", sentence, theirs=upload.received_bytes, yours=facts.offset_bytes)
    if facts.offset_bytes + facts.size_bytes > upload.size_bytes:
        sentence = _("The file was said to have {size:,} bytes; this part goes beyond.").format(size=upload.size_bytes)
        raise errors.RuleBroken("upload.beyond", sentence)


@action("evidence.receive_part", roles=SENDERS, subject="upload", changes=["upload"])
def receive_part(*, by: Actor, upload: Upload, facts: PartFacts) -> Upload:
    """Count a part that the store has kept; a part that comes again changes nothing."""
    check_part(upload, facts)
    reached = 0
    for part in parts_of(upload.pk):
        if part.offset_bytes != reached:
            break
        reached += part.size_bytes
    upload.received_bytes = reached
    upload.save(update_fields=["received_bytes"])
    return upload


@action("evidence.finish_upload", roles=SENDERS, subject="upload", changes=["upload"])
def finish_upload(*, by: Actor, upload: Upload, facts: WholeFacts) -> Upload:
    """Mark an upload whole, its parts being joined to one blob of the size that was said."""
    _check_state(upload, UploadState.OPEN)
    blob = locked_blob(facts.blob_id)
    if blob is None:
        sentence = _("The bytes of {name} were let go in between. Send the form again.").format(name=upload.file_name)
        raise errors.Stale("upload.blob", sentence)
    if blob.size_bytes != upload.size_bytes:
        sentence = _("{name} was said to have {size:,} bytes, and {came:,} came.")
        told = sentence.format(name=upload.file_name, size=upload.size_bytes, came=blob.size_bytes)
        raise errors.RuleBroken("upload.size", told, field="file")
    upload.blob, upload.state, upload.received_bytes = blob, UploadState.WHOLE, blob.size_bytes
    upload.save(update_fields=["blob", "state", "received_bytes"])
    return upload


@action("evidence.drop_upload", roles=SENDERS, subject="upload", changes=["upload"])
def drop_upload(*, by: Actor, upload: Upload, clock: Clock = system_clock) -> Upload:
    """Drop an upload that is no item yet, and destroy the key of its bytes where nothing else uses them."""
    if upload.state not in {UploadState.OPEN, UploadState.WHOLE}:
        raise errors.RuleBroken("upload.state", _("This upload is an item already, or was dropped before."))
    upload.state = UploadState.DROPPED
    upload.save(update_fields=["state"])
    if upload.blob_id:
        destroy_unused(upload.blob_id, at=clock())
    return upload


def destroy_unused(blob_id: uuid.UUID, *, at: datetime) -> bool:
    """Destroy the key of bytes inside a verb, unless something uses them; give whether it was destroyed."""
    blob = locked_blob(blob_id)
    if blob is None or is_used(blob):
        return False
    destroy_blob(blob, at=at)
    note_fact(destroyed_sha256=blob.sha256, destroyed_key=str(blob.key_id))
    return True


def _check_state(upload: Upload, wanted: UploadState) -> None:
    if upload.state != wanted:
        sentence = _("The upload of {name} is {state}.").format(name=upload.file_name, state=upload.state)
        raise errors.Stale("upload.state", sentence, theirs=upload.state, yours=wanted)
