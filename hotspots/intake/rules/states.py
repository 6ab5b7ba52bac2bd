"""Closed sets of intake: lines, readings, responses, marks; and how long an answer belongs to an ad.

Source: the coalition's definition of a response: an inbound contact of one contact point with one ad, from the ad's
placing until 72 hours after its withdrawal; it counts unless a named person dismissed it for one of these reasons.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WINDOW = timedelta(hours=72)


class LineKind(StrEnum):
    """What a line is."""

    PHONE = "phone"
    ACCOUNT = "account"


class ContactKind(StrEnum):
    """What a contact point is."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"


class ReadingState(StrEnum):
    """Where a reading stands; its rows are shown only once it is finished."""

    WAITING = "waiting"
    FINISHED = "finished"
    REFUSED = "refused"
    CANCELED = "canceled"


class DismissalReason(StrEnum):
    """Why a response does not count; there is no other reason."""

    WRONG_NUMBER = "wrong_number"
    SPAM = "spam"
    ADVERTISER = "advertiser"
    OFFICER = "officer"
    NO_WORDS = "no_words"


class ReferralGround(StrEnum):
    """Why a sender is referred to advocates."""

    MAY_BE_MINOR = "may_be_minor"
    IN_NEED_OF_HELP = "in_need_of_help"


class MarkSubject(StrEnum):
    """What a message was the first to raise."""

    SEX = "sex"
    PRICE = "price"
    ACT = "act"
    AGE = "age"


def answer_ends_at(withdrawn_at: datetime | None) -> datetime | None:
    """Give the end of the time in which an answer belongs to an ad; None while it is live."""
    return None if withdrawn_at is None else withdrawn_at + ANSWER_WINDOW


def is_answer(sent_at: datetime, *, placed_at: datetime, withdrawn_at: datetime | None) -> bool:
    """Answer whether an inbound contact at this time belongs to the ad: from its placing up to 72 hours after its withdrawal."""
    ends_at = answer_ends_at(withdrawn_at)
    return placed_at <= sent_at and (ends_at is None or sent_at <= ends_at)
