"""What needs a prosecutor: matters that wait for a decision, and the next hearings."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.cases.models import Hearing, Matter
from hotspots.cases.rules.kinds import MatterState
from hotspots.desk.now.campaign import campaign_now, so_far
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Cell, Heading, Page, Section, Todo
from look.formats import local_day, local_time

MATTERS_SHOWN = 8
HEARINGS_SHOWN = 10


def fill(actor: Actor, page: Page) -> None:
    """Fill a prosecutor's first page."""
    page.todos += matters_todo(actor)
    page.sections.append(hearings_section(actor))
    campaign = campaign_now(actor)
    if campaign is not None:
        page.asides.append(so_far(campaign))
    page.nothing_waits.append(_("A matter that an agency submits appears here until it is filed or declined."))


def matters_todo(actor: Actor) -> list[Todo]:
    """Give the matters that are submitted and not decided, oldest first."""
    rows = Matter.objects.visible_to(actor).filter(state=MatterState.SUBMITTED).select_related("owner")
    return [
        Todo(
            _("%(matter)s waits for a decision") % {"matter": matter},
            link_to("cases:matter", pk=matter.pk),
            _("Submitted by %(agency)s.") % {"agency": matter.owner},
            local_day(matter.submitted_on),
            _("submitted"),
        )
        for matter in rows.order_by("submitted_on", "pk")[:MATTERS_SHOWN]
    ]


def hearings_section(actor: Actor) -> Section:
    """List the next hearings; where none is to come, the last ones."""
    rows = Hearing.objects.visible_to(actor).standing().select_related("citation", "matter")
    coming = list(rows.filter(hearing_on__gte=timezone.localdate()).order_by("starts_at", "pk")[:HEARINGS_SHOWN])
    shown = coming or list(rows.order_by("-starts_at", "-pk")[:HEARINGS_SHOWN])
    return Section(
        "hearings",
        _("Next hearings") if coming or not shown else _("Last hearings"),
        (Heading(_("Day")), Heading(_("Time")), Heading(_("Where")), Heading(_("About"))),
        tuple(_hearing_row(hearing) for hearing in shown),
        empty_heading=_("No hearing yet"),
        empty_text=_("Court dates appear here as soon as a citation or a matter has one."),
        link_label=_("All cases"),
        link_url=link_to("cases:cases") if shown else "",
    )


def _hearing_row(hearing: Hearing) -> tuple[Cell, ...]:
    about = hearing.of_record
    page = "cases:citation" if hearing.citation_id else "cases:matter"
    return (
        Cell(local_day(hearing.hearing_on)),
        Cell(local_time(hearing.starts_at)),
        Cell(_("Department %(department)s") % {"department": hearing.department}),
        Cell(str(about), link_to(page, pk=about.pk)),
    )
