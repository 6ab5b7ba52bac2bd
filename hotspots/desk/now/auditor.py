"""What needs an auditor: whether the log is whole, and what was done last."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.audit.models import Entry
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Cell, Heading, Page, Section, Todo
from hotspots.desk.queries.log import KnownVerification, last_verification, log_page
from hotspots.results.models import Figure
from look.formats import local_minute, thousands

ENTRIES_SHOWN = 10
VERIFIED_LASTS = timedelta(days=7)  # CJIS Security Policy AU-6: the log is reviewed weekly


def fill(actor: Actor, page: Page) -> None:
    """Fill an auditor's first page."""
    known = last_verification()
    page.todos += verification_todo(known)
    page.sections.append(entries_section())
    page.asides.append(log_aside(actor, known))
    page.nothing_waits.append(_("A log that was not verified for a week, or was found altered, appears here."))


def verification_todo(known: KnownVerification | None) -> list[Todo]:
    """Give what there is to do about the proof of the log."""
    url = link_to("desk:log")
    if known is None:
        detail = _("Every entry is chained to the one before it. The check reads them all.")
        return [Todo(_("Verify the log for the first time"), url, detail)]
    if not known.is_whole:
        return [Todo(_("The log was found altered"), url, _("The page names the first entry that does not fit."))]
    if timezone.now() - known.at > VERIFIED_LASTS:
        return [
            Todo(_("Verify the log again"), url, _("It is a week since it was found whole."), local_minute(known.at))
        ]
    return []


def entries_section() -> Section:
    """List the last entries."""
    lines = log_page(Entry.objects.order_by("-seq"), rows_count=ENTRIES_SHOWN).lines
    return Section(
        "entries",
        _("Last in the log"),
        (Heading(_("Entry"), is_numeric=True), Heading(_("When")), Heading(_("What")), Heading(_("Who"))),
        tuple(
            (
                Cell(thousands(line.seq), link_to("desk:entry", seq=line.seq), is_numeric=True),
                Cell(local_minute(line.at)),
                Cell(line.words),
                Cell(line.who),
            )
            for line in lines
        ),
        empty_heading=_("Nothing logged yet"),
        empty_text=_("Every verb, every sign-in and every refusal leaves one entry here."),
        link_label=_("Open the log"),
        link_url=link_to("desk:log"),
    )


def log_aside(actor: Actor, known: KnownVerification | None) -> Aside:
    """Say how the log and the frozen figures stand."""
    newest = Entry.objects.order_by("-seq").first()
    facts = [
        (_("Entries"), thousands(newest.seq if newest else 0)),
        (_("Found whole"), local_minute(known.at) if known and known.is_whole else _("not yet")),
        (_("Frozen figures"), thousands(Figure.objects.visible_to(actor).count())),
    ]
    return Aside("log", _("The record"), tuple(facts), _("You see references, digests and proofs, and no contents."))
