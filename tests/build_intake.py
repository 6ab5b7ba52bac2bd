"""Builders for evidence and intake: backups in the real format, and what receives them. Numbers are 555-01xx only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import quoteattr

from hotspots.access.actor import Actor, actor_of
from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind, Role
from hotspots.evidence.actions import UploadFacts, keep_file
from hotspots.evidence.models import Upload
from hotspots.intake import actions
from hotspots.intake.actions import AdFacts, ExportFacts, LineFacts
from hotspots.intake.models import Ad, ContactPoint, Export, Line, Response
from hotspots.intake.queries.answers import contact_digest
from hotspots.intake.rules.states import digest_of_text
from hotspots.jobs.actions import run_ready_jobs
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import OperationState
from tests import build

PLACED = datetime(2021, 10, 5, 21, 0, tzinfo=UTC)  # October 5, 14:00 in Alder County
WITHDRAWN = datetime(2021, 10, 7, 9, 0, tzinfo=UTC)
ARRIVED = datetime(2021, 10, 8, 17, 0, tzinfo=UTC)
TEXT = digest_of_text("The words of an ad are kept as evidence, not here.")


def number(last: int, area: int = 213) -> str:
    """Give a number that is reserved for fiction."""
    return f"+1{area}55501{last:02d}"


def after(hours: float) -> datetime:
    """Give a time after the ad was placed."""
    return PLACED + timedelta(hours=hours)


def ms(at: datetime) -> int:
    """Give a time as milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def sms(address: str, at: datetime, body: str = "hi saw your ad", kind: int = 1, **more: str) -> str:
    """Write a text message."""
    told = {"protocol": "0", "address": address, "date": str(ms(at)), "type": str(kind), "subject": "null"}
    return _element("sms", {**told, "body": body, "read": "1", "readable_date": "Oct 5, 2021", **more})


def call(address: str, at: datetime, kind: int = 1, seconds: int = 12) -> str:
    """Write a call."""
    told = {"number": address, "duration": str(seconds), "date": str(ms(at)), "type": str(kind), "presentation": "1"}
    return _element("call", {**told, "readable_date": "Oct 5, 2021", "contact_name": "(Unknown)"})


def mms(sender: str, others: Iterable[str], at: datetime, text: str = "hello all", box: int = 1) -> str:
    """Write a group message."""
    people = list(others)
    told = {"date": str(ms(at)), "msg_box": str(box), "address": "~".join([sender, *people]), "m_id": f"m{ms(at)}"}
    part = _element("part", {"seq": "0", "ct": "text/plain", "text": text})
    addrs = _element("addr", {"address": sender, "type": "137"})
    addrs += "".join(_element("addr", {"address": one, "type": "151"}) for one in people)
    head = _element("mms", told)[:-3]
    return f"{head}><parts>{part}</parts><addrs>{addrs}</addrs></mms>"


def _element(name: str, attributes: dict[str, str]) -> str:
    return f"<{name} " + " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items()) + " />"


def backup(*records: str, root: str = "smses", count: int | None = None) -> bytes:
    """Write a backup of these records."""
    lines = "\n  ".join(records)
    declared = len(records) if count is None else count
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    return f'{head}\n<{root} count="{declared}">\n  {lines}\n</{root}>'.encode()


