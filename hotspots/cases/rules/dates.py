"""Days and nights: how a day is written, the offense date, and what lies within an operation night.

Source: domain.md: an operation night is the local date on which the operation began, and every record made in it
carries it, past midnight too. Whether a statute applies is asked of the local day of the offense, not of the night.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hotspots import errors

NIGHT_ENDS_AT = time(12)  # a night is over at noon of the next day
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINOR_UNTIL_YEARS = 18


def day_of(on: date) -> str:
    """Write a day as people read it: Oct 16, 2021."""
    return f"{_MONTHS[on.month - 1]} {on.day}, {on.year}"


def local_day(at: datetime, zone: tzinfo) -> date:
    """Give the county's day of a moment: the offense date."""
    return at.astimezone(zone).date()


def moment_of(on: date, at: time, zone: tzinfo) -> datetime:
    """Give the moment of a local day and time; refuse a time that the change to summer time leaves out."""
    local = datetime.combine(on, at, tzinfo=zone)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        sentence = f"There is no {at:%H:%M} on {day_of(on)}: the clocks go forward over it."
        raise errors.RuleBroken("cases.no_such_time", sentence, field="time")
    return local.astimezone(UTC)


def check_not_in_future(at: datetime, now: datetime, *, field: str) -> None:
    """Refuse what has not happened yet."""
    if at > now:
        raise errors.RuleBroken("cases.future", "This time has not come yet. Record what has happened.", field=field)


def check_day_not_in_future(on: date, today: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if on > today:
        raise errors.RuleBroken("cases.future", f"{day_of(on)} has not come yet.", field=field)


def check_within_night(at: datetime, night_on: date, zone: tzinfo) -> None:
    """Refuse a moment outside of the operation night: from its day's beginning to noon of the next day."""
    begins = datetime.combine(night_on, time(0), tzinfo=zone)
    ends = datetime.combine(night_on + timedelta(days=1), NIGHT_ENDS_AT, tzinfo=zone)
    if not begins <= at < ends:
        night = f"The night of this operation is {day_of(night_on)}."
        sentence = f"{night} Change the time, or record it outside of the operation."
        raise errors.RuleBroken("cases.night", sentence, field="occurred_at")


def check_order(earlier: date, later: date, *, field: str, sentence: str) -> None:
    """Refuse a day that lies before another it follows."""
    if later < earlier:
        raise errors.RuleBroken("cases.order", sentence, field=field)


def years_after(on: date, years: int) -> date:
    """Give the same day some years later; February 29 becomes March 1."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)


def age_on(birth_on: date, on: date) -> int:
    """Give a person's age in years on a day. Source: Family Code 6500: a minor is under 18 years of age."""
    had_birthday = (on.month, on.day) >= (birth_on.month, birth_on.day)
    return on.year - birth_on.year - (0 if had_birthday else 1)
