"""What waits on more than one role."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.access.actor import Actor
from hotspots.access.models import Grant
from hotspots.accounts.queries import confirming_problems
from hotspots.desk.now.campaign import exports_to_look_at, first_anomalies
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Todo
from hotspots.intake.actions.exports import JOB_KIND
from hotspots.intake.models import Export
from hotspots.intake.queries import NOT_READ
from hotspots.intake.rules.states import ReadingState
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


def exports_todo(actor: Actor) -> list[Todo]:
    """Give the exports that somebody is to look at: kept and not read, or read with something odd in them."""
    exports = exports_to_look_at(actor)
    reasons = _reasons_of([export for export in exports if export.reading.state in NOT_READ])
    words = first_anomalies(actor, [export for export in exports if export.pk not in reasons])
    return [
        Todo(
            _unread_title(export, reasons[export.pk]) if export.pk in reasons else _odd_title(export),
            link_to("intake:export", pk=export.pk),
            _("%(file)s, %(line)s. %(words)s")
            % {"file": export.item.file_name, "line": export.line, "words": words.get(export.reading_id, "")},
            local_day(export.received_at),
            _("received"),
        )
        for export in exports
    ]


def _odd_title(export: Export) -> str:
    count: int = export.anomalies_count  # type: ignore[attr-defined]
    told = ngettext("An import finished with %(count)s anomaly", "An import finished with %(count)s anomalies", count)
    return told % {"count": count}


def _unread_title(export: Export, reason: str) -> str:
    told = _("%(file)s was kept and not read: %(reason)s") if reason else _("%(file)s was kept and not read")
    return told % {"file": export.item.file_name, "reason": reason}


def _reasons_of(exports: list[Export]) -> dict[object, str]:
    """Say why each export was not read: what the reader said of the file, or what went wrong with the work."""
    failed = [export.job_id for export in exports if export.reading.state == ReadingState.FAILED and export.job_id]
    rows = Job.objects.filter(pk__in=failed).values_list("pk", "problem") if failed else ()
    problems: dict[object, str] = dict(rows)
    return {export.pk: export.reading.refused_reason or problems.get(export.job_id, "") for export in exports}


def failed_jobs(actor: Actor) -> list[Todo]:
    """Give the actor's long work that has failed, other than imports, which wait under the name of their file."""
    rows = Job.objects.visible_to(actor).filter(state=JobState.FAILED).exclude(job_kind=JOB_KIND)
    return [
        Todo(_("Work that you asked for has failed"), "", job.problem, local_day(job.ended_at), _("ended"))
        for job in rows.order_by("-ended_at")[:GRANTS_SHOWN]
    ]
