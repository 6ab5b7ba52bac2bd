"""What is known already: the same bytes among what someone may see, who uses them, and how much is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from hotspots.access.actor import Actor
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import UploadState
from hotspots.store.models import Blob, Part

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


def unused_blobs() -> QuerySet[Blob]:
    """Give the bytes that are there and that no item, and no upload that may become one, uses; past every sight."""
    items = Item.objects.filter(blob_id=OuterRef("pk"))
    uploads = Upload.objects.filter(blob_id=OuterRef("pk"), state__in=KEPT_STATES)
    return Blob.objects.filter(~Exists(items), ~Exists(uploads), destroyed_at__isnull=True).order_by("stored_at", "pk")


def ended_uploads_with_parts() -> list[uuid.UUID]:
    """Give the uploads of which parts are left though they are open no more."""
    ended = Upload.objects.exclude(state=UploadState.OPEN).values("pk")
    return list(Part.objects.filter(upload_id__in=ended).values_list("upload_id", flat=True).distinct())


def lineage_of_bytes(blob_id: uuid.UUID | None) -> dict[str, Any]:
    """Give the lineage of the items of these bytes, past every sight, locked: nobody joins it to another meanwhile."""
    if blob_id is None or locked_blob(blob_id) is None:
        return {}
    rows = Item.objects.select_for_update(no_key=True).filter(blob_id=blob_id).order_by("pk")
    first = rows.first()
    return {"lineage": first.lineage} if first else {}
