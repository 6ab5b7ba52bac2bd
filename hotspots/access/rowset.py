"""A set of rows that was shown to a person: a query, its count, and the Merkle root over its sorted ids.

The root is final: RFC 9162, leaf data the 16 bytes of each id, ids in ascending order of their bytes. A frozen
figure carries the same root.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hotspots import errors
from hotspots.access.rules import BULK_ROWS_LIMIT
from hotspots.audit.rules import merkle_root

STREAM_ROWS = 5000


def root_of_ids(ids: Iterable[uuid.UUID]) -> tuple[int, bytes]:
    """Give the count and root of ids that come in ascending order."""
    return merkle_root(pk.bytes for pk in ids)


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows by query, as a preview showed them."""

    query: Any
    count: int
    root: bytes

    @classmethod
    def of(cls, query: Any) -> RowSet:
        """Give the set of the rows that a query finds now."""
        count, root = root_of_ids(query.order_by("pk").values_list("pk", flat=True).iterator(STREAM_ROWS))
        return cls(query, count, root)

    @property
    def model(self) -> Any:
        return self.query.model

    def check_unchanged(self) -> None:
        """Stream the rows again, before the transaction.

        Raises Stale when they are no longer those that were shown, and RuleBroken when they are too many.
        """
        if self.count > BULK_ROWS_LIMIT:
            raise errors.RuleBroken(
                "rowset.limit", f"One step changes at most {BULK_ROWS_LIMIT:,} rows. Narrow the choice."
            )
        now = RowSet.of(self.query)
        if (now.count, now.root) != (self.count, self.root):
            raise errors.Stale(
                "rowset.changed",
                f"The rows have changed since you looked: {self.count:,} were shown, {now.count:,} match now.",
                theirs=now.count,
                yours=self.count,
            )
