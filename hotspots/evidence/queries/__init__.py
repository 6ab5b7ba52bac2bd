"""Reads of evidence: what is known already, and who has held an item."""

from hotspots.evidence.queries.custody import Custody, CustodyStep, custody_of
from hotspots.evidence.queries.known import (
    ended_uploads_with_parts,
    is_used,
    known_item,
    lineage_of_bytes,
    locked_blob,
    unused_blobs,
    used_bytes,
)

__all__ = [
    "Custody",
    "CustodyStep",
    "custody_of",
    "ended_uploads_with_parts",
    "is_used",
    "known_item",
    "lineage_of_bytes",
    "locked_blob",
    "unused_blobs",
    "used_bytes",
]
