"""Kinds of items, the limits of an upload, the name of a file, and when custody has no gap.

Source: SWGDE and NIJ practice for chain of custody: every hand-over names who gave, who took, when and why.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of evidence is."""

    DIGITAL = "digital"
    PHYSICAL = "physical"


class ItemPurpose(StrEnum):
    """What an item is kept for. An export is downloaded from its own page, which knows who is referred in it."""

    GENERAL = "general"
    EXPORT = "export"


class UploadState(StrEnum):
    """Where an upload stands: open, whole, logged as an item, or dropped."""

    OPEN = "open"
    WHOLE = "whole"
    LOGGED = "logged"
    DROPPED = "dropped"


class TransferKind(StrEnum):
    """What a step of custody is."""

    RECEIVED = "received"
    TRANSFERRED = "transferred"


UPLOAD_LIMIT_BYTES = 4 << 30
PART_LIMIT_BYTES = 16 << 20
QUOTA_BYTES = 50 << 30  # of one organization, in open uploads and stored items together
FILE_NAME_LIMIT = 200
EXTENSION_LIMIT = 12


def clean_file_name(name: str) -> str:
    """Give a file's name without its folders and without characters that hide, reorder or break a line.

    Source: Unicode TR 36 (bidirectional and invisible characters); CWE-22 (a name is never a path).
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ")
    shown = " ".join(shown.split()).lstrip(". ")
    if len(shown) > FILE_NAME_LIMIT:
        stem, dot, extension = shown.rpartition(".")
        tail = dot + extension if stem and len(extension) <= EXTENSION_LIMIT else ""
        shown = shown[: FILE_NAME_LIMIT - len(tail)] + tail
    return shown or "unnamed file"


@dataclass(frozen=True, slots=True)
class Step:
    """One hand-over, as the check of a chain needs it."""

    number: int
    from_id: uuid.UUID | None
    to_id: uuid.UUID
    moved_at: datetime


def is_chain_whole(steps: Iterable[Step]) -> bool:
    """Answer whether custody has no gap: numbered from 1, each from the one who had it, and never back in time."""
    holder: uuid.UUID | None = None
    expected, last_at = 1, None
    for step in steps:
        if step.number != expected or (expected > 1 and step.from_id != holder):
            return False
        if last_at is not None and step.moved_at < last_at:
            return False
        holder, last_at, expected = step.to_id, step.moved_at, expected + 1
    return expected > 1
