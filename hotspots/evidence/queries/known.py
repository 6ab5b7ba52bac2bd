"""What is known already: the same bytes among what someone may see, who uses them, and how much is kept."""

from __future__ import annotations

import uuid

from django.db.models import Sum

from hotspots.access.actor import Actor
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import UploadState
from hotspots.store.models import Blob

KEPT_STATES = (UploadState.WHOLE, UploadState.LOGGED)


def known_item(actor: Actor, sha256: str) -> Item | None:
    """Give the first item with these bytes that the actor may see: what others hold is never told of."""
    rows = Item.objects.visible_to(actor).filter(blob__sha256=sha256.lower(), blob__destroyed_at__isnull=True)
    return rows.select_related("blob", "owner").order_by("received_at", "pk").first()


def used_bytes(organization_id: uuid.UUID) -> int:
    """Add up what an organization keeps: its items, and its uploads that are no item yet."""
    items = Item.objects.filter(owner_id=organization_id).aggregate(total=Sum("blob__size_bytes"))["total"] or 0
    waiting = Upload.objects.filter(owner_id=organization_id, state__in=[UploadState.OPEN, UploadState.WHOLE])
    return int(items) + int(waiting.aggregate(total=Sum("size_bytes"))["total"] or 0)


def locked_blob(blob_id: uuid.UUID) -> Blob | None:
    """Lock bytes that are still there until the transaction ends: they are not let go while someone takes them up."""
    return Blob.objects.select_for_update(no_key=True).filter(pk=blob_id, destroyed_at__isnull=True).first()


def is_used(blob: Blob) -> bool:
    """Answer whether an item, or an upload that may become one, uses these bytes; asked past every sight."""
    uploads = Upload.objects.filter(blob=blob, state__in=KEPT_STATES)
    return bool(uploads.exists() or Item.objects.filter(blob=blob).exists())
