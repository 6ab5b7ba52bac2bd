"""Who has held an item, from its arrival on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.evidence.models import Item, Transfer, Verification
from hotspots.evidence.rules import Step, is_chain_whole


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """One hand-over, as a page shows it."""

    number: int
    kind: str
    given_by: str
    taken_by: str
    moved_at: datetime
    reason: str
    seal_number: str


@dataclass(frozen=True, slots=True)
class Custody:
    """An item's custody: its steps, whether they leave no gap, and the last time its bytes were hashed again."""

    steps: tuple[CustodyStep, ...]
    is_whole: bool
    verified_at: datetime | None = None
    is_verified_whole: bool | None = None


def custody_of(actor: Actor, item: Item) -> Custody:
    """Give the custody of an item that the actor may see.

    Raises NotFound for an item out of sight.
    """
    if not Item.objects.visible_to(actor).filter(pk=item.pk).exists():
        raise errors.NotFound("evidence.item", "There is no such item.")
    rows = list(
        Transfer.objects.filter(item_id=item.pk)
        .select_related("from_user__organization", "to_user__organization")
        .order_by("number")
    )
    chain = [Step(row.number, row.from_user_id, row.to_user_id, row.moved_at) for row in rows]
    is_held = bool(rows) and rows[-1].to_user_id == item.custodian_id
    last = Verification.objects.filter(item_id=item.pk).order_by("-verified_at", "-pk").first()
    return Custody(
        steps=tuple(_step_of(row) for row in rows),
        is_whole=is_held and is_chain_whole(chain),
        verified_at=last.verified_at if last else None,
        is_verified_whole=last.is_whole if last else None,
    )


def _step_of(row: Transfer) -> CustodyStep:
    return CustodyStep(
        number=row.number,
        kind=row.transfer_kind,
        given_by=row.from_user.full_title if row.from_user else row.from_words,
        taken_by=row.to_user.full_title,
        moved_at=row.moved_at,
        reason=row.reason,
        seal_number=row.seal_number,
    )
