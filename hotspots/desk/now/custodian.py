"""What needs an evidence custodian: imports, uploads that stopped, items held."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Button, Cell, Heading, Page, Section, Todo
from hotspots.desk.now.shared import exports_todo, failed_jobs
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import UploadState
from hotspots.intake.models import Export
from hotspots.intake.rules.states import ReadingState
from look.formats import filesize_kb, local_day, local_minute, thousands

ROWS_SHOWN = 8

STATES = {
    ReadingState.WAITING: ("waiting", gettext_lazy("Waits or is read")),
    ReadingState.FINISHED: ("ok", gettext_lazy("Read")),
    ReadingState.REFUSED: ("stop", gettext_lazy("Not read")),
    ReadingState.CANCELED: ("stop", gettext_lazy("Canceled")),
    ReadingState.FAILED: ("stop", gettext_lazy("Failed")),
}


def fill(actor: Actor, page: Page) -> None:
    """Fill an evidence custodian's first page."""
    if url := link_to("intake:receive"):
        page.buttons.append(Button(_("Receive an export"), url, icon="upload_file"))
    page.todos += uploads_todo(actor) + failed_jobs(actor) + exports_todo(actor)
    page.sections.append(exports_section(actor))
    page.asides.append(items_aside(actor))
    page.nothing_waits.append(_("An upload that stopped, an import that failed or one with anomalies appears here."))


def uploads_todo(actor: Actor) -> list[Todo]:
    """Give the uploads that are not complete."""
    rows = Upload.objects.visible_to(actor).filter(state=UploadState.OPEN).order_by("-began_at")[:ROWS_SHOWN]
    return [
        Todo(
            _("Go on with the upload of %(file)s") % {"file": upload.file_name},
            link_to("evidence:upload"),
            _("%(done)s of %(all)s have arrived.")
            % {"done": filesize_kb(upload.received_bytes), "all": filesize_kb(upload.size_bytes)},
            local_day(upload.began_at),
            _("begun"),
        )
        for upload in rows
    ]


def exports_section(actor: Actor) -> Section:
    """List the last exports and how their imports stand."""
    rows = Export.objects.visible_to(actor).filter(item__in=Item.objects.visible_to(actor).order_by().values("pk"))
    rows = rows.select_related("item", "line", "reading").order_by("-received_at", "-pk")
    return Section(
        "exports",
        _("Exports received"),
        (Heading(_("File")), Heading(_("Line")), Heading(_("Received")), Heading(_("State"))),
        tuple(_export_row(export) for export in rows[:ROWS_SHOWN]),
        empty_heading=_("No export yet"),
        empty_text=_("An export of a department phone appears here as soon as its file has arrived."),
        link_label=_("All exports"),
        link_url=link_to("intake:exports"),
    )


def _export_row(export: Export) -> tuple[Cell, ...]:
    kind, word = STATES[ReadingState(export.reading.state)]
    return (
        Cell(export.item.file_name, link_to("intake:export", pk=export.pk)),
        Cell(export.line),
        Cell(local_minute(export.received_at)),
        Cell(word, status=kind),
    )


def items_aside(actor: Actor) -> Aside:
    """Say how many items the actor holds."""
    held = Item.objects.visible_to(actor).filter(custodian_id=actor.user_id)
    count = held.count()
    newest = held.order_by("-received_at").first()
    facts: list[tuple[str, str]] = [(_("Items"), thousands(count))]
    if newest is not None:
        facts.append((_("Last received"), local_day(newest.received_at)))
    return Aside(
        "items",
        _("In your hands"),
        tuple(facts),
        link_label=_("Evidence"),
        link_url=link_to("evidence:items"),
    )
