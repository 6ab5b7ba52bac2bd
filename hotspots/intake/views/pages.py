"""What several pages of intake show alike: who reads them, the tabs, the steps of the walk below a response."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.evidence.queries import custody_of
from hotspots.evidence.views.pages import custody_words, short_sha
from hotspots.evidence.views.tabs import tabs_of
from hotspots.intake.actions.opening import BYTE_READERS, may_open_bytes
from hotspots.intake.models import Export, Line, SourcePlace
from hotspots.intake.queries import Place
from hotspots.intake.rules.states import Purpose
from hotspots.web.walk import TRAIL, Found, Step, trail_of

TASK_FORCE = (Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN, Role.OPERATION_LEAD)
LIST_READERS = (*TASK_FORCE, Role.AUDITOR)


def reads_words(actor: Actor) -> bool:
    """Tell whether the actor reads numbers and words, and not references and proofs alone."""
    return actor.holds_any(*TASK_FORCE)


def purpose_of(actor: Actor) -> Purpose:
    """Give the purpose under which a person's role opens a record, until the page asks for one."""
    return Purpose.REFERRAL if actor.holds_any(Role.ADVOCATE_LIAISON) else Purpose.REVIEW


def response_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the lists around responses."""
    return tabs_of(
        request,
        (_("Responses"), "intake:responses"),
        (_("Without a number"), "intake:withheld"),
        (_("Ads"), "intake:ads"),
        (_("Lines"), "intake:lines"),
    )


def onward(request: HttpRequest, url: str) -> str:
    """Give an address that carries the trail on, where there is one."""
    trail = trail_of(request)
    return trail.keep(url) if trail else url


def trail_query(request: HttpRequest) -> str:
    """Give the query that carries the trail on in the address of a form, or nothing."""
    return f"?{urlencode({TRAIL: request.GET[TRAIL]})}" if trail_of(request) else ""


def range_text(place: Any) -> str:
    """Write a range of bytes as the pages show it: "212,480 + 267"."""
    return f"{place.offset_bytes:,} + {place.length_bytes:,}"


def bytes_url(place_id: Any) -> str:
    """Give the address of one record's bytes."""
    return reverse("intake:bytes", args=[place_id])


def export_of_place(actor: Actor, reading_id: Any) -> Export | None:
    """Give the export, visible to the actor, that a place was read from first."""
    rows = Export.objects.visible_to(actor).filter(reading_id=reading_id).select_related("item__blob", "line__owner")
    row: Export | None = rows.order_by("received_at", "pk").first()
    return row


def found_below(actor: Actor, line: Line, place: Place | None, export: Export | None) -> Found:
    """Give the steps below a message: its bytes, the file, the file's custody."""
    found: dict[Step, tuple[str, str | None]] = {}
    if place is not None:
        found[Step.BYTES] = bytes_step(actor, place, line)
    if place is not None or export is not None:
        found |= file_steps(actor, export)
    return found


def bytes_step(actor: Actor, place: Place | SourcePlace, line: Line) -> tuple[str, str | None]:
    """Give the step of the bytes; its value says why it is shut for a role, or for an agency."""
    if may_open_bytes(actor, line):
        return range_text(place), bytes_url(place.id)
    if actor.holds_any(*BYTE_READERS):
        return _("Closed to your agency"), None
    return (_("Closed to auditors") if actor.holds_any(Role.AUDITOR) else _("Closed to your role")), None


def file_steps(actor: Actor, export: Export | None) -> dict[Step, tuple[str, str | None]]:
    """Give the steps of the file and of its custody: shut, and the bytes too, where the actor sees no export."""
    if export is None:
        shut = shut_file() if actor.holds_any(*LIST_READERS) else shut_file(_("Closed to your role"))
        return {**shut, Step.BYTES: shut[Step.FILE]}
    custody = custody_of(actor, export.item)
    return {
        Step.FILE: (short_sha(export.item.sha256), reverse("intake:export", args=[export.pk])),
        Step.CUSTODY: (custody_words(custody), reverse("evidence:item", args=[export.item_id])),
    }


def shut_file(why: str = "") -> dict[Step, tuple[str, str | None]]:
    """Give the steps of a file and its custody that are shut: to an agency that sees the message alone."""
    shut = why or _("Closed to your agency")
    return {Step.FILE: (shut, None), Step.CUSTODY: (shut, None)}


def shut_for_auditors(actor: Actor) -> Found:
    """Give the steps that an auditor may not open."""
    if reads_words(actor):
        return {}
    return {step: (_("Closed to auditors"), None) for step in (Step.MESSAGE, Step.BYTES)}
