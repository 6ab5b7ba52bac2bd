"""Builders for results: a small campaign with an ad, and its responses."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hotspots.access.models import Organization, Restriction, User
from hotspots.access.rules import OrganizationKind, RestrictionKind
from hotspots.intake.models import Ad, ContactPoint, Line, Message, Reading, Response, SourcePlace
from hotspots.intake.rules import place_id, reference_of
from hotspots.intake.rules.states import ReadingState
from hotspots.operations.models import Campaign, Operation, Partner
from tests import build

_numbers = itertools.count(1)


def local(month: int, day: int, hour: int = 20, minute: int = 0) -> datetime:
    """Give a moment of 2021 by the county's summer clock, seven hours behind UTC."""
    return datetime(2021, month, day, hour, minute, tzinfo=UTC) + timedelta(hours=7)


@dataclass
class World:
    """A campaign of October 2021 with one operation and one ad."""

    campaign: Campaign
    operation: Operation
    agency: Organization
    partner: Organization
    officer: User
    line: Line
    ad: Ad
    reading: Reading
    made: dict[str, Any] = field(default_factory=dict)


def world() -> World:
    """Make the campaign that a test of results begins with."""
    build.county()
    prosecutor = build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)
    agency, partner = build.organization(), build.organization("Alder County Sheriff", OrganizationKind.SHERIFF)
    officer = build.user("officer.of.world", of=agency)
    campaign = Campaign.objects.create(
        key="hot-spots-2021",
        name="5th annual Operation: Hot Spots",
        ordinal=5,
        begins_on=date(2021, 10, 1),
        ends_on=date(2021, 10, 31),
        area_words="Alder County",
        lead=prosecutor,
        opened_at=local(9, 1),
    )
    first = operation(campaign, agency, number=1, night_on=date(2021, 10, 6))
    Partner.objects.create(operation=first, organization=partner)
    line = Line.objects.create(
        owner=agency, label="A", line_kind="phone", address="+12095550104", opened_at=local(9, 1)
    )
    placed = ad(campaign, line, officer, number=1, operation=first, placed_at=local(10, 5, 14))
    return World(campaign, first, agency, partner, officer, line, placed, reading(line))


def operation(
    campaign: Campaign, lead: Organization, *, number: int, night_on: date, state: str = "closed"
) -> Operation:
    """Make an operation that was held."""
    return Operation.objects.create(
        campaign=campaign,
        number=number,
        kinds=["street"],
        lead=lead,
        night_on=night_on,
        place_words="Poplar Avenue, Alder City",
        place_name="Alder City",
        state=state,
        recorded_at=build.NOON,
    )


def ad(
    campaign: Campaign, line: Line, by: User, *, number: int, operation: Operation | None, placed_at: datetime
) -> Ad:
    """Make an ad that ran for 36 hours."""
    return Ad.objects.create(
        number=number,
        line=line,
        campaign=campaign,
        operation=operation,
        site_words="A site",
        text_sha256="0" * 64,
        text_characters_count=214,
        portrayed_age=21,
        placed_at=placed_at,
        withdrawn_at=placed_at + timedelta(hours=36),
        approved_by=by,
        placed_by=by,
    )


def reading(line: Line, *, state: str = ReadingState.FINISHED, finished_at: datetime | None = None) -> Reading:
    """Make the reading of a file."""
    return Reading.objects.create(
        id=uuid.uuid4(),
        line=line,
        sha256=uuid.uuid4().hex * 2,
        reader="sms_backup_restore",
        reader_version="1",
        key_id=uuid.uuid4(),
        state=state,
        finished_at=finished_at or local(10, 16),
    )


def message(world: World, at: datetime, *, contact: ContactPoint | None = None, read: Reading | None = None) -> Message:
    """Make an inbound text with its place in the file; without a contact point it is withheld."""
    source = read or world.reading
    made = Message.objects.create(
        line=world.line,
        reading=source,
        contact_point=contact,
        message_kind="sms",
        direction="inbound",
        phone_state="received",
        is_withheld=contact is None,
        sent_at=at,
        event_digest=uuid.uuid4().bytes * 2,
        sealed=b"",
    )
    ordinal = next(_numbers)
    SourcePlace.objects.create(
        id=place_id(bytes.fromhex(source.sha256), 0, ordinal),
        message=made,
        reading=source,
        member=0,
        ordinal=ordinal,
        offset_bytes=212_480 + ordinal * 300,
        length_bytes=267,
        line_number=ordinal + 2,
    )
    return made


def contact_point() -> ContactPoint:
    """Make a contact point."""
    return ContactPoint.objects.create(
        contact_kind="phone", index_digest=uuid.uuid4().bytes * 2, sealed=b"", key_id=uuid.uuid4()
    )


def response(
    world: World,
    at: datetime | None = None,
    *,
    contact: ContactPoint | None = None,
    to: Ad | None = None,
    read: Reading | None = None,
    dismissed: str = "",
) -> Response:
    """Make a response to the world's ad, with its first message."""
    at, contact = at or local(10, 6, 20, 42), contact or contact_point()
    first = message(world, at, contact=contact, read=read)
    pk = uuid.uuid4()
    signed = {"dismissed_by": world.officer, "dismissed_at": local(10, 20)} if dismissed else {}
    return Response.objects.create(
        id=pk,
        ad=to or world.ad,
        contact_point=contact,
        first_message=first,
        first_at=at,
        messages_count=1,
        reference=reference_of("R", pk),
        dismissal_reason=dismissed,
        **signed,
    )


def restrict(record: Any, kind: RestrictionKind = RestrictionKind.REFERRED) -> Restriction:
    """Put a live restriction on a record."""
    return Restriction.objects.create(
        record_kind=record.kind, record_id=record.pk, restriction_kind=kind, authority="Test", made_at=build.NOON
    )
