"""What needs a publisher: drafts to approve."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.desk.now.campaign import campaign_now, so_far
from hotspots.desk.now.parts import Page
from hotspots.desk.now.releases import drafts_to_approve, held_back_todo, published_section


def fill(actor: Actor, page: Page) -> None:
    """Fill a publisher's first page."""
    page.todos += held_back_todo(actor) + drafts_to_approve(actor)
    page.sections.append(published_section(actor, is_on_the_desk=True))
    campaign = campaign_now(actor)
    if campaign is not None:
        page.asides.append(so_far(campaign))
    page.nothing_waits.append(_("A draft that someone else wrote appears here, for you to read, and approve or edit."))
