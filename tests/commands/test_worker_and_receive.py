"""The worker goes on after a fault, `serve` wants a whole database, and `export receive --wait` says how it ended."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from hotspots import errors
from hotspots.commands import serve
from hotspots.commands.app import run
from hotspots.intake.models import Export, Reading
from hotspots.jobs.models import Job
from hotspots.jobs.rules import ATTEMPTS_LIMIT, JobState
from tests import build_intake as made

pytestmark = pytest.mark.django_db(transaction=True)


def received(bench: made.Bench, folder: Path, content: bytes) -> int:
    """Receive a file from the command line and wait for it."""
    file = folder / "sms.xml"
    file.write_bytes(content)
    line = ["--line", bench.line.label, "--as", bench.custodian_user.login]
    return run(["export", "receive", str(file), *line, "--wait"])


def test_a_file_that_is_read_gives_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = received(made.bench(), tmp_path, made.backup(made.sms(made.number(1), made.after(1))))

    assert code == 0
    assert "Read: 1 records" in capsys.readouterr().out


def test_a_file_that_is_refused_gives_3(tmp_path: Path) -> None:
    assert received(made.bench(), tmp_path, b"") == 3


def test_an_import_that_fails_gives_1_and_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = made.bench()
    monkeypatch.setattr("hotspots.jobs.actions.ATTEMPTS_LIMIT", 1)
    monkeypatch.setattr("hotspots.intake.actions.reading.BATCH_ROWS", 0)

    def fill_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hotspots.intake.actions.reading.store.open_blob", fill_disk)
    code = received(bench, tmp_path, made.backup(made.sms(made.number(1), made.after(1))))

    assert code == 1
    assert "No space left on device" in capsys.readouterr().out
    assert Job.objects.get().state == JobState.FAILED
    assert Reading.objects.get().state == "failed"


@pytest.fixture
def signals() -> Iterator[None]:
    """Take the worker's signals back after it."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
def test_the_worker_goes_on_when_a_job_meets_a_fault() -> None:
    bench = made.bench()
    broken = bench.receive(made.backup(made.sms(made.number(1), made.after(1))))
    whole = bench.receive(made.backup(made.sms(made.number(2), made.after(2))), "second.xml")
    Job.objects.filter(pk=broken.job_id).update(about=None)  # a fault of the program, no refusal

    serve.work(once=True)

    assert Job.objects.get(pk=whole.job_id).state == JobState.DONE
    assert Export.objects.get(pk=whole.pk).reading.state == "finished"
    assert Job.objects.get(pk=broken.job_id).is_open
    assert 0 < Job.objects.get(pk=broken.job_id).attempts_count < ATTEMPTS_LIMIT


def test_serving_is_refused_while_a_migration_is_not_applied() -> None:
    serve.check_program()
    last = MigrationRecorder.Migration.objects.using(connection.alias).filter(app="jobs").order_by("-pk").first()
    last.delete()
    try:
        with pytest.raises(errors.Unavailable, match="hotspots manage migrate"):
            serve.check_program()
    finally:
        last.save(force_insert=True)
