"""Drop a correction that is not published: the release stands as the public knows it."""

from __future__ import annotations

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_fact
from hotspots.results.actions.drafting import EDITORS
from hotspots.results.models import PreviewLink, ReleaseVersion
from hotspots.results.queries.release_reading import check_step
from hotspots.results.rules.states import ReleaseVerb


@action("results.abandon_correction", roles=EDITORS, subject="version", changes=["version"])
def abandon_correction(*, by: Actor, version: ReleaseVersion, clock: Clock = system_clock) -> ReleaseVersion:
    """Abandon a correction that is not published: its text stays on record, and its number is not used again."""
    check_step(ReleaseVerb.ABANDON, version)
    now = clock()
    version.abandoned_at, version.publish_at, version.held_back_reason = now, None, ""
    version.save(update_fields=["abandoned_at", "publish_at", "held_back_reason"])
    ended = PreviewLink.objects.filter(version=version, ended_at__isnull=True).update(ended_at=now)
    note_fact(invitations_ended=ended)
    return version
