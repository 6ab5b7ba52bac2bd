"""Numbers, days and telephone numbers as the pages write them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from look import formats

MOMENT = dt.datetime(2021, 10, 17, 3, 42, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def pacific():
    """Read times in the county's zone."""
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        yield


@pytest.mark.parametrize(
    ("value", "text"), [(1210, "1,210"), ("1210", "1,210"), (0, "0"), (None, ""), ("fewer than 11", "fewer than 11")]
)
def test_thousands_are_parted_by_commas(value: object, text: str) -> None:
    assert formats.thousands(value) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (305_218, "305 kB"),
        (999_600, "1 MB"),
        (214_000_000, "214 MB"),
        (1_230_000_000, "1.2 GB"),
        (None, ""),
    ],
)
def test_a_size_has_the_unit_that_keeps_it_short(count: int | None, text: str) -> None:
    assert formats.filesize_kb(count) == text


def test_moments_are_written_in_the_countys_zone() -> None:
    assert formats.local_day(MOMENT) == "Oct 16, 2021"
    assert formats.local_time(MOMENT) == "20:42"
    assert formats.local_minute(MOMENT) == "Oct 16, 2021, 20:42"


def test_a_day_a_time_and_nothing_are_written_as_they_are() -> None:
    assert formats.local_day(dt.date(2021, 10, 16)) == "Oct 16, 2021"
    assert formats.local_time(dt.time(20, 42)) == "20:42"
    assert formats.local_day(None) == ""
    assert formats.local_time("20:42:00") == "20:42:00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("+12095550104", "209-555-0104"),
        ("+442079460018", "+442079460018"),
        ("withheld", "withheld"),
        ("+1209555010", "+1209555010"),
        (None, ""),
    ],
)
def test_a_number_of_the_american_plan_is_written_with_dashes(value: object, text: str) -> None:
    assert formats.phone(value) == text
