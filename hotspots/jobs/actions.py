"""Queue, claim and run long work, fenced by a lease.

A batch parses and encrypts outside, then in one transaction first moves its job row on by the lease token (the
fence), then writes: the checkpoint is the heartbeat. A worker that lost its lease writes nothing more. The last
verb of a kind takes the job and ends it in the transaction that shows the result. What goes wrong and is no refusal
(a full disk, a lost database, a bug) ends neither the worker nor, at once, the job: it is tried again up to a limit.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import uuid_utils.compat as uuid_utils
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from hotspots import errors
from hotspots.access.actor import Actor, actor_of
from hotspots.access.clock import Clock, system_clock
from hotspots.audit.turn import turn
from hotspots.jobs.models import Job
from hotspots.jobs.rules import ATTEMPTS_LIMIT, LEASE_SECONDS, RETRY_SECONDS, JobState
from sealing import SealBroken

log = logging.getLogger("hotspots.jobs")

# What may go wrong in any job beside a refusal. The disk, the writers' lock (its Timeout is an OSError), the database,
# the memory, a seal; and what a bug raises, which must not keep the other jobs from running.
FAULTS = (
    OSError,
    DatabaseFault,
    MemoryError,
    SealBroken,
    ObjectDoesNotExist,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is ready to be written, and where the job stands once it is."""

    write: Callable[[], None]
    checkpoint: dict[str, Any]
    rows_count: int = 0
    done_bytes: int = 0


@dataclass(frozen=True, slots=True)
class JobKind:
    """What runs a kind of job: `batches` gives the batches from the job's checkpoint on; `after_failure` tidies up."""

    name: str
    batches: Callable[[Job], Iterator[Batch]]
    after_failure: Callable[[Job], None] | None = None


class LeaseLost(Exception):
    """Another worker has the job now, or it was canceled; this one writes nothing more."""


KINDS: dict[str, JobKind] = {}


def job_kind(
    name: str, *, after_failure: Callable[[Job], None] | None = None
) -> Callable[[Callable[[Job], Iterator[Batch]]], Callable[[Job], Iterator[Batch]]]:
    """Register what runs a kind of job."""

    def register(batches: Callable[[Job], Iterator[Batch]]) -> Callable[[Job], Iterator[Batch]]:
        KINDS[name] = JobKind(name, batches, after_failure)
        return batches

    return register


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What a job is about; `total_bytes` is what it has to read, `ready_at` the time before which it waits."""

    job_kind: str
    about: uuid.UUID
    total_bytes: int = 0
    checkpoint: dict[str, Any] = field(default_factory=dict)
    ready_at: datetime | None = None


def queue_job(*, by: Actor, facts: JobFacts, clock: Clock = system_clock) -> Job:
    """Queue a job inside the verb that asks for it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a job is queued by the verb that asks for it")
    return Job.objects.create(
        job_kind=facts.job_kind,
        requester_id=by.user_id,
        about=facts.about,
        total_bytes=facts.total_bytes,
        checkpoint=facts.checkpoint,
        queued_at=clock(),
        ready_at=facts.ready_at or clock(),
    )


def _ready_at(now: datetime) -> QuerySet[Job]:
    waiting = Q(state=JobState.QUEUED, ready_at__lte=now)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=now)
    return Job.objects.filter(waiting | abandoned).order_by("ready_at", "pk")


def claim_job(*, clock: Clock = system_clock, lease_seconds: int = LEASE_SECONDS) -> Job | None:
    """Take the oldest job that is ready, or whose worker has died; give None when there is none.

    One that was tried too often is failed on the way, and tidied up after.
    """
    while _ready_at(now := clock()).exists():  # an idle worker takes no write lock
        job = _take_job(now, lease_seconds)
        if job is None or job.state == JobState.RUNNING:
            return job
        _tidy(KINDS[job.job_kind], job, is_needed=True)
    return None


def _take_job(now: datetime, lease_seconds: int) -> Job | None:
    with turn(), transaction.atomic(durable=True):
        ready = _ready_at(now)
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        job = ready.first()
        if job is None:
            return None
        job.attempts_count += 1
        if job.attempts_count > ATTEMPTS_LIMIT:
            told = job.problem or f"It was tried {ATTEMPTS_LIMIT} times and its worker died each time."
            _mark_failed(job, told, now)
            return job
        job.state, job.lease_token = JobState.RUNNING, uuid_utils.uuid4()
        job.lease_until = now + timedelta(seconds=lease_seconds)
        job.started_at = job.started_at or now
        job.save()
        return job


