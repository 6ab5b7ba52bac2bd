"""Who is referred: asked by the verbs alone, never shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from hotspots.access.models import Restriction
from hotspots.access.rules import RestrictionKind
from hotspots.intake.models import ContactPoint

CONTACT_POINT = ContactPoint._meta.label


def referred_among(contact_point_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Give those among contact points that are referred."""
    live = Restriction.objects.live().filter(restriction_kind=RestrictionKind.REFERRED, record_kind=CONTACT_POINT)
    wanted = set(contact_point_ids)
    if len(wanted) == 1:
        live = live.filter(record_id__in=wanted)
    return wanted & set(live.values_list("record_id", flat=True))
