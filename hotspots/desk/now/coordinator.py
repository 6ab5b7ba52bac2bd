"""What needs a coordinator: figures that moved, drafts, imports, the campaign."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.desk.now.campaign import campaign_now, operations_section, so_far
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Button, Page, Todo
from hotspots.desk.now.releases import drafts_todo, held_back_todo
from hotspots.desk.now.shared import exports_todo, failed_jobs, grants_to_confirm
from hotspots.operations.models import Campaign, Operation
from hotspots.results.queries.frozen import figures_of, would_now_be
from look.formats import local_day, thousands


def fill(actor: Actor, page: Page) -> None:
    """Fill a coordinator's first page."""
    campaign = campaign_now(actor)
    if campaign is not None:
        page.todos += figures_that_moved(actor, campaign)
        page.asides.append(so_far(campaign))
        page.meta.append(campaign)
        operations = Operation.objects.visible_to(actor).filter(campaign=campaign)
        page.sections.append(
            operations_section(actor, operations, _("Operations of %(campaign)s") % {"campaign": campaign})
        )
    else:
        page.buttons.append(Button(_("Open a campaign"), link_to("operations:open_campaign")))
    page.todos += (
        held_back_todo(actor) + drafts_todo(actor) + exports_todo(actor) + grants_to_confirm(actor) + failed_jobs(actor)
    )
    page.nothing_waits.append(
        _("A figure that no longer matches its records, a draft, or an import with anomalies appears here.")
    )


def figures_that_moved(actor: Actor, campaign: Campaign) -> list[Todo]:
    """Give the frozen figures that the records would now give otherwise."""
    moved = []
    for figure in figures_of(actor, campaign).values():
        now = would_now_be(figure)
        if now is not None and not now.is_same:
            words = {"value": thousands(figure.value), "label": figure.label.lower(), "now": thousands(now.value)}
            moved.append(
                Todo(
                    _("%(value)s %(label)s would now be %(now)s") % words,
                    link_to("results:figure", pk=figure.pk),
                    _("The frozen figure stands until a named person corrects the release."),
                    local_day(figure.frozen_at),
                    _("frozen"),
                )
            )
    return moved
