"""How far an import is, and what an export brought.

What is said of a file (how many records, of which kind, in and out, since when, how many of them were new on its day)
is a fact of the file and of its reading: it is counted once, it adds up, and nobody's referral changes it afterwards,
so that no two of its totals, or looks at it, point at one. Contact points and responses are counted for who looks.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.intake.models import Anomaly, Export, Response
from hotspots.intake.queries.answers import hidden_contact_points
from hotspots.intake.queries.hidden import HiddenPlace, anomalies_outside, places_hidden_from
from hotspots.intake.readers import AnomalyKind
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState, seconds_left

MEGABYTE = 1_000_000
ANOMALIES_SHOWN = 200

# What a reader notes and understands: nothing for anyone to do, and so no anomaly where they are counted.
HARMLESS = (AnomalyKind.SURROGATE_REFERENCE,)
NOT_READ = frozenset({ReadingState.REFUSED, ReadingState.FAILED})


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; `seconds_left` is None until it can be said, `problem` is a sentence."""

    state: str
    percent: int
    done_megabytes: float
    total_megabytes: float
    messages_count: int
    seconds_left: int | None
    problem: str
    is_open: bool
    may_be_canceled: bool


@dataclass(frozen=True, slots=True)
class AnomalyShown:
    """Something to know about a file, with its place."""

    kind: str
    member: int
    offset_bytes: int
    line_number: int
    words: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds and what it brought, as the one who looks may know it."""

    state: str
    refused_reason: str
    is_repeat: bool
    format: str
    records: int
    sms: int
    mms: int
    calls: int
    inbound: int
    outbound: int
    other: int
    withheld: int
    duplicates: int
    declared_count: int | None
    first_at: datetime | None
    last_at: datetime | None
    new_messages_count: int
    known_messages_count: int
    inbound_contact_points_count: int
    new_responses_count: int
    root: str
    anomalies_count: int
    anomalies: tuple[AnomalyShown, ...]
    notes_count: int
    notes: tuple[AnomalyShown, ...]
    is_waiting: bool


def import_progress(actor: Actor, export: Export, *, clock: Clock = system_clock) -> ImportProgress:
    """Say how far the import of an export is that the actor may see."""
    row = _visible(actor, export)
    job = Job.objects.filter(pk=row.job_id).first() if row.job_id else None
    if job is None:
        return ImportProgress(row.reading.state, 100, 0.0, 0.0, 0, None, row.reading.refused_reason, False, False)
    is_done = job.state == JobState.DONE
    done = job.total_bytes if is_done else min(job.done_bytes, job.total_bytes)
    left = None
    if job.state == JobState.RUNNING and job.started_at is not None:
        elapsed = (clock() - job.started_at).total_seconds()
        left = seconds_left(done_bytes=done, total_bytes=job.total_bytes, elapsed_seconds=elapsed)
    return ImportProgress(
        state=job.state,
        percent=100 if is_done else min(99, done * 100 // max(1, job.total_bytes)),
        done_megabytes=done / MEGABYTE,
        total_megabytes=job.total_bytes / MEGABYTE,
        messages_count=job.rows_count,
        seconds_left=left,
        problem=row.reading.refused_reason or job.problem,
        is_open=job.is_open,
        may_be_canceled=job.is_open and not job.is_cancel_asked,
    )


def export_report(actor: Actor, export: Export, *, anomalies_shown: int = ANOMALIES_SHOWN) -> ExportReport:
    """Report what an export that the actor may see holds and what it brought."""
    row = _visible(actor, export)
    reading, told = row.reading, row.reading.report
    hidden = places_hidden_from(actor, [reading.pk])
    noted = anomalies_outside(hidden, [reading.pk])
    if reading.state not in {ReadingState.FINISHED, ReadingState.REFUSED}:
        noted = noted.none()
    is_harmless = Q(anomaly_kind__in=HARMLESS)
    anomalies, notes = noted.exclude(is_harmless), noted.filter(is_harmless)
    found = noted.aggregate(anomalies=Count("pk", filter=~is_harmless), notes=Count("pk", filter=is_harmless))
    counts = {name: told.get(name, 0) for name in COUNTS}
    new_count = row.new_messages_count or 0
    return ExportReport(
        state=reading.state,
        refused_reason=reading.refused_reason,
        is_repeat=row.is_repeat,
        format=told.get("format", reading.reader),
        **counts,
        declared_count=told.get("declared_count"),
        first_at=_at(told.get("first_at")),
        last_at=_at(told.get("last_at")),
        new_messages_count=new_count,
        known_messages_count=max(0, counts["records"] - counts["duplicates"] - new_count),
        inbound_contact_points_count=told.get("inbound_contact_points", 0) - _senders_among(hidden),
        new_responses_count=0 if row.is_repeat else _new_responses(actor, reading.pk),
        root=bytes(reading.root).hex() if reading.root else "",
        anomalies_count=found["anomalies"],
        anomalies=tuple(_shown(one) for one in anomalies[:anomalies_shown]),
        notes_count=found["notes"],
        notes=tuple(_shown(one) for one in notes[:anomalies_shown]),
        is_waiting=_waits_for_review(row, found["anomalies"]),
    )


def _waits_for_review(export: Export, anomalies_count: int) -> bool:
    """Answer whether an export stays on first pages until somebody has looked: it is odd, or was kept and not read.

    One that adds nothing, or whose file another replaced, waits on nobody.
    """
    if export.anomalies_reviewed_at or export.is_repeat or export.item.replaced_by_id:
        return False
    return export.reading.state in NOT_READ or (export.reading.state == ReadingState.FINISHED and anomalies_count > 0)


COUNTS = ("records", "sms", "mms", "calls", "inbound", "outbound", "other", "withheld", "duplicates")


def _visible(actor: Actor, export: Export) -> Export:
    row = Export.objects.visible_to(actor).select_related("reading", "item__blob", "line").filter(pk=export.pk).first()
    if row is None:
        raise errors.NotFound("intake.export", "There is no such export.")
    return row


def _new_responses(actor: Actor, reading_id: uuid.UUID) -> int:
    return Response.objects.visible_to(actor).filter(found_in_id=reading_id, is_outside=False).count()


def _senders_among(places: list[HiddenPlace]) -> int:
    """Count the senders of a file who are hidden: they are few, so the many need not be counted."""
    senders = {place.contact_point_id for place in places if place.direction == "inbound"}
    return (
        hidden_contact_points().filter(record_id__in=senders).values("record_id").distinct().count() if senders else 0
    )


def _at(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _shown(row: Anomaly) -> AnomalyShown:
    return AnomalyShown(row.anomaly_kind, row.member, row.offset_bytes, row.line_number, row.words)
