"""Numbers, days and telephone numbers as the pages write them."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

DAY = "M j, Y"
MINUTE = "M j, Y, H:i"
TIME = "H:i"

KILO = 1000
UNITS = ("kB", "MB", "GB", "TB")


def thousands(value: object) -> str:
    """Write a number with commas; leave what is not a number as it is."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{int(value):,}" if isinstance(value, str) and value.isdecimal() else str(value)
    return f"{value:,}"


def filesize_kb(byte_count: int | None) -> str:
    """Write a size in the unit that keeps it short; a kilobyte is 1,000 bytes."""
    if byte_count is None:
        return ""
    if byte_count < KILO:
        return f"{byte_count} byte" if byte_count == 1 else f"{byte_count} bytes"
    size = float(byte_count)
    for unit in UNITS:
        size /= KILO
        if round(size) < KILO or unit == UNITS[-1]:
            break
    return f"{size:.1f} {unit}" if unit in UNITS[2:] else f"{size:,.0f} {unit}"


def in_county(value: Any) -> Any:
    """Move an aware moment to the current zone; leave a day, a time and a text alone."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def written(value: object, pattern: str) -> str:
    """Write a day or a moment by a pattern; nothing gives nothing, a text stays itself."""
    if value is None or isinstance(value, str):
        return value or ""
    return format_date(in_county(value), pattern)


def local_day(value: object) -> str:
    """Write the day: Oct 16, 2021."""
    return written(value, DAY)


def local_time(value: object) -> str:
    """Write the time of day, 24 hours: 20:42."""
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return written(value, TIME)


def local_minute(value: object) -> str:
    """Write day and time: Oct 16, 2021, 20:42."""
    return written(value, MINUTE)


def phone(value: object) -> str:
    """Write a number of the North American plan as 209-555-0104; leave any other as it came."""
    text = "" if value is None else str(value)
    digits = text.removeprefix("+1") if text.startswith("+1") else ""
    if len(digits) == 10 and digits.isdecimal():
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return text