def zipped(**members: bytes) -> bytes:
    """Write a zip of backups."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.xml", content)
    return out.getvalue()


def many(count: int, *, people: int = 40, start: datetime = PLACED) -> bytes:
    """Write a backup of many messages, from as many people as told, a second apart."""
    return backup(
        *(
            sms(number(place % people), start + timedelta(seconds=place), f"message {place}", kind=1 + place % 2)
            for place in range(count)
        )
    )


@dataclass
class Bench:
    """An agency with a line, its people, and a campaign."""

    owner: Organization
    custodian_user: User
    campaign: Campaign
    line: Line
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def custodian(self) -> Actor:
        return actor_of(self.custodian_user, channel="test")

    def someone(self, role: Role, of: Organization | None = None) -> Actor:
        """Give a person of the agency (or another) who holds a role, the same at each call."""
        name = f"{role.value}.{(of or self.owner).short_name[:12].replace(' ', '.').lower()}"
        if name not in self.people:
            self.people[name] = build.actor(name, role, of=of or self.owner)
        return self.people[name]

    def ad(
        self, placed_at: datetime = PLACED, withdrawn_at: datetime | None = WITHDRAWN, *, line: Line | None = None
    ) -> Ad:
        """Place an ad."""
        facts = AdFacts(
            site_words="a classifieds site",
            text_sha256=TEXT.sha256,
            text_characters_count=TEXT.characters_count,
            portrayed_age=22,
            placed_at=placed_at,
            withdrawn_at=withdrawn_at,
        )
        return actions.place_ad(
            by=self.custodian,
            line=line or self.line,
            campaign=self.campaign,
            approved_by=self.custodian_user,
            operation=None,
            facts=facts,
        )

    def upload(self, content: bytes, name: str = "sms-20211007.xml") -> Upload:
        """Keep a file."""
        facts = UploadFacts(name, len(content))
        return keep_file(by=self.custodian, owner=self.owner, source=io.BytesIO(content), facts=facts)

    def receive(self, content: bytes, name: str = "sms-20211007.xml", *, line: Line | None = None) -> Export:
        """Receive an export; its import waits."""
        return actions.receive_export(
            by=self.custodian,
            line=line or self.line,
            upload=self.upload(content, name),
            facts=ExportFacts(ARRIVED, "message operator"),
        )

    def read(self, content: bytes, name: str = "sms-20211007.xml", *, line: Line | None = None) -> Export:
        """Receive an export and let it be read."""
        export = self.receive(content, name, line=line)
        run_ready_jobs()
        export.refresh_from_db()
        return export

    def response(self, contact: str) -> Response:
        """Give the response of a number."""
        return Response.objects.get(contact_point=contact_point(contact))


def contact_point(address: str) -> ContactPoint:
    """Give the contact point of a number."""
    return ContactPoint.objects.get(index_digest=contact_digest(address))


def bench() -> Bench:
    """Found an agency with an evidence custodian, a campaign and a line."""
    build.county()
    owner = build.organization()
    custodian = build.person("custodian", Role.CUSTODIAN, of=owner)
    campaign = Campaign.objects.create(
        key="hot-spots-2021",
        name="5th annual Operation: Hot Spots",
        ordinal=5,
        begins_on=date(2021, 10, 1),
        ends_on=date(2021, 10, 31),
        area_words="Alder County",
        lead=build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR),
        opened_at=build.NOON,
    )
    made = Bench(owner=owner, custodian_user=custodian, campaign=campaign, line=None)  # type: ignore[arg-type]
    made.line = open_line(made)
    return made


def open_line(made: Bench, label: str = "A", address: str = "209-555-0104") -> Line:
    """Open a line of the bench's agency."""
    facts = LineFacts(label=label, address=address, opened_at=build.NOON)
    return actions.open_line(by=made.custodian, owner=made.owner, facts=facts)


def operation(made: Bench, number: int = 1) -> Operation:
    """Record an operation of the bench's agency."""
    return Operation.objects.create(
        campaign=made.campaign,
        number=number,
        kinds=["street"],
        lead=made.owner,
        night_on=date(2021, 10, 6),
        place_words="Poplar Avenue, Alder City",
        place_name="Alder City",
        state=OperationState.CLOSED,
        recorded_at=build.NOON,
    )


def counted() -> set[tuple[int, str]]:
    """Give the responses that count, as (number of the ad, digest of the contact point)."""
    rows = Response.objects.counting().values_list("ad__number", "contact_point__index_digest")
    return {(ad, bytes(digest).hex()) for ad, digest in rows}
