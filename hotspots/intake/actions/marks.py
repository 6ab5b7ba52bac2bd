"""Who first raised sex, price, act or age: marked on a message, one for each response and subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.intake.actions.responses import REVIEWERS
from hotspots.intake.models import Mark, Message, Response
from hotspots.intake.queries.conversations import said_with
from hotspots.intake.rules.states import MarkSubject


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """What the message was the first to raise."""

    subject: MarkSubject

    LOGGED: ClassVar = ("subject",)


@action("intake.mark_message", roles=REVIEWERS, subject="response", changes=["response"])
def mark_message(
    *, by: Actor, response: Response, message: Message, facts: MarkFacts, clock: Clock = system_clock
) -> Mark:
    """Mark a message as the first of its conversation to raise a subject."""
    if not said_with(response).filter(pk=message.pk).exists():
        raise errors.RuleBroken("mark.message", _("The message is of another conversation."), field="message")
    if Mark.objects.filter(response=response, subject=facts.subject).exists():
        raise errors.RuleBroken(
            "mark.once", _("A message of this conversation has this mark. Remove that mark first."), field="subject"
        )
    mark = Mark.objects.create(
        response=response, message=message, subject=facts.subject, marked_by_id=by.user_id, marked_at=clock()
    )
    note_change(response, response.contact_point.key_id, **{f"first_{facts.subject.value}": (None, str(message.pk))})
    return mark


@action("intake.unmark_message", roles=REVIEWERS, subject="mark", changes=["mark"])
def unmark_message(*, by: Actor, mark: Mark) -> None:
    """Remove a mark that was set by mistake; the history keeps both."""
    response = mark.response
    words = {f"first_{mark.subject}": (str(mark.message_id), None)}
    note_change(response, response.contact_point.key_id, **words)
    mark.delete()
