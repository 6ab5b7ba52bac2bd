"""Where a release stands.

Source: the coalition's practice for statements to the press: a second person approves, a mistake is corrected in the open and
never silently, and a statement that is withdrawn stays readable with the reason.
"""

from __future__ import annotations

from enum import StrEnum


class ReleaseState(StrEnum):
    """Draft, approved by a second person, published; then corrected or retracted, both in the open."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


# A release in one of these has at least one version that everybody may read, for ever.
PUBLIC_STATES = frozenset({ReleaseState.PUBLISHED, ReleaseState.CORRECTED, ReleaseState.RETRACTED})
