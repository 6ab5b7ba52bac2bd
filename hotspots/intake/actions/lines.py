"""Department lines."""

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
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.intake.actions.deriving import derive_where_number_is
from hotspots.intake.models import Line
from hotspots.intake.rules import AddressKind, normalize_address
from hotspots.intake.rules.states import LineKind

KEEPERS = (Role.CUSTODIAN, Role.OPERATION_LEAD, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a line is called, and its number as someone wrote it."""

    label: str
    address: str
    opened_at: datetime
    line_kind: LineKind = LineKind.PHONE

    LOGGED: ClassVar = ("line_kind", "opened_at")


@action("intake.open_line", roles=KEEPERS, subject="owner")
def open_line(*, by: Actor, owner: Organization, facts: LineFacts, clock: Clock = system_clock) -> Line:
    """Open a department line, under its number in international form."""
    if not facts.label.strip():
        raise errors.BadInput("line.label", _("Say what the line is called."), locator="field label")
    if facts.opened_at > clock():
        raise errors.RuleBroken("line.opened", _("A line cannot be opened in the future."), field="opened_at")
    address = address_of(facts)
    known = Line.objects.filter(address=address).first()
    if known is not None:
        is_seen = Line.objects.visible_to(by).filter(pk=known.pk).exists()
        sentence = _("{line} has this number.") if is_seen else _("This number cannot be opened here.")
        raise errors.RuleBroken("line.known", sentence.format(line=known), field="address")
    line = Line.objects.create(
        owner=owner,
        label=facts.label.strip(),
        line_kind=facts.line_kind,
        address=address,
        opened_at=facts.opened_at,
        opened_by_id=by.user_id,
    )
    note_change(line, owner.history_key_id, label=(None, line.label), number=(None, address))
    derive_where_number_is(address)
    return line


def address_of(facts: LineFacts) -> str:
    """Give the key of a line's address: E.164 for a phone.

    Raises BadInput for a phone whose number could not be dialed.
    """
    address = normalize_address(facts.address)
    if facts.line_kind is LineKind.PHONE and address.kind is not AddressKind.PHONE:
        raise errors.BadInput("line.number", _("This is no telephone number."), locator="field address")
    if facts.line_kind is LineKind.ACCOUNT and not facts.address.strip():
        raise errors.BadInput("line.address", _("Say which account it is."), locator="field address")
    return address.key if facts.line_kind is LineKind.PHONE else facts.address.strip().lower()
