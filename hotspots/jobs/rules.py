"""States of a job, and the limits of a lease and of attempts."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


# A lease outlives any batch (250 ms of parsing, one short transaction) by far; a worker silent for longer is dead.
LEASE_SECONDS = 30

# A job that has been taken this often without an end has something wrong with it that another try does not mend.
ATTEMPTS_LIMIT = 5

# How long a job rests after a fault (a full disk, a lost database) before it is taken again.
RETRY_SECONDS = 10

# How much one batch reads before it writes.
BATCH_ROWS = 2_000
BATCH_SECONDS = 0.25


def seconds_left(*, done_bytes: int, total_bytes: int, elapsed_seconds: float) -> int | None:
    """Estimate the time that is left, from the speed so far; None until 2% are read.

    >>> seconds_left(done_bytes=50, total_bytes=100, elapsed_seconds=10.0)
    10
    """
    if total_bytes <= 0 or done_bytes * 50 < total_bytes:
        return None
    return round(elapsed_seconds * (total_bytes - done_bytes) / done_bytes)
