"""Closed sets of intake: lines, readings, responses, marks; and how long an answer belongs to an ad.

Source: the coalition's definition of a response: an inbound contact of one contact point with one ad, from the ad's
placing until 72 hours after its withdrawal; it counts unless a named person dismissed it for one of these reasons.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
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
    FAILED = "failed"


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


class Purpose(StrEnum):
    """Why a protected record is opened; the log keeps it. There is no other purpose."""

    REVIEW = "review"
    IDENTIFY = "identify"
    CITATION = "citation"
    CHARGING = "charging"
    COURT = "court"
    REFERRAL = "referral"
    AUDIT = "audit"


class ResponseState(StrEnum):
    """Where a response stands: only one that is counted is in a figure."""

    COUNTED = "counted"
    DISMISSED = "dismissed"
    OUTSIDE = "outside"
    REFERRED = "referred"


class ResponseStep(StrEnum):
    """What a person does with a response."""

    DISMISS = "dismiss"
    REINSTATE = "reinstate"
    REFER = "refer"
    TAKE_OVER = "take_over"


# step -> the states in which it may be taken; the buttons of a page and the checks of the verbs read this table.
TRANSITIONS: dict[ResponseStep, frozenset[ResponseState]] = {
    ResponseStep.DISMISS: frozenset({ResponseState.COUNTED}),
    ResponseStep.REINSTATE: frozenset({ResponseState.DISMISSED}),
    ResponseStep.REFER: frozenset({ResponseState.COUNTED, ResponseState.DISMISSED, ResponseState.OUTSIDE}),
    ResponseStep.TAKE_OVER: frozenset({ResponseState.REFERRED}),
}


def response_state(*, is_referred: bool, is_dismissed: bool, is_outside: bool) -> ResponseState:
    """Give the state of a response: a referral comes first, then a person's dismissal, then what is computed."""
    if is_referred:
        return ResponseState.REFERRED
    if is_dismissed:
        return ResponseState.DISMISSED
    return ResponseState.OUTSIDE if is_outside else ResponseState.COUNTED


def may_take(step: ResponseStep, state: ResponseState) -> bool:
    """Answer whether a step may be taken in a state."""
    return state in TRANSITIONS[step]


def answer_ends_at(withdrawn_at: datetime | None) -> datetime | None:
    """Give the end of the time in which an answer belongs to an ad; None while it is live."""
    return None if withdrawn_at is None else withdrawn_at + ANSWER_WINDOW


def is_answer(sent_at: datetime, *, placed_at: datetime, withdrawn_at: datetime | None) -> bool:
    """Answer whether a contact at this time belongs to the ad: from its placing up to 72 hours after its withdrawal."""
    ends_at = answer_ends_at(withdrawn_at)
    return placed_at <= sent_at and (ends_at is None or sent_at <= ends_at)


@dataclass(frozen=True, slots=True)
class AdTime:
    """When an ad of a line ran."""

    ad_id: uuid.UUID
    placed_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """The time in which what comes in on a line answers one ad: up to and with `last_at`, or before `before_at`."""

    ad_id: uuid.UUID
    begins_at: datetime
    last_at: datetime | None = None
    before_at: datetime | None = None

    def holds(self, sent_at: datetime) -> bool:
        """Answer whether a time lies in the span."""
        return (
            self.begins_at <= sent_at
            and (self.last_at is None or sent_at <= self.last_at)
            and (self.before_at is None or sent_at < self.before_at)
        )


def answer_spans(ads: Iterable[AdTime]) -> list[AnswerSpan]:
    """Divide a line's time among its ads, so that one message answers one ad at the most.

    While an ad is live, what comes in answers it, even if an earlier ad's 72 hours still run; otherwise it answers the
    ad that was withdrawn last, if its 72 hours cover it. Since a line runs one ad at a time, an ad's span ends where
    the next one is placed. Source: domain.md ("an answer belongs to an ad from its placing until 72 hours after").
    """
    ordered = sorted(ads, key=lambda ad: ad.placed_at)
    spans = []
    for place, ad in enumerate(ordered):
        ends_at = answer_ends_at(ad.withdrawn_at)
        follower = ordered[place + 1].placed_at if place + 1 < len(ordered) else None
        if follower is not None and (ends_at is None or follower <= ends_at):
            spans.append(AnswerSpan(ad.ad_id, ad.placed_at, before_at=follower))
        else:
            spans.append(AnswerSpan(ad.ad_id, ad.placed_at, last_at=ends_at))
    return spans


@dataclass(frozen=True, slots=True)
class TextDigest:
    """All that the record holds of an ad's text."""

    sha256: str
    characters_count: int


def digest_of_text(text: str) -> TextDigest:
    """Give the digest and length of an ad's text; the text itself is kept as evidence, not in the record."""
    return TextDigest(hashlib.sha256(text.encode()).hexdigest(), len(text))
