"""Reads of evidence: what is known already, and who has held an item."""

from hotspots.evidence.queries.custody import Custody, CustodyStep, custody_of
from hotspots.evidence.queries.known import known_item, used_bytes

__all__ = ["Custody", "CustodyStep", "custody_of", "known_item", "used_bytes"]
