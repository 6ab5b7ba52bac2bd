"""A worker that is killed loses nothing, and doubles nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from hotspots.intake.models import Anomaly, Message, Participant, Response, SourcePlace
from hotspots.intake.queries import import_progress
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import claim_job, run_job, run_ready_jobs
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState
from tests.build_intake import after, backup, bench, many, mms, number, sms

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]

# A worker as its own process: it says when a batch is committed, and dies when its reader goes away or it is killed.
WORKER = """
import sys, django
django.setup()
import hotspots.intake.actions
from hotspots.jobs.actions import claim_job, run_job
job = claim_job()
print("claimed", flush=True)
run_job(job, after_batch=lambda job: (print("batch", job.rows_count, flush=True), sys.stdin.readline()))
print("done", flush=True)
"""


def database_url() -> str:
    """Give the address of the test's own database."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = quote(at["USER"]) + (f":{quote(at['PASSWORD'])}" if at["PASSWORD"] else "")
    if at["HOST"].startswith("/"):
        return f"postgresql://{who}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    return f"postgresql://{who}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def start_worker() -> subprocess.Popen[str]:
    """Start a worker in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "hotspots.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )


def kill_after(batches: int) -> None:
    """Let a worker commit so many batches, and kill it in the middle of the next."""
    worker = start_worker()
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        assert worker.stdout.readline() == "claimed\n"
        for _ in range(batches):
            assert worker.stdout.readline().startswith("batch ")
            worker.stdin.write("on\n")
            worker.stdin.flush()
    finally:
        worker.kill()
        worker.wait()
        worker.stdin.close()
        worker.stdout.close()


def later() -> datetime:
    """Tell the time when the dead worker's lease is over."""
    return timezone.now() + timedelta(minutes=5)


def test_an_import_that_is_killed_is_resumed_and_every_row_is_there_once() -> None:
    made = bench()
    made.ad()
    export = made.receive(many(9_000))

    kill_after(1)
    kill_after_lease(1)
    assert Message.objects.visible_to(made.custodian).count() == 0
    assert Response.objects.count() == 0
    progress = import_progress(made.custodian, export)
    run_ready_jobs(clock=later)

    job, reading = Job.objects.get(), type(export.reading).objects.get()
    assert progress.is_open
    assert 0 < progress.messages_count < 9_000
    assert (job.state, job.attempts_count, job.rows_count) == (JobState.DONE, 0, 9_000)
    assert Message.objects.count() == SourcePlace.objects.count() == 9_000
    assert sorted(SourcePlace.objects.values_list("ordinal", flat=True)) == list(range(9_000))
    assert reading.state == ReadingState.FINISHED
    assert (reading.report["records"], reading.report["inbound"]) == (9_000, 4_500)
    assert reading.report["inbound_contact_points"] == 20


def kill_after_lease(batches: int) -> None:
    """Give the job free, as if the lease of the dead worker were over, and kill another worker."""
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    kill_after(batches)


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    made = bench()
    made.receive(many(5_000))
    slow = claim_job()
    assert slow is not None

    def overtake(job: Job) -> None:
        if job.rows_count < 5_000 and not overtaken:
            overtaken.append(job)
            run_ready_jobs(clock=later)

    overtaken: list[Job] = []
    run_job(slow, after_batch=overtake)

    assert overtaken
    assert SourcePlace.objects.count() == Message.objects.count() == 5_000
    assert Job.objects.get().state == JobState.DONE


def test_a_resumed_import_tells_anomalies_and_duplicates_once(monkeypatch) -> None:
    monkeypatch.setattr("hotspots.intake.actions.reading.BATCH_ROWS", 2)
    made = bench()
    made.ad()
    same = sms(number(1), after(1))
    content = backup(
        same,
        sms(number(2), after(1), "a&#10;b").replace("&amp;#10;", "\n"),
        same,
        mms(number(3), [number(4)], after(2)),
        sms(number(5), after(1)).replace('date="', 'date="x'),
        same,
        count=99,
    )
    made.receive(content)
    while Job.objects.get().state != JobState.DONE:
        run_one_batch()

    report = type(made.line.readings.get()).objects.get().report
    assert (report["records"], report["duplicates"], report["declared_count"]) == (6, 2, 99)
    assert sorted(Anomaly.objects.values_list("anomaly_kind", flat=True)) == ["bad_date", "raw_newline", "wrong_count"]
    assert (Message.objects.count(), SourcePlace.objects.count(), Participant.objects.count()) == (4, 6, 1)


class Killed(Exception):
    """Stands for a death between two batches."""


def run_one_batch() -> None:
    """Run a worker that dies after its first batch, unless that was the last."""
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1), attempts_count=0)
    job = claim_job()
    assert job is not None

    def die(_job: Job) -> None:
        raise Killed

    if job.checkpoint.get("is_read"):
        run_job(job)
        return
    with pytest.raises(Killed):
        run_job(job, after_batch=die)
