"""Exports are received, and their import is watched over, canceled, tried again and finished."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import uuid_utils.compat as uuid_utils
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_fact
from hotspots.access.models import User
from hotspots.evidence.actions import ItemFacts, log_item
from hotspots.evidence.models import Upload
from hotspots.evidence.rules import ItemPurpose
from hotspots.intake.actions.bulk import hold_import_turn
from hotspots.intake.actions.deriving import derive_responses
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Export, Line, Message, Reading
from hotspots.intake.queries.events import places_of
from hotspots.intake.readers import FORMAT, READER_VERSION
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import JobFacts, cancel_job, end_job, queue_job
from hotspots.jobs.models import Job
from hotspots.keys import actions as keys
from hotspots.operations.models import Operation

JOB_KIND = "intake.read_export"


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """When and from whom an export came."""

    received_at: datetime
    from_words: str

    LOGGED: ClassVar = ("received_at",)


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """What an import that is about to be shown has written; `lease_token` is the worker's."""

    lease_token: uuid.UUID
    rows_count: int
    root: bytes
    report: dict[str, Any] = field(default_factory=dict)

    LOGGED: ClassVar = ("rows_count", "root")


@action("intake.receive_export", roles=KEEPERS, subject="line", changes=["line", "upload"])
def receive_export(
    *,
    by: Actor,
    line: Line,
    upload: Upload,
    facts: ExportFacts,
    custodian: User | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Export:
    """Take an export of a line's phone into custody, and queue its reading; bytes that were read before add nothing."""
    item = log_item(
        by=by,
        owner=line.owner,
        facts=ItemFacts(facts.received_at, facts.from_words, purpose=ItemPurpose.EXPORT),
        upload=upload,
        custodian=custodian,
        operation=operation,
        clock=clock,
    )
    known = Reading.objects.select_for_update(no_key=True).filter(
        line=line, sha256=item.sha256, reader=FORMAT, reader_version=READER_VERSION
    )
    reading = known.first()
    is_repeat = reading is not None and _is_settled(reading)
    export = Export.objects.create(
        item=item,
        line=line,
        reading=reading or _new_reading(line, item.sha256),
        received_by_id=by.user_id,
        received_at=facts.received_at,
        is_repeat=is_repeat,
        new_messages_count=0 if is_repeat else None,
    )
    job = open_job_of(export.reading)
    if job is None and not is_repeat:
        job = _queue(by, export, clock)
    export.job_id = job.pk if job else None
    export.save(update_fields=["job_id"])
    return export


def _is_settled(reading: Reading) -> bool:
    """Answer whether nothing is to be read any more: it is read, it is refused for what it is, or it is being read."""
    return reading.state in {ReadingState.FINISHED, ReadingState.REFUSED} or open_job_of(reading) is not None


def open_job_of(reading: Reading) -> Job | None:
    """Find the job that reads a reading now, or waits to, for whichever export."""
    ids = Export.objects.filter(reading=reading, job_id__isnull=False).values_list("job_id", flat=True)
    return next((job for job in Job.objects.filter(pk__in=list(ids)) if job.is_open), None)


def _new_reading(line: Line, sha256: str) -> Reading:
    pk, seed = uuid_utils.uuid7(), bytes.fromhex(sha256)
    if Reading.objects.filter(place_seed=seed).exists():
        seed = hashlib.sha256(seed + pk.bytes).digest()
    key_id, _key = keys.make_key("reading")
    return Reading.objects.create(
        id=pk, line=line, sha256=sha256, reader=FORMAT, reader_version=READER_VERSION, key_id=key_id, place_seed=seed
    )


def _queue(by: Actor, export: Export, clock: Clock) -> Job:
    Reading.objects.filter(pk=export.reading_id).update(state=ReadingState.WAITING, refused_reason="")
    facts = JobFacts(JOB_KIND, about=export.pk, total_bytes=export.item.size_bytes)
    return queue_job(by=by, facts=facts, clock=clock)


@action("intake.cancel_import", roles=KEEPERS, subject="export", changes=["export"])
def cancel_import(*, by: Actor, export: Export, clock: Clock = system_clock) -> Export:
    """Stop the import of an export; what it has read so far is removed, the file is kept."""
    job = Job.objects.select_for_update(no_key=True).filter(pk=export.job_id).first() if export.job_id else None
    if job is None or not job.is_open:
        raise errors.Stale("import.over", _("This import is over."))
    was_waiting = job.lease_token is None
    cancel_job(job, clock=clock)
    if was_waiting:
        Reading.objects.filter(pk=export.reading_id).update(state=ReadingState.CANCELED)
    return export


@action("intake.retry_import", roles=KEEPERS, subject="export", changes=["export"])
def retry_import(*, by: Actor, export: Export, clock: Clock = system_clock) -> Export:
    """Queue the reading of an export again, after it was canceled or failed."""
    if _is_settled(export.reading):
        raise errors.Stale("import.settled", _("This file is being read, or there is nothing more to read in it."))
    export.job_id = _queue(by, export, clock).pk
    export.is_repeat, export.new_messages_count = False, None
    export.anomalies_reviewed_at = export.anomalies_reviewed_by = None  # what is found now, nobody has looked at
    changed = ["job_id", "is_repeat", "new_messages_count", "anomalies_reviewed_at", "anomalies_reviewed_by"]
    export.save(update_fields=changed)
    return export


@action("intake.finish_import", roles=KEEPERS, system=True, subject="export", changes=["export", "job"])
def finish_import(*, by: Actor, export: Export, job: Job, facts: ImportFacts, clock: Clock = system_clock) -> Export:
    """Show all that was read of an export at once, and derive the responses."""
    end_job(job, lease_token=facts.lease_token, clock=clock)
    hold_import_turn()
    reading = Reading.objects.select_for_update(no_key=True).get(pk=export.reading_id)
    if job.about != export.pk or reading.state != ReadingState.WAITING:
        raise errors.Stale("import.state", _("This file is not waiting to be shown."), theirs=reading.state)
    kept_count = places_of(reading).count()  # against what the rows gave for the root, and what the reader counted
    if not kept_count == facts.rows_count == facts.report.get("records", facts.rows_count):
        raise errors.Stale("import.rows", _("The rows that were read are not those that are kept. Import it again."))
    _take_over_messages(reading)
    reading.state, reading.finished_at = ReadingState.FINISHED, clock()
    reading.rows_count, reading.root, reading.report = facts.rows_count, facts.root, facts.report
    reading.save(update_fields=["state", "finished_at", "rows_count", "root", "report"])
    export.new_messages_count = Message.objects.filter(line_id=export.line_id, reading=reading).count()
    export.save(update_fields=["new_messages_count"])
    derive_responses(export.line_id, found_in=reading)
    note_fact(sha256=reading.sha256, new_messages=export.new_messages_count)
    return export


def _take_over_messages(reading: Reading) -> None:
    """Show here the messages that an unfinished reading of the line has written first, and that this file holds too."""
    unfinished = Reading.objects.filter(line_id=reading.line_id).exclude(state=ReadingState.FINISHED)
    others = list(unfinished.exclude(pk=reading.pk).values_list("pk", flat=True))
    if others:
        held = places_of(reading).values("message_id")
        Message.objects.filter(line_id=reading.line_id, reading_id__in=others, pk__in=held).update(reading=reading)
