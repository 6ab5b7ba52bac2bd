"""Bad files, canceled imports and failures: the file is kept, nothing is half-counted."""

from __future__ import annotations

import pytest

from hotspots import errors
from hotspots.evidence.models import Item
from hotspots.intake import actions
from hotspots.intake.actions import tidying
from hotspots.intake.actions.tidying import forget_reading
from hotspots.intake.models import Message, Reading, Response, SourcePlace
from hotspots.intake.queries import export_report, import_progress
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import claim_job, run_job, run_ready_jobs
from hotspots.jobs.models import Job
from hotspots.jobs.rules import ATTEMPTS_LIMIT, JobState
from hotspots.store.actions import verify_blob
from tests.build_intake import after, backup, bench, counted, many, mms, number, sms, zipped

pytestmark = pytest.mark.django_db(transaction=True)

# 1,500 good records, then something that no backup has.
DEEP = many(1_500).replace(b"</smses>", b"<a>" * 60 + b"</smses>")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.xml", "empty"),
        (b"\xff\xd8\xff\xe0 a picture", "photo.xml", "JPEG"),
        (b"<!DOCTYPE smses [<!ENTITY a 'b'>]><smses count='0'></smses>", "doctype.xml", "DOCTYPE"),
        (b"PK\x03\x04 no zip at all", "broken.zip", "zip"),
        (DEEP, "deep.xml", "deep"),
    ],
)
def test_a_file_that_is_refused_is_kept_and_not_counted(content: bytes, name: str, told: str) -> None:
    made = bench()
    made.ad()

    export = made.read(content, name)

    job, item = Job.objects.get(), Item.objects.get()
    assert export.reading.state == ReadingState.REFUSED
    assert told.lower() in export.reading.refused_reason.lower()
    assert job.state == JobState.FAILED
    assert name in job.problem
    assert import_progress(made.custodian, export).problem == export.reading.refused_reason
    assert export_report(made.custodian, export).refused_reason == export.reading.refused_reason
    assert verify_blob(item.blob)
    assert Message.objects.count() == SourcePlace.objects.count() == Response.objects.count() == 0


def test_a_truncated_file_gives_its_whole_records_and_says_where_it_breaks() -> None:
    made = bench()
    made.ad()
    whole = backup(sms(number(1), after(1)), sms(number(2), after(2)), sms(number(3), after(3)))

    export = made.read(whole[: whole.rindex(b"<sms") + 30], "cut.xml")

    report = export_report(made.custodian, export)
    assert report.records == 2
    assert "truncated" in {one.kind for one in report.anomalies}
    assert len(counted()) == 2


def test_refused_bytes_that_come_again_are_refused_at_once() -> None:
    made = bench()
    made.read(b"")

    again = made.read(b"", "again.xml")

    assert (again.is_repeat, again.job_id, again.reading.state) == (True, None, ReadingState.REFUSED)
    with pytest.raises(errors.Stale):
        actions.retry_import(by=made.custodian, export=again)


def test_a_waiting_import_is_canceled_and_tried_again() -> None:
    made = bench()
    made.ad()
    export = made.receive(backup(sms(number(1), after(1))))

    canceled = actions.cancel_import(by=made.custodian, export=export)
    run_ready_jobs()
    with pytest.raises(errors.Stale):
        actions.cancel_import(by=made.custodian, export=canceled)
    before = Message.objects.count(), Reading.objects.get().state
    actions.retry_import(by=made.custodian, export=canceled)
    run_ready_jobs()

    assert before == (0, ReadingState.CANCELED)
    assert Reading.objects.get().state == ReadingState.FINISHED
    assert len(counted()) == 1


def test_a_running_import_that_is_canceled_leaves_nothing(monkeypatch) -> None:
    monkeypatch.setattr("hotspots.intake.actions.reading.BATCH_ROWS", 500)
    made = bench()
    export = made.receive(many(3_000))
    job = claim_job()
    assert job is not None

    run_job(
        job,
        after_batch=lambda job: (
            actions.cancel_import(by=made.custodian, export=export) if job.rows_count == 1_000 else None
        ),
    )

    assert Job.objects.get().state == JobState.CANCELED
    assert Reading.objects.get().state == ReadingState.CANCELED
    assert Message.objects.count() == SourcePlace.objects.count() == 0


def test_bytes_that_come_again_while_they_are_read_wait_for_the_same_reading() -> None:
    made = bench()
    made.ad()
    content = backup(sms(number(1), after(1)))

    one, two = made.receive(content), made.receive(content, "again.xml")
    run_ready_jobs()
    one.refresh_from_db()

    assert (one.reading_id, one.job_id) == (two.reading_id, two.job_id)
    assert (one.new_messages_count, two.new_messages_count) == (1, 0)
    assert Job.objects.count() == 1


def test_a_failed_import_hands_what_others_hold_over_and_takes_the_rest_away(monkeypatch) -> None:
    monkeypatch.setattr("hotspots.intake.actions.reading.BATCH_ROWS", 2)
    made = bench()
    made.ad()
    shared = [sms(number(1), after(1)), sms(number(2), after(2))]
    made.receive(backup(*shared, sms(number(3), after(3)), sms(number(4), after(4))))
    first = claim_job()
    assert first is not None

    def overtake(job: Job) -> None:
        if job.rows_count == 2:  # the first has written what both hold; the second finishes meanwhile
            made.receive(backup(*shared, sms(number(5), after(5))), "second.xml")
            run_ready_jobs()

    run_job(first, after_batch=lambda job: (overtake(job), stop(job))[0])
    failed = Job.objects.get(pk=first.pk)
    forget_reading(failed)

    assert {digest for _ad, digest in counted()} == {
        bytes(made.response(number(n)).contact_point.index_digest).hex() for n in (1, 2, 5)
    }
    assert Message.objects.count() == SourcePlace.objects.count() == 3
    assert Reading.objects.get(pk=first_reading(made)).state == ReadingState.CANCELED


