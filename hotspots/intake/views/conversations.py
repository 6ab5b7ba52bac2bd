"""A conversation as the pages draw it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots.access.actor import Actor
from hotspots.intake.actions.opening import may_open_bytes
from hotspots.intake.models import Response
from hotspots.intake.queries import Conversation, MarkShown, Said
from hotspots.intake.rules.states import MarkSubject
from hotspots.intake.views.pages import bytes_url, range_text
from hotspots.intake.views.words import FLAGS, PHONE_STATES, SUBJECTS, shown_words
from hotspots.web.walk import Trail
from look import formats

DAY = "l, F j, Y"
SECONDS = "H:i:s"
SHOWN_MESSAGES = 300


def messages_of(
    conversation: Conversation, response: Response, number: str, *, by: Actor, trail: Trail
) -> list[dict[str, Any]]:
    """Write each message of a conversation: who, when, what, and its place in the file."""
    is_open = may_open_bytes(by, response.ad.line)
    place_of = partial(_place_of, is_open=is_open, trail=trail)
    return [{**_message_of(said, response, number), **place_of(said)} for said in conversation.said]


def counted_text(conversation: Conversation) -> str:
    """Say how many messages the page shows and how many of them the lists count: "7 messages, 5 in the ad's time"."""
    said, counted = conversation.said, conversation.in_time_count
    beside = sum(one.is_in_time and not one.is_with_sender for one in said)
    parts = [ngettext("%(n)s message", "%(n)s messages", len(said)) % {"n": f"{len(said):,}"}]
    if counted == len(said):
        parts.append(_("all in the ad's time"))
        return ", ".join(parts)
    parts.append(_("%(n)s in the ad's time") % {"n": f"{counted:,}"})
    if beside:
        told = ngettext("%(n)s of a group that they are in", "%(n)s of groups that they are in", beside)
        parts.append(told % {"n": f"{beside:,}"})
    return ", ".join(parts)


def part_of(conversation: Conversation, asked: str) -> tuple[Conversation, dict[str, Any]]:
    """Give one part of a long conversation, and which it is; a short one is whole."""
    count = len(conversation.said)
    parts = max(1, -(-count // SHOWN_MESSAGES))
    number = min(max(1, int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1), parts)
    first = (number - 1) * SHOWN_MESSAGES
    shown = conversation.said[first : first + SHOWN_MESSAGES]
    numbers = {"first": f"{first + 1:,}", "last": f"{first + len(shown):,}", "count": f"{count:,}"}
    text = _("Messages %(first)s to %(last)s of %(count)s") % numbers if parts > 1 else ""
    steps = {"text": text, "before": number - 1, "after": number + 1 if number < parts else 0}
    return replace(conversation, said=shown), steps


def _message_of(said: Said, response: Response, number: str) -> dict[str, Any]:
    return {
        "id": said.message_id,
        "day": formats.written(said.sent_at, DAY) or _("Without a time"),
        "time": said.sent_at,
        "time_text": formats.written(said.sent_at, SECONDS),
        "who": number if said.is_inbound else str(response.ad.line),
        "note": _note_of(said, is_first=said.message_id == response.first_message_id),
        "words": _words_of(said),
        "is_counted": said.is_counted,
        "is_ours": not said.is_inbound,
        "flags": _flags_of(said, response),
    }


def _place_of(said: Said, *, is_open: bool, trail: Trail) -> dict[str, str]:
    if not said.places:
        return {"place_text": "", "place_url": ""}
    place = said.places[0]
    url = bytes_url(place.id) if is_open and place.is_readable else ""
    return {"place_text": range_text(place), "place_url": trail.keep(url) if trail and url else url}


def _note_of(said: Said, *, is_first: bool) -> str:
    notes = [] if said.is_inbound else [_("message operator")]
    if is_first:
        notes.append(_("first contact"))
    if said.phone_state in PHONE_STATES:
        notes.append(str(PHONE_STATES[said.phone_state]))
    if said.members_count:
        notes.append(
            ngettext("to %(n)s other as well", "to %(n)s others as well", said.members_count)
            % {"n": said.members_count}
        )
    if not said.is_in_time:
        notes.append(_("outside the ad's time"))
    return ", ".join(notes)


def _words_of(said: Said) -> str:
    if said.message_kind == "call":
        seconds = said.duration_seconds or 0
        return ngettext("Call, %(n)s second", "Call, %(n)s seconds", seconds) % {"n": seconds}
    if said.words is None:
        return _("Deleted: its key is gone.")
    return shown_words(said.words) or _("No words")


def _flags_of(said: Said, response: Response) -> list[dict[str, str]]:
    flags = [{"text": str(FLAGS[MarkSubject(mark.subject)]), "icon": "flag"} for mark in said.marks]
    if said.is_counted and not response.is_dismissed:
        flags.insert(
            0, {"text": _("Counted as response %(reference)s") % {"reference": response.reference}, "icon": "check"}
        )
    flags += [
        {"text": _("Attachment, not shown: %(what)s") % {"what": shown_words(what)}, "icon": "attach_file"}
        for what in said.attachments
    ]
    return flags


def who_raised(conversation: Conversation) -> list[dict[str, Any]]:
    """Say for each subject who raised it first, as marked."""
    found: dict[str, tuple[Said, MarkShown]] = {
        mark.subject: (said, mark) for said in conversation.said for mark in said.marks
    }
    return [_raised(subject, label, found.get(subject)) for subject, label in SUBJECTS.items()]


def _raised(subject: MarkSubject, label: Any, hit: tuple[Said, MarkShown] | None) -> dict[str, Any]:
    if hit is None:
        return {"subject": subject, "label": label, "text": _("Nobody"), "mark_id": None, "by": ""}
    said, mark = hit
    who = _("The sender") if said.is_inbound else _("The message operator")
    text = f"{who}, {formats.local_time(said.sent_at)}" if said.sent_at else who
    return {"subject": subject, "label": label, "text": text, "mark_id": mark.id, "by": mark.marked_by}


def first_place(conversation: Conversation, message_id: uuid.UUID) -> Any:
    """Give the first place of a message, or None."""
    return next((said.places[0] for said in conversation.said if said.message_id == message_id and said.places), None)
