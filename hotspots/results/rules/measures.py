"""Words and families of measures that need no database.

Source: product.md and domain.md of the coalition's design: a measure has one unit, and no total is made across units.
"""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Whom a measure concerns; the seller's side is always shown beside the buyer's."""

    NONE = "none"
    BUYER = "buyer"
    SELLER = "seller"
    EXPLOITER = "exploiter"
