"""What needs an officer: recording a citation, and the own ones."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.cases.models import Citation
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Button, Cell, Heading, Page, Section
from look.formats import local_minute

CITATIONS_SHOWN = 10


def fill(actor: Actor, page: Page) -> None:
    """Fill an officer's first page."""
    if url := link_to("cases:record_citation"):
        page.buttons.append(Button(_("Record a citation"), url, is_big=True))
    page.sections.append(citations_section(actor))
    page.nothing_waits.append(_("Everything you recorded is in the record. The next citation takes under a minute."))


def citations_section(actor: Actor) -> Section:
    """List the citations that the actor recorded or made."""
    mine = Q(officer_id=actor.user_id) | Q(recorded_by_id=actor.user_id)
    rows = Citation.objects.visible_to(actor).filter(mine).select_related("operation")
    return Section(
        "citations",
        _("Your citations"),
        (Heading(_("Citation")), Heading(_("When")), Heading(_("Where")), Heading(_("State"))),
        tuple(_citation_row(citation) for citation in rows.order_by("-occurred_at", "-pk")[:CITATIONS_SHOWN]),
        empty_heading=_("No citation yet"),
        empty_text=_("The citations that you record appear here, newest first."),
        link_label=_("All cases of your agency"),
        link_url=link_to("cases:cases"),
    )


def _citation_row(citation: Citation) -> tuple[Cell, ...]:
    return (
        Cell(str(citation), link_to("cases:citation", pk=citation.pk)),
        Cell(local_minute(citation.occurred_at)),
        Cell(citation.place_words),
        Cell(_("Void"), status="stop") if citation.is_void else Cell(_("Recorded"), status="done"),
    )
