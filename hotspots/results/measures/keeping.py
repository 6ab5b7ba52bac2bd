"""What every measure leaves out, whoever looks."""

from __future__ import annotations

from typing import Any

from hotspots.access.actor import PUBLIC


def keep_unrestricted(rows: Any) -> Any:
    """Leave out the rows that a live restriction seals, refers or protects.

    Asked for the public, to whom every restriction applies: so the count is the same for everybody, victim services included.
    """
    return rows.filter(rows.model.unrestricted(PUBLIC))
