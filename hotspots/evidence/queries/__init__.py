"""Reads of evidence: what is known already, and who has held an item."""

from hotspots.evidence.queries.custody import Custody, CustodyStep, custody_of
from hotspots.evidence.queries.known import is_used, known_item, locked_blob, used_bytes

__all__ = ["Custody", "CustodyStep", "custody_of", "is_used", "known_item", "locked_blob", "used_bytes"]
