"""The bytes of an item are hashed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.rules import Role
from hotspots.evidence.models import Item, Verification
from hotspots.store.actions import verify_blob
from hotspots.store.models import Blob

VERIFIERS = (Role.CUSTODIAN, Role.PROSECUTOR, Role.COORDINATOR, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class VerifyFacts:
    """What hashing the bytes again gave."""

    is_whole: bool

    LOGGED: ClassVar = ("is_whole",)


@action("evidence.verify_item", roles=VERIFIERS, subject="item")
def verify_item(*, by: Actor, item: Item, facts: VerifyFacts, clock: Clock = system_clock) -> Verification:
    """Record that an item's bytes were hashed again, and whether they are still those that were received."""
    if item.blob_id is None:
        raise errors.RuleBroken("item.physical", _("A physical item has no bytes."))
    return Verification.objects.create(
        item=item, is_whole=facts.is_whole, verified_by_id=by.user_id, verified_at=clock()
    )


def hash_item(*, by: Actor, item: Item, clock: Clock = system_clock) -> Verification:
    """Hash an item's bytes again, outside any transaction, and record the result."""
    row = Item.objects.visible_to(by).select_related("blob").filter(pk=item.pk).first()
    if row is None or not by.holds_any(*VERIFIERS):
        raise errors.NotFound("evidence.item", _("There is no such item."))
    is_whole = row.blob is not None and _is_whole(row.blob)
    return verify_item(by=by, item=row, facts=VerifyFacts(is_whole), clock=clock)


def _is_whole(blob: Blob) -> bool:
    try:
        return verify_blob(blob)
    except errors.Unavailable:
        return False
