"""Responses found by a full number, by its last four digits, or by their reference."""

from __future__ import annotations

import re
import uuid

from django.db.models import Q, QuerySet

from hotspots.access.actor import Actor
from hotspots.intake.models import Response
from hotspots.intake.queries.answers import contact_digest, last_four_digest
from hotspots.intake.rules import normalize_address

LAST_FOUR = re.compile(r"[0-9]{4}")
REFERENCE = re.compile(r"(?:R-?)?([0-9A-HJKMNP-TV-Z]{6})")


def find_contact_points(actor: Actor, text: str, *, most: int) -> list[uuid.UUID]:
    """Give the ids of the contact points, so many at most, of the responses that a text names and the actor sees."""
    rows = find_responses(actor, text).order_by("contact_point_id")
    return list(rows.values_list("contact_point_id", flat=True).distinct()[:most])


def find_reference(actor: Actor, text: str) -> str:
    """Give the reference that a text is, in full, of a response that the actor sees; else nothing."""
    named = REFERENCE.fullmatch(text.strip().upper().replace(" ", ""))
    reference = f"R-{named[1]}" if named else ""
    is_seen = bool(named) and Response.objects.visible_to(actor).filter(reference=reference).exists()
    return reference if is_seen else ""


def find_responses(actor: Actor, text: str) -> QuerySet[Response]:
    """Give the responses that the actor sees and that a text names; what is encrypted is found by keyed digests."""
    wanted = text.strip()
    rows = Response.objects.visible_to(actor)
    if not wanted:
        return rows
    if LAST_FOUR.fullmatch(wanted):
        return rows.filter(contact_point__last_four_digest=last_four_digest(wanted))
    chosen = Q(pk__in=[])
    if named := REFERENCE.fullmatch(wanted.upper().replace(" ", "")):
        chosen |= Q(reference=f"R-{named[1]}")
    address = normalize_address(wanted)
    if address.is_contact_point:
        chosen |= Q(contact_point__index_digest=contact_digest(address.key))
    return rows.filter(chosen)
