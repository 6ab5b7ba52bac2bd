"""A county with a few of every kind of record, and more of each: for tests that count queries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hotspots.access.actor import Actor, actor_of
from hotspots.access.models import Grant, User
from hotspots.access.rules import COUNTY_ROLES, OrganizationKind, Role, Scope
from hotspots.cases.models import Citation, Encounter, Matter
from hotspots.coalition.actions import ContactFacts, add_contact
from hotspots.coalition.models import Membership
from hotspots.evidence.models import Item, Transfer, Upload, Verification
from hotspots.intake import actions as intake
from hotspots.intake.actions import DismissalFacts, ReferralFacts
from hotspots.intake.models import Anomaly, Export, Referral, Response
from hotspots.intake.rules import reference_of
from hotspots.intake.rules.states import DismissalReason, ReferralGround
from hotspots.operations.models import Campaign, Operation, Partner
from hotspots.results.actions.drafting import draft_release
from hotspots.results.actions.figures import FreezeFacts, freeze_figure
from hotspots.results.actions.inviting import InvitationFacts, make_preview_link
from hotspots.results.models import Figure, ReleaseVersion
from tests import build, build_accounts, build_pages, build_releases
from tests import build_intake as phones
from tests import build_results as cases
from tests.build_campaign import World, local

LATER = datetime(2021, 11, 1, 17, tzinfo=UTC)


@dataclass
class Plenty:
    """A county, its people by role, and the records that the pages of one record show."""

    bench: phones.Bench
    world: World
    operation: Operation
    press: build_releases.Press
    people: dict[Role, User]
    partner: User
    item: Item
    figures: list[Figure] = field(default_factory=list)
    citation: Citation | None = None
    matter: Matter | None = None
    encounter: Encounter | None = None
    version: ReleaseVersion | None = None
    referral: Referral | None = None
    token: str = ""  # of a link that shows a draft
    size: int = 0

    def actor(self, role: Role) -> Actor:
        """Give the person of a role."""
        return actor_of(self.people[role], channel="test")

    @property
    def response(self) -> Response:
        return self.bench.response(phones.number(1))

    @property
    def export(self) -> Export:
        return Export.objects.order_by("pk")[0]


def plenty() -> Plenty:
    """Found a county: an ad that somebody answered, nobody else yet."""
    bench = phones.bench()
    office = bench.campaign.lead
    people = {role: build.person(f"reader.{role}", role, of=office if role in COUNTY_ROLES else None) for role in Role}
    operation = phones.operation(bench)
    ad = bench.ad()
    ad.operation = operation
    ad.save()
    export = bench.read(phones.backup(phones.sms(phones.number(1), phones.after(1))))
    other = build.organization("Cottonwood Police Department")
    Partner.objects.create(operation=operation, organization=other)
    partner = build.person("partner", Role.OPERATION_LEAD, of=other)
    world = World(bench.campaign, operation, bench.owner, other, bench.custodian_user, bench.line, ad, export.reading)
    figures = {key: build_releases.figure(bench.campaign, key, value) for key, value in build_releases.SIX.items()}
    press = build_releases.Press(
        bench.campaign, figures, actor_of(people[Role.PUBLISHER]), actor_of(people[Role.COORDINATOR])
    )
    made = Plenty(bench, world, operation, press, people, partner, export.item)
    made.citation = cases.citation(world, subject=cases.subject(world))
    made.matter = cases.matter(world, cases.arrest(world, subject=made.citation.subject))
    made.version = build_releases.published(press)
    made.figures.append(_frozen(made))
    return made


def grow(made: Plenty, count: int) -> None:
    """Make so many more of every kind of record."""
    for number in range(made.size, made.size + count):
        _add_people(made, number)
        _add_operations(made, number)
        _add_evidence(made, number)
        _add_cases(made, number)
    _add_conversations(made, count)
    made.size += count
    for _each in range(count):
        _add_release(made)
    made.figures.append(_frozen(made))


def _add_people(made: Plenty, number: int) -> None:
    agency = build.organization(f"Agency {number}", OrganizationKind.POLICE)
    Membership.objects.create(organization=agency, joined_on=date(2021, 1, 1), recorded_at=build.NOON)
    Membership.objects.create(
        organization=made.bench.owner,
        joined_on=date(2000 + number, 1, 1),
        left_on=date(2000 + number, 6, 1),
        recorded_at=build.NOON,
    )
    coordinator, liaison = made.actor(Role.COORDINATOR), made.people[Role.LIAISON]
    facts = ContactFacts(f"Desk {number}", "209-555-0170", "A night that goes wrong")
    for one in (agency, made.bench.owner):
        add_contact(by=coordinator, organization=one, facts=facts)
    person = build.person(f"officer.{number}", Role.OFFICER, of=agency)
    build.grant(made.people[Role.OFFICER], Role.OFFICER, scope=Scope.OPERATION, scope_id=made.operation.pk)
    Grant.objects.create(
        user=build.user(f"waits.{number}"),
        role=Role.OFFICER,
        scope=Scope.ORGANIZATION,
        scope_id=liaison.organization_id,
        granted_by=person,
        granted_at=build.NOON,
    )
    build_accounts.invited(actor_of(liaison), f"new.{number}", f"secret-of-a-link-{number}")


def _add_operations(made: Plenty, number: int) -> None:
    agency = build.organization(f"Agency {number}")
    Campaign.objects.create(
        key=f"hot-spots-{1990 + number}",
        name=f"Operation: Hot Spots {1990 + number}",
        ordinal=100 + number,
        begins_on=date(1990 + number, 10, 1),
        ends_on=date(1990 + number, 10, 31),
        area_words="Alder County",
        lead=made.bench.campaign.lead,
        opened_at=build.NOON,
    )
    Partner.objects.create(operation=made.operation, organization=agency, position=number + 1)
    night = phones.operation(made.bench, number + 2)
    Partner.objects.create(operation=night, organization=agency)
    Partner.objects.create(operation=night, organization=made.partner.organization, position=1)
    line = phones.open_line(made.bench, f"L{number}", f"209-555-01{30 + number}")
    for times in ((phones.PLACED, phones.WITHDRAWN), (phones.PLACED + timedelta(days=20), LATER)):
        ad = made.bench.ad(*times, line=line)
        ad.operation = night
        ad.save()
    later = phones.PLACED + timedelta(days=6 + 3 * number)
    ad = made.bench.ad(later, later + timedelta(days=2))
    ad.operation = made.operation
    ad.save()


def _add_conversations(made: Plenty, count: int) -> None:
    numbers = range(made.size, made.size + count)
    texts = [phones.sms(phones.number(10 + n), phones.after(2 + n / 10), f"text {n}") for n in numbers]
    texts += [phones.sms(phones.number(1), phones.after(1.5 + n / 10), f"more {n}", kind=1 + n % 2) for n in numbers]
    texts += [phones.sms("", phones.after(3 + n / 10), f"none {n}") for n in numbers]
    texts += [phones.sms(phones.number(50 + n), phones.after(4 + n / 10), f"help {n}") for n in numbers]
    made.bench.read(phones.backup(*texts), f"more-{made.size}.xml")
    for n in numbers:
        made.bench.read(phones.backup(phones.sms(phones.number(1), phones.after(5 + n))), f"one-{n}.xml")
        reading = made.export.reading
        Anomaly.objects.create(
            reading=reading, anomaly_kind="bad_date", offset_bytes=n, line_number=n, words=f"A time {n}."
        )
        _decide(made, n)


def _decide(made: Plenty, n: int) -> None:
    response, custodian = made.response, made.bench.custodian
    intake.dismiss_response(by=custodian, response=response, facts=DismissalFacts(DismissalReason.SPAM))
    intake.reinstate_response(by=custodian, response=response)
    other = made.bench.response(phones.number(50 + n))
    intake.refer_response(by=custodian, response=other, facts=ReferralFacts(ReferralGround.MAY_BE_MINOR))
    made.referral = made.referral or Referral.objects.get()


def _add_evidence(made: Plenty, number: int) -> None:
    item, user = made.item, made.bench.custodian_user
    build_pages.object_of(made.bench)
    step = item.transfers.count() + 1
    said = {"from_user": user, "to_user": user, "moved_at": build.NOON, "recorded_by": user}
    Transfer.objects.create(item=item, number=step, transfer_kind="transferred", reason="Night shift", **said)
    Verification.objects.create(item=item, is_whole=True, verified_by=user, verified_at=build.NOON)
    Upload.objects.create(
        sender=user, owner=made.bench.owner, file_name=f"part-{number}.xml", size_bytes=9, began_at=build.NOON
    )


def _add_cases(made: Plenty, number: int) -> None:
    world, first, matter = made.world, made.citation, made.matter
    assert first is not None
    assert matter is not None
    stop = cases.citation(world, subject=first.subject, officer=made.people[Role.OFFICER])
    cases.citation(world, credited=build.organization(f"Agency {number}"))
    for one in (stop, first):
        cases.hearing(one, date(2022, 1, 2 + number))
    arrest = cases.arrest(world, subject=first.subject)
    cases.charge(cases.matter(world, arrest), "PC 266i(a)(1)")
    cases.charge(matter, "PC 236.1(c)(1)")
    cases.investigation(world)
    made.encounter = made.encounter or _encounter(made, first)
    _encounter(made, first)


def _encounter(made: Plenty, first: Citation) -> Encounter:
    pk = uuid.uuid4()
    return Encounter.objects.create(
        id=pk,
        reference=reference_of("E", pk),
        campaign=made.bench.campaign,
        operation=made.operation,
        owner=made.bench.owner,
        credited=made.bench.owner,
        night_on=date(2021, 10, 6),
        recorded_at=build.NOON,
        subject=first.subject,
        officer_title="Officer 12",
        occurred_at=local(10, 6, 22),
        place_words="Poplar Avenue",
        basis="detention",
    )


def _add_release(made: Plenty) -> None:
    assert made.version is not None
    made.version = build_releases.corrected(made.press, made.version)
    text = build_releases.facts(title="Another release")
    other = draft_release(by=made.press.writer, campaign=made.bench.campaign, facts=text)
    expires_at = datetime.now(UTC) + timedelta(days=3)
    made.token = uuid.uuid4().hex + uuid.uuid4().hex
    facts = InvitationFacts("An office", made.token, expires_at)
    make_preview_link(by=made.press.writer, version=other, facts=facts)


def _frozen(made: Plenty) -> Figure:
    return freeze_figure(
        by=made.actor(Role.PUBLISHER),
        campaign=made.bench.campaign,
        facts=FreezeFacts("responses_to_ads", date(2021, 11, 5)),
    )
