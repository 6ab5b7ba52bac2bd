"""After a failure the rows of an unfinished reading go; what another reading holds too stays, shown by that one."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Subquery, When

from hotspots.audit.turn import turn
from hotspots.intake.models import Anomaly, Export, Message, Participant, Reading, SourcePlace
from hotspots.intake.queries.events import places_of
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState

PLACES_AT_ONCE = 900


def remove_rows(reading: Reading, *, but_job: uuid.UUID) -> None:
    """Remove what an unfinished reading has written, in short transactions; stop if another job reads it now."""
    with turn(), transaction.atomic(durable=True):
        _hand_over(reading)
        Anomaly.objects.filter(reading=reading).delete()
    while _remove_some(reading, but_job):
        pass


def _hand_over(reading: Reading) -> None:
    """Let another reading that holds a message show it, a finished one first."""
    first = Case(When(reading__state=ReadingState.FINISHED, then=0), default=1)
    others = SourcePlace.objects.filter(message_id=OuterRef("pk")).exclude(reading=reading).order_by(first, "id")
    also = SourcePlace.objects.filter(message_id=OuterRef("message_id")).exclude(reading=reading)
    held = places_of(reading).filter(Exists(also)).values("message_id")
    Message.objects.filter(pk__in=held, reading=reading).update(reading_id=Subquery(others.values("reading_id")[:1]))


def _remove_some(reading: Reading, but_job: uuid.UUID) -> bool:
    with turn(), transaction.atomic(durable=True):
        row = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
        exports = Export.objects.filter(reading=reading, job_id__isnull=False).exclude(job_id=but_job)
        states = Job.objects.filter(pk__in=list(exports.values_list("job_id", flat=True)))
        is_taken = states.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists()
        if row.state == ReadingState.FINISHED or is_taken:
            return False
        places = list(places_of(reading).order_by("id").values_list("pk", "message_id")[:PLACES_AT_ONCE])
        told = [message for _pk, message in places]
        mine = list(Message.objects.filter(pk__in=told, reading=reading).values_list("pk", flat=True))
        Participant.objects.filter(message_id__in=mine).delete()
        SourcePlace.objects.filter(message_id__in=mine).delete()
        SourcePlace.objects.filter(pk__in=[pk for pk, _message in places]).delete()
        rows = Message.objects.filter(pk__in=mine).order_by()
        rows._raw_delete(rows.db)  # the collector would look for dependants that are gone already
        return len(places) == PLACES_AT_ONCE


def forget_reading(job: Job) -> None:
    """Tidy up after an import that failed or was canceled: nothing of it is left but the file, and why."""
    export = Export.objects.select_related("reading").get(pk=job.about or job.pk)
    remove_rows(export.reading, but_job=job.pk)
    ended = ReadingState.CANCELED if job.state == JobState.CANCELED else ReadingState.FAILED
    Reading.objects.filter(pk=export.reading_id, state=ReadingState.WAITING).update(state=ended)
