"""Responses follow from ads and messages: derived again whenever one of them changes, in whatever order they come.

A response is a pair of ad and contact point. What people decided (dismissed, marked, referred) is kept; what is
computed (first message, its time, how many messages) is written anew. A pair that has no answer left, since the ad's
times were corrected or its number became a line of the task force, is kept as "outside" and never counted.

A group message with someone who is referred, sealed or protected is in no count of the others in it: nobody who sees
their response sees that message.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from hotspots.intake.actions.bulk import EPOCH, RESPONSES, forms_now
from hotspots.intake.models import Line, Message, Participant, Reading, Response
from hotspots.intake.queries.answers import (
    answers_in,
    beside_hidden,
    contact_digest,
    in_span,
    shown_on_line,
    spans_of_line,
)
from hotspots.intake.rules import reference_of
from hotspots.intake.rules.states import AnswerSpan

ROWS_AT_ONCE = 500
MILLISECOND = timedelta(milliseconds=1)  # the finest that a phone writes


@dataclass(frozen=True, slots=True)
class Answer:
    """The first answer of a contact point to an ad, and how many messages of both sides lie in the ad's time."""

    message_id: uuid.UUID
    sent_at: datetime
    messages_count: int


def derive_responses(line_id: uuid.UUID, *, found_in: Reading | None = None) -> int:
    """Derive the responses to every ad of a line, and give how many are new; inside a verb."""
    Line.objects.select_for_update(no_key=True).get(pk=line_id)
    return sum(_derive_of_ad(line_id, span, found_in) for span in spans_of_line(line_id))


def derive_where_number_is(key: str) -> None:
    """Derive the responses again wherever a number has answered, since it turns out to be a line of the task force."""
    lines = Response.objects.filter(contact_point__index_digest=contact_digest(key)).order_by()
    for line_id in lines.values_list("ad__line_id", flat=True).distinct():
        derive_responses(line_id)


def derive_around(contact_id: uuid.UUID) -> None:
    """Derive the responses again on every line that a contact point wrote to or shared a group on."""
    groups = Participant.objects.filter(contact_point_id=contact_id).values("message_id")
    paths = (Q(contact_point_id=contact_id), Q(pk__in=groups))
    lines = {line_id for path in paths for line_id in _lines_of(path)}
    for line_id in sorted(lines):
        derive_responses(line_id)


def _lines_of(path: Q) -> QuerySet[Message, uuid.UUID]:
    return Message.objects.filter(path).order_by().values_list("line_id", flat=True).distinct()


def _derive_of_ad(line_id: uuid.UUID, span: AnswerSpan, found_in: Reading | None) -> int:
    counts = _counts_of(line_id, span)
    found = _answers_of(line_id, span, counts)
    known = {row.contact_point_id: row for row in Response.objects.filter(ad_id=span.ad_id)}
    changed = [
        row
        for row in known.values()
        if _refresh(row, found.get(row.contact_point_id), counts.get(row.contact_point_id, 0))
    ]
    Response.objects.bulk_update(
        changed, ["first_message", "first_at", "messages_count", "is_outside"], batch_size=ROWS_AT_ONCE // 5
    )
    new = {contact_id: answer for contact_id, answer in found.items() if contact_id not in known}
    _insert_responses(span.ad_id, new, found_in)
    return len(new)


def _counts_of(line_id: uuid.UUID, span: AnswerSpan) -> dict[uuid.UUID, int]:
    rows = shown_on_line(line_id).filter(in_span(span), contact_point__isnull=False).exclude(beside_hidden())
    return dict(rows.order_by().values_list("contact_point_id").annotate(total=Count("pk")))


def _answers_of(line_id: uuid.UUID, span: AnswerSpan, counts: dict[uuid.UUID, int]) -> dict[uuid.UUID, Answer]:
    # The digest of the event decides between two at one instant: it is the same in whatever order exports arrive.
    order = Window(RowNumber(), partition_by=F("contact_point_id"), order_by=["sent_at", "event_digest"])
    firsts = answers_in(line_id, span).exclude(beside_hidden()).annotate(place=order).filter(place=1)
    rows = firsts.values_list("contact_point_id", "pk", "sent_at")
    return {
        contact_id: Answer(message_id, sent_at, counts[contact_id])
        for contact_id, message_id, sent_at in rows
        if sent_at is not None
    }


def _refresh(row: Response, answer: Answer | None, messages_count: int) -> bool:
    before = (row.first_message_id, row.first_at, row.messages_count, row.is_outside)
    row.is_outside = answer is None
    if answer is not None:
        row.first_message_id, row.first_at = answer.message_id, answer.sent_at
    row.messages_count = messages_count
    return before != (row.first_message_id, row.first_at, row.messages_count, row.is_outside)


def _insert_responses(ad_id: uuid.UUID, new: dict[uuid.UUID, Answer], found_in: Reading | None) -> None:
    forms = forms_now()
    ad, reading = forms.id_of(ad_id.bytes), forms.id_of(found_in.pk.bytes) if found_in else None
    rows = []
    for contact_id, answer in new.items():
        pk = uuid.uuid4()  # at random: between numbers in a row, a gap would show somebody who was referred
        rows.append(
            (
                forms.id_of(pk.bytes),
                ad,
                forms.id_of(contact_id.bytes),
                forms.id_of(answer.message_id.bytes),
                forms.time_of((answer.sent_at - EPOCH) // MILLISECOND),
                answer.messages_count,
                forms.flag_of(False),
                reading,
                reference_of("R", pk),
                "",
            )
        )
    RESPONSES.insert(rows)
