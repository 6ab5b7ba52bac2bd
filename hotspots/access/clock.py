"""The clock, an argument below the views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Give the time now, aware, in UTC."""
    return timezone.now()
