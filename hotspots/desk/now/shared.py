"""What waits on more than one role."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.access.actor import Actor
from hotspots.access.models import Grant
from hotspots.accounts.queries import confirming_problems
from hotspots.desk.now.campaign import exports_with_anomalies, first_anomalies
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Todo
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState
from hotspots.web.why import role_name
from look.formats import local_day

GRANTS_SHOWN = 8


def grants_to_confirm(actor: Actor) -> list[Todo]:
    """Give the roles that wait for the actor's confirmation."""
    rows = Grant.objects.visible_to(actor).waiting().select_related("user__organization", "granted_by")
    listed = list(rows.order_by("granted_at")[: GRANTS_SHOWN * 4])
    problems = confirming_problems(actor, listed)
    mine = [grant for grant in listed if not problems[grant.pk]]
    return [
        Todo(
            _("Confirm %(who)s as %(role)s") % {"who": grant.user.title, "role": role_name(grant.role)},
            link_to("accounts:confirm", pk=grant.pk),
            _("%(where)s. Given by %(giver)s.")
            % {"where": grant.user.organization, "giver": grant.granted_by or _("the program")},
            local_day(grant.granted_at),
            _("given"),
        )
        for grant in mine[:GRANTS_SHOWN]
    ]


def anomalies_todo(actor: Actor) -> list[Todo]:
    """Give the imports that ended with something to know about."""
    exports = exports_with_anomalies(actor)
    words = first_anomalies(actor, exports)
    return [
        Todo(
            ngettext("An import finished with %(count)s anomaly", "An import finished with %(count)s anomalies", count)
            % {"count": count},
            link_to("intake:export", pk=export.pk),
            _("%(file)s, %(line)s. %(words)s")
            % {"file": export.item.file_name, "line": export.line, "words": words.get(export.reading_id, "")},
            local_day(export.received_at),
            _("received"),
        )
        for export in exports
        if (count := export.anomalies_count)  # type: ignore[attr-defined]
    ]


def failed_jobs(actor: Actor) -> list[Todo]:
    """Give the actor's long work that has failed."""
    rows = Job.objects.visible_to(actor).filter(state=JobState.FAILED).order_by("-ended_at")[:GRANTS_SHOWN]
    return [
        Todo(_("Work that you asked for has failed"), "", job.problem, local_day(job.ended_at), _("ended"))
        for job in rows
    ]
