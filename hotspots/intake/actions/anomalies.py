"""That a person has looked at what is odd in a file, or at why it was kept and not read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Export
from hotspots.intake.rules.states import ReadingState

OVER = frozenset({ReadingState.FINISHED, ReadingState.REFUSED, ReadingState.FAILED})


@action("intake.review_anomalies", roles=KEEPERS, subject="export", changes=["export"])
def review_anomalies(*, by: Actor, export: Export, clock: Clock = system_clock) -> Export:
    """Record that what is odd in an export's file was looked at, so that it waits on nobody any more."""
    if export.reading.state not in OVER:
        raise errors.RuleBroken("export.unread", _("This file is not read to its end yet."))
    if export.anomalies_reviewed_at is not None:
        raise errors.Stale("export.reviewed", _("Somebody has reviewed this file already."))
    export.anomalies_reviewed_at, export.anomalies_reviewed_by_id = clock(), by.user_id
    export.save(update_fields=["anomalies_reviewed_at", "anomalies_reviewed_by"])
    return export
