"""A job is held by a lease: a dead worker's job is taken over, and the dead write nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hotspots import errors
from hotspots.access.models import SentRequest
from hotspots.access.rules import Role
from hotspots.jobs.actions import KINDS, Batch, JobFacts, claim_job, job_kind, queue_job, run_job, run_ready_jobs
from hotspots.jobs.models import Job
from hotspots.jobs.rules import ATTEMPTS_LIMIT, RETRY_SECONDS, JobState
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)


class Written:
    """What the test's job wrote, and what it does before a batch."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.before: dict[int, Callable[[Job], None]] = {}


@pytest.fixture
def written() -> Iterator[Written]:
    """Register a job that writes the numbers 0 to 4, one a batch."""
    kept = Written()

    def batches(job: Job) -> Iterator[Batch]:
        for number in range(job.checkpoint.get("next", 0), 5):
            if number in kept.before:
                kept.before.pop(number)(job)
            yield Batch(
                write=lambda number=number: kept.numbers.append(number), checkpoint={"next": number + 1}, rows_count=1
            )

    job_kind("test.numbers")(batches)
    yield kept
    del KINDS["test.numbers"]


def queued() -> Job:
    """Queue the test's job."""
    someone = build.actor("custodian", Role.CUSTODIAN)
    with transaction.atomic():
        return queue_job(by=someone, facts=JobFacts("test.numbers", about=build.organization().pk))


def later() -> datetime:
    """Give a time at which every lease has run out."""
    return datetime.now(tz=build.UTC) + timedelta(hours=1)


def test_a_job_runs_to_its_end(written: Written) -> None:
    job = queued()

    assert run_ready_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.rows_count, written.numbers) == (JobState.DONE, 5, [0, 1, 2, 3, 4])


def test_a_job_whose_worker_died_goes_on_from_its_checkpoint(written: Written) -> None:
    queued()

    class Killed(BaseException):
        pass

    def die(job: Job) -> None:
        raise Killed

    written.before[3] = die
    with pytest.raises(Killed):
        run_ready_jobs()
    assert claim_job() is None
    taken = claim_job(clock=later)
    assert taken is not None
    run_job(taken)

    assert written.numbers == [0, 1, 2, 3, 4]


def test_a_worker_that_lost_its_lease_writes_nothing_more(written: Written) -> None:
    queued()

    def taken_by_another(job: Job) -> None:
        other = claim_job(clock=later)
        assert other is not None
        run_job(other)

    written.before[2] = taken_by_another
    first = claim_job()
    assert first is not None
    run_job(first)

    assert written.numbers == [0, 1, 2, 3, 4]
    assert Job.objects.get().state == JobState.DONE


def test_a_canceled_job_stops_at_its_next_batch(written: Written) -> None:
    queued()
    written.before[2] = lambda job: Job.objects.update(is_cancel_asked=True) and None

    run_ready_jobs()

    assert (Job.objects.get().state, written.numbers) == (JobState.CANCELED, [0, 1])


def test_a_refusal_fails_the_job_with_its_sentence(written: Written) -> None:
    queued()

    def refuse(job: Job) -> None:
        raise errors.BadInput("test.file", "It is not a backup.", locator="sms.xml, line 2")

    written.before[1] = refuse
    run_ready_jobs()

    job = Job.objects.get()
    assert (job.state, job.problem) == (JobState.FAILED, "sms.xml, line 2: It is not a backup.")


def test_a_job_that_kills_its_workers_fails_in_the_end(written: Written) -> None:
    queued()
    Job.objects.update(attempts_count=ATTEMPTS_LIMIT, state=JobState.RUNNING, lease_until=build.NOON)

    assert claim_job() is None

    assert Job.objects.get().state == JobState.FAILED


def test_a_job_stops_when_its_requester_has_no_role_any_more(written: Written) -> None:
    job = queued()
    assert job.requester is not None
    job.requester.grants.update(revoked_at=build.NOON)

    run_ready_jobs()

    assert (Job.objects.get().state, written.numbers) == (JobState.FAILED, [])
    assert not SentRequest.objects.exists()


def test_a_job_waits_until_its_time(written: Written) -> None:
    someone = build.actor("custodian", Role.CUSTODIAN)
    with transaction.atomic():
        queue_job(by=someone, facts=JobFacts("test.numbers", about=build.organization().pk, ready_at=later()))

    assert run_ready_jobs() == 0
    assert run_ready_jobs(clock=lambda: later() + timedelta(hours=1)) == 1


def raises(fault: BaseException) -> Callable[[Job], None]:
    """Give what stops a batch by a fault."""

    def stop(job: Job) -> None:
        raise fault

    return stop


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), IntegrityError("a row"), KeyError("a bug")])
def test_a_fault_ends_neither_the_worker_nor_the_job(written: Written, fault: Exception) -> None:
    queued()
    written.before[3] = raises(fault)

    run_ready_jobs()
    stopped = Job.objects.get()
    run_ready_jobs(clock=lambda: datetime.now(tz=build.UTC) + timedelta(seconds=RETRY_SECONDS + 1))

    assert (stopped.state, stopped.rows_count) == (JobState.RUNNING, 3)
    assert "The log has it under" in stopped.problem
    assert "a row" not in stopped.problem
    job = Job.objects.get()
    assert (job.state, job.problem, written.numbers) == (JobState.DONE, "", [0, 1, 2, 3, 4])


def test_attempts_that_bring_nothing_are_counted_until_the_limit(written: Written) -> None:
    queued()
    tidied: list[Job] = []
    job_kind("test.numbers", after_failure=tidied.append)(KINDS["test.numbers"].batches)

    for hour in range(1, ATTEMPTS_LIMIT + 2):
        written.before[2] = raises(OSError(28, "No space left on device"))
        run_ready_jobs(clock=lambda hour=hour: later() + timedelta(hours=hour), limit=1)

    job = Job.objects.get()
    assert (job.state, job.attempts_count, written.numbers) == (JobState.FAILED, ATTEMPTS_LIMIT, [0, 1])
    assert job.problem.startswith("No space left on device.")
    assert [one.pk for one in tidied] == [job.pk]


def test_a_job_whose_workers_died_too_often_is_tidied_up_after(written: Written) -> None:
    queued()
    tidied: list[str] = []
    job_kind("test.numbers", after_failure=lambda job: tidied.append(job.state))(KINDS["test.numbers"].batches)
    Job.objects.update(attempts_count=ATTEMPTS_LIMIT, state=JobState.RUNNING, lease_until=build.NOON)

    assert claim_job() is None

    assert tidied == [JobState.FAILED]
