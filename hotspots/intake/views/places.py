"""The bytes of one record, where it stands in its file."""

from __future__ import annotations

import hashlib
import shlex
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.evidence.views.pages import custody_words, short_sha
from hotspots.intake.actions.opening import BYTE_READERS, BytesFacts, open_bytes
from hotspots.intake.models import Message, Response
from hotspots.intake.queries import BytesWindow, bytes_window, place_in_sight
from hotspots.intake.views.hexes import attributes_of, hex_rows, words_of
from hotspots.intake.views.pages import purpose_of, range_text, shut_file
from hotspots.intake.views.words import shown_words
from hotspots.web.audience import actor_for, audience
from hotspots.web.walk import Step, Trail, steps_of, trail_of, updown_of
from hotspots.web.why import why_of
from look import formats

DIRECTIONS = {
    "inbound": gettext_lazy("Inbound"),
    "outbound": gettext_lazy("Outbound"),
    "other": gettext_lazy("Neither in nor out"),
}
SECOND = "M j, Y, H:i:s"


@audience(*BYTE_READERS)
def show_bytes(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Open exactly one record's bytes in its file, and check them."""
    actor = actor_for(request)
    row, message = place_in_sight(actor, place)
    open_bytes(by=actor, message=message, facts=BytesFacts(row.pk, purpose_of(actor)))
    window = bytes_window(actor, row.pk)
    context = {
        "window": window,
        "last_byte": window.offset_bytes + window.length_bytes - 1,
        "rows": hex_rows(window.content, window.offset_bytes),
        "facts": _read_as(window, message),
        "words": shown_words(words_of(window.content)),
        "digest": "" if window.is_cut else hashlib.sha256(window.content).hexdigest(),
        "command": command_of(window),
        **_walk_of(request, window, message),
        **_why(actor, message),
    }
    return render(request, "intake/bytes.html", context)


def _read_as(window: BytesWindow, message: Message) -> list[dict[str, str]]:
    """Say how the bytes are read: each fact, and the attribute that it comes from."""
    told = attributes_of(window.content)
    kind = next((f'{name}="{told[name]}"' for name in ("type", "msg_box") if name in told), "")
    sent = formats.written(message.sent_at, SECOND)
    facts = [
        (_("Direction"), str(DIRECTIONS[message.direction]), kind),
        (_("From") if message.direction == "inbound" else _("Address"), _numbers(told), ""),
        (_("Sent"), sent or _("No time"), _("county time") if sent else ""),
        (_("Stored as"), told.get("date", ""), ""),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in facts if value]


def _numbers(told: dict[str, str]) -> str:
    written = told.get("address") or told.get("number") or ""
    return ", ".join(formats.phone(shown_words(one)) for one in written.split("~"))


def command_of(window: BytesWindow) -> str:
    """Give the command that cuts these bytes from the file and hashes them without this program."""
    name = shlex.quote(window.file_name)
    if not window.member_name:
        return f"tail -c +{window.offset_bytes + 1} {name} | head -c {window.length_bytes} | sha256sum"
    member = shlex.quote(window.member_name)
    return f"unzip -p {name} {member} | tail -c +{window.offset_bytes + 1} | head -c {window.length_bytes} | sha256sum"


def _walk_of(request: HttpRequest, window: BytesWindow, message: Message) -> dict[str, Any]:
    actor, trail, value = actor_for(request), trail_of(request), range_text(window)
    found: dict[Step, tuple[str, str | None]] = {
        Step.BYTES: (value, request.path),
        **_file_steps(window),
        **({} if trail.at(Step.MESSAGE) else {Step.MESSAGE: _message_step(actor, message)}),
    }
    steps = steps_of(_with_message(trail, found).extend(Step.BYTES, value, request.path), here=Step.BYTES, found=found)
    up, down = updown_of(steps)
    crumbs = [(_("Phone exports"), reverse("intake:exports"))]
    if window.export_id is not None:
        crumbs.append((window.file_name, reverse("intake:export", args=[window.export_id])))
    return {"steps": steps, "up": up, "down": down, "crumbs": crumbs}


def _file_steps(window: BytesWindow) -> dict[Step, tuple[str, str | None]]:
    if window.custody is None:
        return shut_file()
    return {
        Step.FILE: (short_sha(window.sha256), reverse("intake:export", args=[window.export_id])),
        Step.CUSTODY: (custody_words(window.custody), reverse("evidence:item", args=[window.item_id])),
    }


def _with_message(trail: Trail, found: dict[Step, tuple[str, str | None]]) -> Trail:
    value, url = found.get(Step.MESSAGE, ("", None))
    return trail.extend(Step.MESSAGE, value, url) if url else trail


def _message_step(actor: Actor, message: Message) -> tuple[str, str | None]:
    """Find the response whose conversation holds the message, where one did not come from there."""
    if message.contact_point_id is None:
        return _("Without a number"), None
    rows = Response.objects.visible_to(actor).filter(
        contact_point_id=message.contact_point_id, ad__line_id=message.line_id
    )
    near = rows.filter(first_at__lte=message.sent_at).order_by("-first_at").first() if message.sent_at else None
    response = near or rows.order_by("first_at").first()
    if response is None:
        return _("Answers no ad"), None
    return response.reference, reverse("intake:response", args=[response.pk])


def _why(actor: Actor, message: Message) -> dict[str, Any]:
    text, links = why_of(actor, message)
    logged = _("Your view was logged at %(time)s.") % {"time": formats.local_time(timezone.now())}
    return {"why_text": f"{text} {logged}", "why_links": links}
