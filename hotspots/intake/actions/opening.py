"""Protected reads: each is a verb with a purpose, and writes one entry with all its references."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.frame import note_fact
from hotspots.access.rules import Role
from hotspots.intake.models import ContactPoint, Export, Line, Message, Referral, Response, SourcePlace
from hotspots.intake.queries.hidden import has_hidden_records
from hotspots.intake.rules.states import Purpose

READERS = (Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN, Role.OPERATION_LEAD)
BYTE_READERS = (Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN)
DOWNLOADERS = (Role.PROSECUTOR, Role.CUSTODIAN)


def may_open_bytes(actor: Actor, line: Line) -> bool:
    """Answer whether the actor may open the bytes of a line's messages: what `open_bytes` asks of a message."""
    return actor.covers(BYTE_READERS, line.scopes())


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """Why a protected record is opened."""

    purpose: Purpose

    LOGGED: ClassVar = ("purpose",)


@dataclass(frozen=True, slots=True)
class BytesFacts:
    """Which copy of a message is opened in its file, and why."""

    place_id: uuid.UUID
    purpose: Purpose

    LOGGED: ClassVar = ("place_id", "purpose")


@action("intake.open_response", roles=READERS)
def open_response(*, by: Actor, response: Response, facts: OpeningFacts) -> None:
    """Open a response: its conversation and its number are shown to the reader after this."""
    del response, facts


@action("intake.show_contacts", roles=READERS)
def show_contacts(*, by: Actor, contact_points: list[ContactPoint], facts: OpeningFacts) -> None:
    """Show the numbers of a page of contact points: one entry, with the references of all."""
    note_fact(contact_points_count=len(contact_points))
    del facts


@action("intake.open_referral", roles=[Role.ADVOCATE_LIAISON])
def open_referral(*, by: Actor, referral: Referral, facts: OpeningFacts) -> None:
    """Open a referral that no advocate has taken over yet."""
    if referral.taken_over_at is not None:
        raise errors.NotFound("intake.referral", _("There is no such referral."))
    del facts


@action("intake.open_bytes", roles=BYTE_READERS, subject="message")
def open_bytes(*, by: Actor, message: Message, facts: BytesFacts) -> None:
    """Open the bytes of one record where it stands in its file, and no others."""
    if not SourcePlace.objects.filter(pk=facts.place_id, message=message).exists():
        raise errors.NotFound("intake.place", _("There is no such place."))


@action("intake.download_export", roles=DOWNLOADERS, subject="export")
def download_export(*, by: Actor, export: Export, facts: OpeningFacts) -> Export:
    """Let the whole file of an export leave the program; refused while a record in it is, or may be, restricted."""
    if has_hidden_records(export):
        raise errors.RuleBroken(
            "export.restricted",
            _("The file holds, or may hold, a record that is restricted, so it does not leave as a whole."),
        )
    note_fact(sha256=export.reading.sha256, purpose=str(facts.purpose))
    return export
