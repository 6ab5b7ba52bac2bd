"""How the closed sets of intake read on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hotspots.intake.models import Response
from hotspots.intake.readers import AnomalyKind
from hotspots.intake.rules.states import (
    DismissalReason,
    LineKind,
    MarkSubject,
    Purpose,
    ReadingState,
    ReferralGround,
    ResponseState,
)

REASONS = {
    DismissalReason.WRONG_NUMBER: _("Wrong number"),
    DismissalReason.SPAM: _("Spam"),
    DismissalReason.ADVERTISER: _("Advertiser or site"),
    DismissalReason.OFFICER: _("Officer or test"),
    DismissalReason.NO_WORDS: _("No words at all"),
}
GROUNDS = {
    ReferralGround.MAY_BE_MINOR: _("May be under 18"),
    ReferralGround.IN_NEED_OF_HELP: _("May be a victim, or in need of help"),
}
STATES = {
    ResponseState.COUNTED: _("Counted"),
    ResponseState.DISMISSED: _("Dismissed"),
    ResponseState.OUTSIDE: _("Outside the ad's time"),
}
SUBJECTS = {
    MarkSubject.SEX: _("Sex"),
    MarkSubject.PRICE: _("Price"),
    MarkSubject.ACT: _("Act"),
    MarkSubject.AGE: _("Age"),
}
FLAGS = {
    MarkSubject.SEX: _("First to raise sex"),
    MarkSubject.PRICE: _("First to raise price"),
    MarkSubject.ACT: _("First to raise an act"),
    MarkSubject.AGE: _("First to raise age"),
}
LINE_KINDS = {LineKind.PHONE: _("Phone"), LineKind.ACCOUNT: _("Account")}
READING_STATES = {
    ReadingState.WAITING: _("Being read"),
    ReadingState.FINISHED: _("Read"),
    ReadingState.REFUSED: _("Not read"),
    ReadingState.CANCELED: _("Canceled"),
    ReadingState.FAILED: _("Failed"),
}
PURPOSES = {
    Purpose.REVIEW: _("Case review"),
    Purpose.IDENTIFY: _("To identify the sender"),
    Purpose.CITATION: _("For a citation"),
    Purpose.CHARGING: _("For a charging decision"),
    Purpose.COURT: _("For court or discovery"),
    Purpose.REFERRAL: _("For a referral to advocates"),
    Purpose.AUDIT: _("For an audit"),
}
# What the phone's application said of a message besides its direction.
PHONE_STATES = {
    "draft": _("a draft, never sent"),
    "failed": _("failed to send"),
    "queued": _("waiting to be sent"),
    "outbox": _("waiting to be sent"),
    "missed": _("missed"),
    "rejected": _("declined"),
    "voicemail": _("a voicemail"),
    "blocked": _("blocked"),
    "delivered": _("a report that a message was delivered"),
    "read": _("a report that a message was read"),
}
# What the reader does about each thing that is odd in a file; the bytes are never changed.
WHAT_WE_DID = {
    AnomalyKind.SURROGATE_REFERENCE: _("Read as the character that they stand for."),
    AnomalyKind.CONTROL_CHARACTER: _("Read on, with the rest of the message kept."),
    AnomalyKind.RAW_NEWLINE: _(
        "Read as a space, as XML does: the break is lost in the reading. The bytes are untouched."
    ),
    AnomalyKind.BAD_DATE: _("Kept without a time. It is in no count that needs one."),
    AnomalyKind.IMPLAUSIBLE_DATE: _("Kept with the time that the phone wrote."),
    AnomalyKind.EMPTY_RECORD: _("Kept as it is."),
    AnomalyKind.UNKNOWN_TYPE: _("Kept, and taken neither for received nor for sent."),
    AnomalyKind.UNKNOWN_ELEMENT: _("Passed over."),
    AnomalyKind.NO_SENDER: _("Kept, counted for no contact point."),
    AnomalyKind.BROKEN_ATTACHMENT: _("Kept the text. Nothing was rendered."),
    AnomalyKind.MISSING_ATTACHMENT: _("Kept the text. Nothing was rendered."),
    AnomalyKind.WRONG_COUNT: _("Kept what is in the file. The phone's application is known to count deleted messages."),
    AnomalyKind.TRUNCATED: _("Kept every whole record before the break. Ask for a whole copy."),
    AnomalyKind.BROKEN_XML: _("Kept every whole record before this place."),
    AnomalyKind.WRONG_ENCODING: _("Kept every whole record before this place."),
    AnomalyKind.TRAILING_CONTENT: _("Read up to the end of the backup. The rest is kept in the file, not read."),
    AnomalyKind.MEMBER_REFUSED: _("The other files in it are read."),
    AnomalyKind.MEMBER_SKIPPED: _("The other files in it are read."),
    AnomalyKind.MEMBER_BROKEN: _("Kept what could be unpacked."),
    AnomalyKind.NESTED_ZIP: _("Not opened."),
}
KIND_HEADINGS = {
    AnomalyKind.SURROGATE_REFERENCE: _("Emoji written as two halves."),
    AnomalyKind.CONTROL_CHARACTER: _("Control characters in a text."),
    AnomalyKind.RAW_NEWLINE: _("Line breaks inside a text."),
    AnomalyKind.BAD_DATE: _("Messages without a time that can be read."),
    AnomalyKind.IMPLAUSIBLE_DATE: _("Messages with a time that cannot be."),
    AnomalyKind.EMPTY_RECORD: _("Records with nothing in them."),
    AnomalyKind.UNKNOWN_TYPE: _("Messages of a type that is not known."),
    AnomalyKind.UNKNOWN_ELEMENT: _("Parts that are not known."),
    AnomalyKind.NO_SENDER: _("Messages that name no sender."),
    AnomalyKind.BROKEN_ATTACHMENT: _("Attachments that cannot be decoded."),
    AnomalyKind.MISSING_ATTACHMENT: _("Picture messages with no picture."),
}

# Characters without a picture of their own that a message needs: joiners of scripts and of emoji.
JOINERS = frozenset("\u200c\u200d")
PLAIN_CONTROLS = frozenset("\n\t")


def state_text(row: Response) -> str:
    """Write the state of a response, a dismissal with its reason."""
    if row.is_dismissed:
        return f"{STATES[ResponseState.DISMISSED]}: {str(REASONS[DismissalReason(row.dismissal_reason)]).lower()}"
    return str(STATES[row.state])


def state_look(row: Response) -> dict[str, Any]:
    """Give kind, word and icon of a response's state, for the tag `status`."""
    looks = {
        ResponseState.COUNTED: ("ok", "check_circle"),
        ResponseState.DISMISSED: ("waiting", "do_not_disturb"),
        ResponseState.OUTSIDE: ("waiting", "event"),
    }
    kind, icon = looks[row.state]
    return {"kind": kind, "word": state_text(row), "icon": icon}


def shown_words(words: str) -> str:
    """Write a sender's words so that nothing in them hides or turns around: such a character is named in brackets.

    Source: Unicode TR 36 (bidirectional overrides and invisible characters).
    """
    return "".join(character if _is_plain(character) else f"[U+{ord(character):04X}]" for character in words)


def _is_plain(character: str) -> bool:
    if character in JOINERS or character in PLAIN_CONTROLS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp", "Cs", "Cn", "Co"}


def unit_of(one: str, many: str) -> Callable[[int | None], str]:
    """Give the function that writes the unit after a number: "1 message", "2 messages"."""
    return lambda count: ngettext(one, many, count or 0)


MESSAGES = unit_of("message", "messages")
RECORDS = unit_of("record", "records")
RESPONSES = unit_of("response", "responses")
ADS = unit_of("ad", "ads")
EXPORTS = unit_of("export", "exports")
