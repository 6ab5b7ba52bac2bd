"""Kinds of items, and the limits of an upload.

Source: SWGDE and NIJ practice for chain of custody: every hand-over names who gave, who took, when and why.
"""

from __future__ import annotations

from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of evidence is."""

    DIGITAL = "digital"
    PHYSICAL = "physical"


class UploadState(StrEnum):
    """Where an upload stands."""

    OPEN = "open"
    WHOLE = "whole"
    DROPPED = "dropped"


class TransferKind(StrEnum):
    """What a step of custody is."""

    RECEIVED = "received"
    TRANSFERRED = "transferred"


UPLOAD_LIMIT_BYTES = 4 << 30
PART_LIMIT_BYTES = 16 << 20
QUOTA_BYTES = 50 << 30  # of one organization, in open uploads and stored items together
