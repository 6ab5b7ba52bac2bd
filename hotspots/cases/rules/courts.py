"""Days on which a court does not sit. A hearing on one is a warning, not a block: a court may sit by special order.

A hearing many years away is a mistyped year, and is refused.

Source: Code of Civil Procedure 135 with Government Code 6700: the judicial holidays, those of a year computed. A
holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. CCP 135 leaves out Admission
Day and adds Lincoln's birthday; Cesar Chavez Day is March 31; Juneteenth is kept from 2022 on; Native American Day, the
fourth Friday of September, replaced Columbus Day from 2022 on (AB 855 of 2021).
"""

from __future__ import annotations

from datetime import date, timedelta

from hotspots import errors
from hotspots.cases.rules.dates import day_of, years_after

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
COLUMBUS_DAY_UNTIL_YEAR = 2021
NATIVE_AMERICAN_DAY_FROM_YEAR = 2022
JUNETEENTH_FROM_YEAR = 2022
HEARING_WITHIN_YEARS = 5  # ours, against a year that was mistyped; no law sets it


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)


def _observed(on: date) -> date:
    shift = {SATURDAY: -1, SUNDAY: 1}.get(on.weekday(), 0)
    return on + timedelta(days=shift)


def _holidays_named(year: int) -> dict[str, date]:
    thanksgiving = _nth_weekday(year, 11, THURSDAY, 4)
    named = {
        "New Year's Day": _observed(date(year, 1, 1)),
        "Martin Luther King Jr. Day": _nth_weekday(year, 1, MONDAY, 3),
        "Lincoln's Birthday": _observed(date(year, 2, 12)),
        "Presidents' Day": _nth_weekday(year, 2, MONDAY, 3),
        "Cesar Chavez Day": _observed(date(year, 3, 31)),
        "Memorial Day": _last_monday_of_may(year),
        "Independence Day": _observed(date(year, 7, 4)),
        "Labor Day": _nth_weekday(year, 9, MONDAY, 1),
        "Veterans Day": _observed(date(year, 11, 11)),
        "Thanksgiving Day": thanksgiving,
        "Day after Thanksgiving": thanksgiving + timedelta(days=1),
        "Christmas Day": _observed(date(year, 12, 25)),
    }
    if year >= JUNETEENTH_FROM_YEAR:
        named["Juneteenth"] = _observed(date(year, 6, 19))
    if year >= NATIVE_AMERICAN_DAY_FROM_YEAR:
        named["Native American Day"] = _nth_weekday(year, 9, FRIDAY, 4)
    if year <= COLUMBUS_DAY_UNTIL_YEAR:
        named["Columbus Day"] = _nth_weekday(year, 10, MONDAY, 2)
    return named


def court_holidays(year: int) -> dict[date, str]:
    """Give the court holidays that fall in a year, by day; New Year's Day of the next may be kept on December 31."""
    found = {on: name for name, on in _holidays_named(year).items() if on.year == year}
    following = _holidays_named(year + 1)["New Year's Day"]
    if following.year == year:
        found[following] = "New Year's Day"
    return dict(sorted(found.items()))


def check_hearing_in_reach(on: date, *, record_on: date, entered_on: date) -> None:
    """Refuse a hearing that lies more than five years after its record and after the day on which it is entered.

    After the later of the two: a warrant may bring an old citation before a court many years after it was written.
    """
    latest = years_after(max(record_on, entered_on), HEARING_WITHIN_YEARS)
    if on > latest:
        sentence = f"{day_of(on)} is too far away: a hearing here is on {day_of(latest)} at the latest. Check the year."
        raise errors.RuleBroken("cases.hearing_far", sentence, field="hearing_on")


def hearing_warning(on: date, record_on: date | None = None) -> str:
    """Give a sentence about a day on which courts do not sit, or one long after its record, or nothing."""
    if on.weekday() in (SATURDAY, SUNDAY):
        name = "Saturday" if on.weekday() == SATURDAY else "Sunday"
        return f"{day_of(on)} is a {name}. Check the date with the court."
    if holiday := court_holidays(on.year).get(on):
        return f"{day_of(on)} is a court holiday, {holiday}. Check the date with the court."
    if record_on is not None and on > years_after(record_on, HEARING_WITHIN_YEARS):
        return f"{day_of(on)} is more than {HEARING_WITHIN_YEARS} years after {day_of(record_on)}. Check the year."
    return ""
