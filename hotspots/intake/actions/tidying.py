"""After a failure the rows of an unfinished reading go; what another reading holds too stays, shown by that one."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Case, OuterRef, Subquery, When

from hotspots.audit.turn import turn
from hotspots.intake.actions.bulk import hold_import_turn
from hotspots.intake.models import Anomaly, Export, Message, Participant, Reading, SourcePlace
from hotspots.intake.queries.events import places_of
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState

PLACES_AT_ONCE = 900


def remove_rows(reading: Reading, *, but_job: uuid.UUID) -> bool:
    """Remove what an unfinished reading has written, in short transactions.

    Give False where it stopped because the reading is finished, or another job reads it now.
    """
    with turn(), transaction.atomic(durable=True):
        if not _is_to_go(reading, but_job):
            return False
        Anomaly.objects.filter(reading=reading).delete()
    while (removed_count := _remove_some(reading, but_job)) == PLACES_AT_ONCE:
        pass
    return removed_count is not None


def _is_to_go(reading: Reading, but_job: uuid.UUID) -> bool:
    """Lock a reading, and answer whether it is still unfinished and read by no other job."""
    row = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    exports = Export.objects.filter(reading=reading, job_id__isnull=False).exclude(job_id=but_job)
    states = Job.objects.filter(pk__in=list(exports.values_list("job_id", flat=True)))
    is_taken = states.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists()
    return row.state != ReadingState.FINISHED and not is_taken


def _hand_over(reading: Reading, message_ids: list[uuid.UUID]) -> None:
    """Let another reading that holds a message show it, a finished one first."""
    first = Case(When(reading__state=ReadingState.FINISHED, then=0), default=1)
    others = SourcePlace.objects.filter(message_id=OuterRef("pk")).exclude(reading=reading).order_by(first, "id")
    also = SourcePlace.objects.filter(message_id__in=message_ids).exclude(reading=reading)
    held = set(also.order_by().values_list("message_id", flat=True))
    Message.objects.filter(pk__in=held, reading=reading).update(reading_id=Subquery(others.values("reading_id")[:1]))


def _remove_some(reading: Reading, but_job: uuid.UUID) -> int | None:
    """Remove some places and the messages that stand nowhere else; give how many places, None where it may not be.

    Another import may find a message here at any time: what it holds is handed over in the same transaction, and
    while no import writes.
    """
    with turn(), transaction.atomic(durable=True):
        hold_import_turn()
        if not _is_to_go(reading, but_job):
            return None
        places = list(places_of(reading).order_by("id").values_list("pk", "message_id")[:PLACES_AT_ONCE])
        told = [message for _pk, message in places]
        _hand_over(reading, told)
        mine = list(Message.objects.filter(pk__in=told, reading=reading).values_list("pk", flat=True))
        Participant.objects.filter(message_id__in=mine).delete()
        SourcePlace.objects.filter(message_id__in=mine, reading=reading).delete()
        SourcePlace.objects.filter(pk__in=[pk for pk, _message in places]).delete()
        rows = Message.objects.filter(pk__in=mine).order_by()
        rows._raw_delete(rows.db)  # the collector would look for dependants that are gone already
        return len(places)


def forget_reading(job: Job) -> None:
    """Tidy up after an import that failed or was canceled: nothing of it is left but the file, and why."""
    export = Export.objects.select_related("reading").get(pk=job.about or job.pk)
    if not remove_rows(export.reading, but_job=job.pk):
        return
    ended = ReadingState.CANCELED if job.state == JobState.CANCELED else ReadingState.FAILED
    with turn(), transaction.atomic(durable=True):
        if _is_to_go(export.reading, job.pk):
            Reading.objects.filter(pk=export.reading_id, state=ReadingState.WAITING).update(state=ended)
