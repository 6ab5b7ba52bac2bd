"""What intake decides about times and states."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.intake.actions.bulk import text_time
from hotspots.intake.actions.contacts import address_of
from hotspots.intake.rules import normalize_address
from hotspots.intake.rules.states import (
    AdTime,
    AnswerSpan,
    ResponseState,
    ResponseStep,
    answer_spans,
    digest_of_text,
    is_answer,
    may_take,
    response_state,
)
from hotspots.intake.rules.tapbacks import is_tapback
from tests.build_intake import PLACED, WITHDRAWN, after

AD, NEXT = uuid.UUID(int=1), uuid.UUID(int=2)


def span_of(spans: list[AnswerSpan], hours: float) -> uuid.UUID | None:
    """Give the ad that a message answers, so many hours after the first ad was placed."""
    found = [span.ad_id for span in spans if span.holds(after(hours))]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("hours_after_withdrawal", "expected"), [(-37, False), (-36, True), (0, True), (71, True), (72, True), (73, False)]
)
def test_an_answer_belongs_to_an_ad_until_72_hours_after_its_withdrawal(hours_after_withdrawal, expected) -> None:
    sent_at = WITHDRAWN + timedelta(hours=hours_after_withdrawal)

    assert is_answer(sent_at, placed_at=PLACED, withdrawn_at=WITHDRAWN) is expected


def test_the_ad_that_is_live_takes_what_the_tail_of_an_earlier_one_would() -> None:
    spans = answer_spans([AdTime(NEXT, after(40), after(60)), AdTime(AD, PLACED, WITHDRAWN)])

    assert span_of(spans, 39.9) == AD
    assert span_of(spans, 40) == NEXT
    assert span_of(spans, 59) == NEXT
    assert span_of(spans, 61) == NEXT  # both tails run: the ad that was withdrawn last
    assert span_of(spans, 60 + 72) == NEXT
    assert span_of(spans, 60 + 72.1) is None


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), min_size=1, max_size=6), st.integers(0, 3000))
def test_spans_never_overlap_and_agree_with_the_ads_own_times(gaps, hours) -> None:
    ads, at = [], 0
    for place, (gap, length) in enumerate(gaps):
        ads.append(AdTime(uuid.UUID(int=place), after(at + gap), after(at + gap + length)))
        at += gap + length

    answered = span_of(answer_spans(ads), hours)

    covering = [ad for ad in ads if is_answer(after(hours), placed_at=ad.placed_at, withdrawn_at=ad.withdrawn_at)]
    assert answered == (max(covering, key=lambda ad: ad.placed_at).ad_id if covering else None)


def test_a_referral_outweighs_a_dismissal_and_that_what_is_computed() -> None:
    assert response_state(is_referred=True, is_dismissed=True, is_outside=True) is ResponseState.REFERRED
    assert response_state(is_referred=False, is_dismissed=True, is_outside=True) is ResponseState.DISMISSED
    assert response_state(is_referred=False, is_dismissed=False, is_outside=True) is ResponseState.OUTSIDE
    assert not may_take(ResponseStep.DISMISS, ResponseState.REFERRED)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Liked “hi there”", True),
        ('Loved "ok"', True),
        ("Laughed at an image", True),
        ("Emphasized “are you\nfree”", True),
        ("Removed a like from “ok”", True),
        ("Reacted 😀 to “ok”", True),
        ("Liked your ad, are you free?", False),
        ("hi saw your ad", False),
        ("", False),
    ],
)
def test_a_tapback_is_told_from_words(words: str, expected: bool) -> None:
    assert is_tapback(words) is expected


def test_a_plain_number_is_keyed_as_the_library_would() -> None:
    rng = random.Random(7)
    numbers = [f"+1{rng.randrange(200, 1000)}{rng.randrange(10_000_000):07d}" for _ in range(500)]

    assert [address_of(number).key for number in numbers] == [normalize_address(number).key for number in numbers]
    assert {address_of(number).kind for number in numbers} == {normalize_address(number).kind for number in numbers}


def test_an_ads_text_is_kept_as_a_digest_and_a_length() -> None:
    digest = digest_of_text("día")

    assert digest.characters_count == 3
    assert len(digest.sha256) == 64


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_a_time_is_written_for_sqlite_as_django_writes_it(at: datetime) -> None:
    milliseconds = (at - datetime(1970, 1, 1)) // timedelta(milliseconds=1)
    kept = datetime(1970, 1, 1) + timedelta(milliseconds=milliseconds)

    assert text_time(milliseconds) == str(kept)
