"""The import of an export: a job that reads, encrypts and writes in batches, and that resumes where it stopped.

A batch is at most 2,000 records or 250 ms of reading. It parses and encrypts outside any transaction; then one
transaction moves the job on by its lease and writes. The checkpoint names the first record that is not written yet, so
a resumed reader starts there. Nothing of it is seen until `finish_import` shows it all.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO, cast

from hotspots import errors
from hotspots.access.actor import SYSTEM, Actor, actor_of
from hotspots.audit.rules import merkle_root
from hotspots.intake.actions.bulk import (
    MESSAGES,
    PLACES,
    Table,
    forms_now,
    hold_import_turn,
    stream_place_ids,
)
from hotspots.intake.actions.encoding import Encoded, Encoder
from hotspots.intake.actions.exports import JOB_KIND, ImportFacts, finish_import
from hotspots.intake.actions.pace import collect_rarely, write_much
from hotspots.intake.actions.tally import Tally
from hotspots.intake.actions.tidying import forget_reading, remove_rows
from hotspots.intake.models import Anomaly, Export, Message, Reading
from hotspots.intake.queries.events import places_of
from hotspots.intake.readers import Anomaly as ReaderAnomaly
from hotspots.intake.readers import Event, Header, Record, Refused, ResumePoint, read_export
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import Batch, job_kind
from hotspots.jobs.models import Job
from hotspots.jobs.rules import BATCH_ROWS, BATCH_SECONDS
from hotspots.store import actions as store
from hotspots.store.models import Blob
from sealing import SealBroken

PARTICIPANTS = Table("intake_participant", (("id", "uuid"), ("message_id", "uuid"), ("contact_point_id", "uuid")))
WORDS_LIMIT = 400
LOOK_ROWS = 50  # how often the clock is looked at


class Import:
    """One run of the import of one reading, from a checkpoint on."""

    def __init__(self, job: Job, export: Export) -> None:
        self._job = job
        self._export = export
        self._reading: Reading = export.reading
        self._encoder = Encoder(export.line, export.reading, forms_now())
        self.tally = Tally.of(job.checkpoint)
        place = job.checkpoint.get("resume")
        self._resume = ResumePoint(**place) if place else None
        self._is_resumed = self._resume is not None
        self._senders = self._senders_so_far() if job.checkpoint else set()
        self._records: list[Record] = []
        self._anomalies: list[Anomaly] = []

    def report(self, blob: Blob) -> dict[str, Any]:
        """Give the counts of the file."""
        return self.tally.report(
            sha256=blob.sha256, size_bytes=blob.size_bytes, inbound_contact_points=len(self._senders)
        )

    def batches(self, source: store.StoredReader) -> Iterator[Batch]:
        """Read the file and give a batch whenever one is full."""
        ends_at, records = time.monotonic() + BATCH_SECONDS, self._records
        for event in read_export(cast(BinaryIO, source), resume=self._resume):
            if type(event) is not Record:
                self._note(event)
                continue
            count = len(records)
            if count >= BATCH_ROWS or (count % LOOK_ROWS == LOOK_ROWS - 1 and time.monotonic() > ends_at):
                yield self._batch(event.resume_point, source.tell())
                ends_at, records = time.monotonic() + BATCH_SECONDS, self._records
            records.append(event)
        yield self._batch(None, self._job.total_bytes)

    def _note(self, event: Event) -> None:
        """Keep what was noted on the way; a resumed reader says again what the backup says of itself."""
        if isinstance(event, Header) and not self._is_resumed:
            self.tally.declare(event.declared_count)
        elif isinstance(event, Header):
            self._is_resumed = False
        elif isinstance(event, ReaderAnomaly):
            self._anomalies.append(
                Anomaly(
                    reading=self._reading,
                    anomaly_kind=event.kind.value,
                    member=event.member,
                    offset_bytes=event.offset,
                    line_number=event.line,
                    words=_storable(event.text),
                )
            )

    def _batch(self, resume: ResumePoint | None, done_bytes: int) -> Batch:
        records, self._records = self._records, []
        anomalies, self._anomalies = self._anomalies, []
        encoded = self._encoder.encode(records)
        self.tally.take(records)
        checkpoint: dict[str, Any] = self.tally.kept()
        # Without a place to go on from, all is read: what is left to do is to show it.
        checkpoint |= {"resume": asdict(resume)} if resume is not None else {"is_read": True}
        return Batch(
            write=lambda: self._write(records, encoded, anomalies, checkpoint),
            checkpoint=checkpoint,
            rows_count=len(records),
            done_bytes=min(done_bytes, self._job.total_bytes),
        )

    def _write(
        self, records: list[Record], encoded: Encoded, anomalies: list[Anomaly], checkpoint: dict[str, Any]
    ) -> None:
        """Write a batch, inside the transaction that has moved the job on."""
        hold_import_turn()
        if self._encoder.contacts.write_new():
            encoded = self._encoder.encode(records)
        self._senders |= encoded.senders
        rows = self._encoder.rows_of(encoded)
        MESSAGES.insert(rows.messages)
        PARTICIPANTS.insert(rows.participants)
        PLACES.insert(rows.places)
        Anomaly.objects.bulk_create(anomalies, batch_size=200)
        if rows.duplicates_count:
            self.tally.duplicates += rows.duplicates_count
            checkpoint["duplicates"] = self.tally.duplicates
            Job.objects.filter(pk=self._job.pk).update(checkpoint=checkpoint)

    def _senders_so_far(self) -> set[Any]:
        written = places_of(self._reading).values("message_id")
        rows = Message.objects.filter(pk__in=written, direction="inbound", contact_point__isnull=False).order_by()
        forms = forms_now()
        return {forms.id_of(pk.bytes) for pk in rows.values_list("contact_point_id", flat=True).distinct()}


def _storable(words: str) -> str:
    """Cut a sentence to its column, without what PostgreSQL cannot hold."""
    return words.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()[:WORDS_LIMIT]


@job_kind(JOB_KIND, after_failure=forget_reading)
def import_export(job: Job) -> Iterator[Batch]:
    """Read an export from the job's checkpoint on, batch by batch, and show it at the end."""
    export = Export.objects.select_related("reading", "line", "item__blob").get(pk=job.about or job.pk)
    blob = cast(Blob, export.item.blob)  # a digital item has one, by a constraint
    if not job.checkpoint:
        remove_rows(export.reading, but_job=job.pk)
    importing = Import(job, export)
    refusal: Refused | None = None
    if not job.checkpoint.get("is_read"):
        try:
            with store.open_blob(blob) as source, write_much(), collect_rarely():
                yield from importing.batches(source)
        except Refused as refused:
            refusal = refused
        except SealBroken as error:
            raise errors.Unavailable("store.altered", _altered(export)) from error
    if refusal is not None:
        yield Batch(write=lambda: _refuse(export.reading, refusal), checkpoint={**job.checkpoint})
        raise errors.BadInput("intake.refused", refusal.reason, locator=export.item.file_name)
    _finish(job, export, importing.report(blob))


def _altered(export: Export) -> str:
    return f"The stored bytes of {export.item.file_name} were altered or cut. Every other file still opens."


def _refuse(reading: Reading, refusal: Refused) -> None:
    """Keep why a file is not read; the file stays, with its SHA-256 and custody."""
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.REFUSED, refused_reason=refusal.reason)


def _finish(job: Job, export: Export, report: dict[str, Any]) -> None:
    count, root = merkle_root(stream_place_ids(export.reading))
    by: Actor = SYSTEM if job.requester is None else actor_of(job.requester, channel="job")
    facts = ImportFacts(lease_token=cast(uuid.UUID, job.lease_token), rows_count=count, root=root, report=report)
    finish_import(by=by, export=export, job=job, facts=facts)