def run_job(
    job: Job,
    *,
    clock: Clock = system_clock,
    lease_seconds: int = LEASE_SECONDS,
    after_batch: Callable[[Job], None] | None = None,
) -> None:
    """Run a claimed job to its end, batch by batch."""
    kind = KINDS[job.job_kind]
    mine = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=JobState.RUNNING)
    try:
        for batch in kind.batches(job):
            _check_requester(job)
            with turn(), transaction.atomic(durable=True):
                _move_on(mine, job, batch, clock() + timedelta(seconds=lease_seconds))
                batch.write()
            if after_batch is not None:
                after_batch(job)
        with turn(), transaction.atomic(durable=True):
            mine.update(state=JobState.DONE, problem="", lease_until=None, ended_at=clock())
    except LeaseLost:
        with turn(), transaction.atomic(durable=True):
            ended = mine.filter(is_cancel_asked=True).update(
                state=JobState.CANCELED, lease_until=None, ended_at=clock()
            )
        _tidy(kind, job, is_needed=bool(ended))
    except errors.Refusal as refusal:
        with turn(), transaction.atomic(durable=True):
            ended = mine.update(state=JobState.FAILED, problem=str(refusal), lease_until=None, ended_at=clock())
        _tidy(kind, job, is_needed=bool(ended))
    except FAULTS as fault:
        reference = _note_fault(job, fault)
        _give_back(mine, kind, job, problem=_problem_of(fault, reference), now=clock())


def _note_fault(job: Job, fault: BaseException) -> str:
    """Log what went wrong under a reference, which the job's problem repeats."""
    reference = hashlib.sha256(uuid_utils.uuid4().bytes).hexdigest()[:8].upper()
    log.error("Fault %s in job %s (%s)", reference, job.pk, job.job_kind, exc_info=fault)
    return reference


def _problem_of(fault: BaseException, reference: str) -> str:
    told = fault.strerror if isinstance(fault, OSError) else None  # of the system, never words of a file
    return f"{told or 'Something went wrong that is not the fault of the file'}. The log has it under {reference}."


def _give_back(mine: QuerySet[Job], kind: JobKind, job: Job, *, problem: str, now: datetime) -> None:
    """Let a job be taken again after a while, as if its worker had died; fail it after its last attempt."""
    connection.close_if_unusable_or_obsolete()
    is_last = job.attempts_count >= ATTEMPTS_LIMIT
    ended = {"state": JobState.FAILED, "lease_until": None, "ended_at": now}
    waiting = {"lease_until": now + timedelta(seconds=RETRY_SECONDS)}
    with turn(), transaction.atomic(durable=True):
        given = mine.update(problem=problem, **(ended if is_last else waiting))
    _tidy(kind, job, is_needed=bool(given) and is_last)


def _tidy(kind: JobKind, job: Job, *, is_needed: bool) -> None:
    if is_needed and kind.after_failure is not None:
        job.refresh_from_db()
        kind.after_failure(job)


def _move_on(mine: QuerySet[Job], job: Job, batch: Batch, lease_until: datetime) -> None:
    job.rows_count += batch.rows_count
    job.done_bytes = max(job.done_bytes, batch.done_bytes)
    job.checkpoint = batch.checkpoint
    moved = mine.filter(is_cancel_asked=False).update(
        checkpoint=job.checkpoint,
        rows_count=job.rows_count,
        done_bytes=job.done_bytes,
        lease_until=lease_until,
        attempts_count=0,  # it gets on: only attempts that bring nothing are counted
        problem="",
    )
    if not moved:
        raise LeaseLost(job.pk)


def _check_requester(job: Job) -> None:
    if job.requester is not None and not actor_of(job.requester).grants:
        raise errors.NotAllowed("jobs.requester", "The person who asked for this no longer has a role.")


def end_job(job: Job, *, lease_token: uuid.UUID, clock: Clock = system_clock) -> None:
    """Mark a job done inside the verb that shows its result; the verb has locked and read it again.

    Raises LeaseLost when another worker holds the job.
    """
    if job.state != JobState.RUNNING or job.lease_token != lease_token:
        raise LeaseLost(job.pk)
    job.state, job.problem, job.lease_until, job.ended_at = JobState.DONE, "", None, clock()
    job.save(update_fields=["state", "problem", "lease_until", "ended_at"])


def cancel_job(job: Job, *, clock: Clock = system_clock) -> None:
    """Ask a job to stop, inside the verb of the room that owns its result; one that waits stops at once."""
    job.is_cancel_asked = True
    if job.state == JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELED, clock()
    job.save(update_fields=["is_cancel_asked", "state", "ended_at"])


def _mark_failed(job: Job, problem: str, at: datetime) -> None:
    job.state, job.problem, job.lease_until, job.ended_at = JobState.FAILED, problem, None, at
    job.save()


def run_ready_jobs(*, clock: Clock = system_clock, limit: int | None = None) -> int:
    """Run every job that is ready, and give how many ran."""
    ran = 0
    while (limit is None or ran < limit) and (job := claim_job(clock=clock)) is not None:
        run_job(job, clock=clock)
        ran += 1
    return ran