def stop(job: Job) -> None:
    """Ask the job to stop after its second batch."""
    if job.rows_count == 2:
        Job.objects.filter(pk=job.pk).update(is_cancel_asked=True)


def first_reading(made) -> object:  # type: ignore[no-untyped-def]
    return made.line.exports.order_by("pk").first().reading_id


def test_someone_whose_role_has_ended_imports_nothing_more() -> None:
    made = bench()
    made.receive(backup(sms(number(1), after(1))))

    made.custodian_user.grants.update(revoked_at=after(1))
    run_ready_jobs()

    assert Job.objects.get().state == JobState.FAILED
    assert Reading.objects.get().state == ReadingState.FAILED
    assert Message.objects.count() == 0


def test_a_member_of_a_zip_that_is_no_backup_is_named_and_the_others_are_read() -> None:
    made = bench()
    made.ad()

    export = made.read(zipped(notes=b"only words", sms=backup(sms(number(1), after(1)))), "mixed.zip")

    report = export_report(made.custodian, export)
    assert report.records == 1
    assert [one.kind for one in report.anomalies] == ["member_skipped"]
    assert SourcePlace.objects.get().member == 1


def test_what_another_import_finds_while_rows_are_removed_stays(monkeypatch) -> None:
    monkeypatch.setattr("hotspots.intake.actions.reading.BATCH_ROWS", 2)
    monkeypatch.setattr(tidying, "PLACES_AT_ONCE", 2)
    made = bench()
    made.ad()
    kept = [sms(number(n), after(n)) for n in range(1, 7)]
    dying = made.receive(backup(*kept, sms(number(7), after(7))))
    job = claim_job()
    assert job is not None
    run_job(job, after_batch=lambda job: Job.objects.filter(pk=job.pk, rows_count=6).update(is_cancel_asked=True))
    # Its rows are there again, as if they were still to be removed, when another import comes in between.
    actions.retry_import(by=made.custodian, export=dying)
    again = claim_job()
    assert again is not None
    removed = tidying._remove_some
    is_met: list[bool] = []

    def meet(reading: Reading, but_job: object) -> int | None:
        if is_met or not SourcePlace.objects.filter(reading=reading).exists():
            return removed(reading, but_job)
        is_met.append(True)
        count = removed(reading, but_job)
        made.receive(backup(*kept), "second.xml")
        run_ready_jobs()
        return count

    monkeypatch.setattr(tidying, "_remove_some", meet)
    run_job(again, after_batch=lambda job: Job.objects.filter(pk=job.pk, rows_count=6).update(is_cancel_asked=True))

    assert is_met
    assert Message.objects.count() == SourcePlace.objects.count() == 6
    assert {row.state for row in Reading.objects.all()} == {ReadingState.CANCELED, ReadingState.FINISHED}
    assert len(counted()) == 6


def test_a_reading_that_another_job_has_taken_keeps_its_state() -> None:
    made = bench()
    export = made.receive(backup(sms(number(1), after(1))))
    actions.cancel_import(by=made.custodian, export=export)
    canceled = Job.objects.get()
    export.refresh_from_db()
    actions.retry_import(by=made.custodian, export=export)

    forget_reading(canceled)

    assert Reading.objects.get().state == ReadingState.WAITING


def test_a_reading_that_lost_a_row_is_not_shown(monkeypatch) -> None:
    made = bench()
    made.receive(backup(sms(number(1), after(1)), sms(number(2), after(2))))
    job = claim_job()
    assert job is not None

    run_job(job, after_batch=lambda job: SourcePlace.objects.order_by("pk").first().delete())

    assert "Import it again" in Job.objects.get().problem
    assert Reading.objects.get().state == ReadingState.FAILED
    assert not Message.objects.visible_to(made.custodian).exists()


def test_an_import_whose_workers_died_too_often_is_failed_and_may_be_read_again() -> None:
    made = bench()
    made.ad()
    export = made.receive(backup(sms(number(1), after(1))))
    Job.objects.update(attempts_count=ATTEMPTS_LIMIT, state=JobState.RUNNING, lease_until=after(1))

    run_ready_jobs()
    failed = Reading.objects.get().state
    actions.retry_import(by=made.custodian, export=type(export).objects.get())
    run_ready_jobs()

    assert failed == ReadingState.FAILED
    assert Reading.objects.get().state == ReadingState.FINISHED


def test_a_report_of_delivery_is_a_record_and_no_answer() -> None:
    made = bench()
    made.ad()
    reports = [
        mms(number(n), [], after(n)).replace('msg_box="1"', f'msg_box="1" m_type="{kind}"')
        for n, kind in ((1, 134), (2, 136), (3, 132))
    ]

    export = made.read(backup(*reports))

    report = export_report(made.custodian, export)
    assert (report.mms, report.inbound, report.other) == (3, 1, 2)
    assert len(counted()) == 1
