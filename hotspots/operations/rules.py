"""States and kinds of campaigns and operations.

Source: the coalition's practice; an operation that was held before the record began enters as closed and is marked for ever.
"""

from __future__ import annotations

from enum import StrEnum


class OperationKind(StrEnum):
    """What an operation is; one may be several."""

    STREET = "street"
    HOTEL = "hotel"
    ONLINE = "online"
    OTHER = "other"


class OperationState(StrEnum):
    """Where an operation stands. Planning adds its states before `closed`."""

    CLOSED = "closed"
    DEBRIEFED = "debriefed"


class CampaignState(StrEnum):
    """Whether a campaign still takes records."""

    OPEN = "open"
    CLOSED = "closed"
