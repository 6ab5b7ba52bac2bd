"""Custody passes from hand to hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import User
from hotspots.access.rules import Role, Scope
from hotspots.evidence.actions.items import check_custodian
from hotspots.evidence.models import Item, Transfer
from hotspots.evidence.rules import TransferKind


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """When and why an item changed hands, and the seal it is under now."""

    moved_at: datetime
    reason: str
    seal_number: str = ""

    LOGGED: ClassVar = ("moved_at",)


@action("evidence.transfer_custody", roles=[Role.CUSTODIAN], changes=["item"])
def transfer_custody(*, by: Actor, item: Item, to: User, facts: TransferFacts, clock: Clock = system_clock) -> Transfer:
    """Hand an item to another custodian; the one who holds it does so, or a custodian of its owner."""
    # Whoever holds an item of another agency has no grant there: so the authority is asked here, not by `subject=`.
    is_owners = by.covers([Role.CUSTODIAN], {(Scope.ORGANIZATION, item.owner_id)})
    if by.user_id != item.custodian_id and not is_owners:
        raise errors.NotAllowed("evidence.custody", _("Only its custodian, or one of its owner's, hands an item on."))
    if not facts.reason.strip():
        raise errors.RuleBroken("transfer.reason", _("Say why the item changes hands."), field="reason")
    if to.pk == item.custodian_id:
        raise errors.RuleBroken("transfer.same", _("This person holds the item already."), field="to")
    check_custodian(to)
    last = Transfer.objects.filter(item=item).order_by("-number").first()
    if last is not None and facts.moved_at < last.moved_at:
        raise errors.RuleBroken("transfer.order", _("It cannot change hands before it last did."), field="moved_at")
    if facts.moved_at > clock():
        raise errors.RuleBroken("transfer.future", _("It cannot change hands in the future."), field="moved_at")
    holder = item.custodian
    transfer = Transfer.objects.create(
        item=item,
        number=item.transfers_count + 1,
        transfer_kind=TransferKind.TRANSFERRED,
        from_user=holder,
        to_user=to,
        moved_at=facts.moved_at,
        reason=facts.reason.strip(),
        seal_number=facts.seal_number.strip(),
        recorded_by_id=by.user_id,
    )
    item.custodian, item.transfers_count = to, transfer.number
    item.save(update_fields=["custodian", "transfers_count"])
    note_change(
        item,
        item.owner.history_key_id,
        custodian=(holder.full_title, to.full_title),
        reason=(None, facts.reason.strip()),
    )
    return transfer
