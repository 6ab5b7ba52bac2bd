"""What came in on a line in the time of its ads."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from hotspots.access.models import Restriction
from hotspots.access.rules import HIDING_KINDS
from hotspots.intake.models import Ad, ContactPoint, Line, Message, Participant
from hotspots.intake.rules.states import AdTime, AnswerSpan, ReadingState, answer_spans
from hotspots.keys.actions import index_digest

CONTACT_PURPOSE = "intake.contact"
LAST_FOUR_PURPOSE = "intake.contact.last_four"
AD_TIME = ("pk", "placed_at", "withdrawn_at")


def spans_of_line(line_id: uuid.UUID) -> list[AnswerSpan]:
    """Give the time of each ad of a line, so that one message answers one ad at the most."""
    rows = Ad.objects.filter(line_id=line_id).values_list(*AD_TIME)
    return answer_spans(AdTime(*row) for row in rows)


def in_span(span: AnswerSpan) -> Q:
    """Say which messages were sent in a span."""
    within = Q(sent_at__gte=span.begins_at)
    if span.last_at is not None:
        within &= Q(sent_at__lte=span.last_at)
    if span.before_at is not None:
        within &= Q(sent_at__lt=span.before_at)
    return within


def shown_on_line(line_id: uuid.UUID) -> QuerySet[Message]:
    """Give the messages of a line whose reading is finished."""
    return Message.objects.filter(line_id=line_id, reading__state=ReadingState.FINISHED)


def answers_in(line_id: uuid.UUID, span: AnswerSpan) -> QuerySet[Message]:
    """Give what can answer an ad: inbound, from a contact point, no reaction, and not from a line of the task force."""
    rows = shown_on_line(line_id).filter(in_span(span), direction="inbound", is_reaction=False)
    return rows.filter(contact_point__isnull=False).exclude(contact_point_id__in=own_contact_points())


def beside_hidden() -> Q:
    """Say which messages of someone who is not hidden went to a group with someone who is."""
    hidden = hidden_contact_points()
    groups = Participant.objects.filter(contact_point_id__in=hidden).values("message_id")
    return Q(pk__in=groups) & ~Q(contact_point_id__in=hidden)


def own_contact_points() -> list[uuid.UUID]:
    """Give the contact points that are lines of the task force: a test from one phone to another answers no ad."""
    digests = [contact_digest(address) for address in Line.objects.values_list("address", flat=True)]
    return list(ContactPoint.objects.filter(index_digest__in=digests).values_list("pk", flat=True))


def contact_digest(key: str) -> bytes:
    """Give the keyed digest under which a contact point is found."""
    return index_digest(CONTACT_PURPOSE, key)


def last_four_digest(digits: str) -> bytes:
    """Give the keyed digest under which contact points are found by their last four digits."""
    return index_digest(LAST_FOUR_PURPOSE, digits)


def withheld_contacts(ads: Iterable[Ad]) -> QuerySet[Message]:
    """Give the inbound calls and texts without a number in the time of the ads: counted apart, never responses."""
    wanted = {ad.pk for ad in ads}
    lines = Ad.objects.filter(pk__in=wanted).order_by().values("line_id")
    times: dict[uuid.UUID, list[AdTime]] = defaultdict(list)
    for line_id, *time in Ad.objects.filter(line_id__in=lines).values_list("line_id", *AD_TIME):
        times[line_id].append(AdTime(*time))
    chosen = Q(pk__in=[])
    for line_id, ads_of_line in times.items():
        for span in answer_spans(ads_of_line):
            if span.ad_id in wanted:
                chosen |= Q(line_id=line_id) & in_span(span)
    rows = Message.objects.filter(chosen, reading__state=ReadingState.FINISHED)
    return rows.filter(direction="inbound", is_withheld=True)


def hidden_contact_points() -> QuerySet[Any]:
    """Give the ids of what is referred, sealed or protected, for a count that is the same whoever looks."""
    return Restriction.objects.live().filter(restriction_kind__in=HIDING_KINDS).values("record_id")
