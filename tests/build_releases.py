"""Builders for releases: frozen figures of a campaign, and a release at each stage, by the verbs of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.test import Client

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rowset import root_of_ids
from hotspots.access.rules import OrganizationKind, Role
from hotspots.operations.models import Campaign
from hotspots.results.actions.correcting import NoteFacts, correct_release
from hotspots.results.actions.drafting import LiteralFacts, ReleaseFacts, draft_release, mark_literal, save_release
from hotspots.results.actions.publishing import PublishFacts, approve_release, publish_release
from hotspots.results.measures import measure_of
from hotspots.results.models import Figure, ReleaseVersion
from tests import build

AS_OF = date(2021, 11, 5)
RELEASED = date(2021, 11, 9)
SIX = {
    "responses_to_ads": 261,
    "citations_for_soliciting": 22,
    "persons_charged.trafficking_of_a_minor": 1,
    "persons_charged.pandering": 1,
    "investigations_opened.pimping_and_pandering": 2,
    "arrests.firearm": 2,
}
TITLE = "Results of the 5th annual Operation: Hot Spots"
BODY = """# Agencies of the county worked together in October 2021.

From October 1 to 31, 2021, officers received {{ responses_to_ads }} responses to decoy ads. They issued
{{ citations_for_soliciting }} citations for soliciting; court dates are in January 2022.

{{ persons_charged.trafficking_of_a_minor|Words }} person was charged with human trafficking of a minor and
{{ persons_charged.pandering|words }} with pandering. {{ investigations_opened.pimping_and_pandering|Words }}
investigations into pimping and pandering were opened, and {{ arrests.firearm|words }} people were arrested for
carrying a loaded firearm registered to another person.

A charge is an accusation. Each person is presumed innocent unless proven guilty in court. Under PC 647(b)(2) the
penalty is up to 6 months.

> “People were offered help on every night of this operation.”
> -- The District Attorney

## Who took part

- Alder County District Attorney and Sheriff
- Alder City and Millbrook police

## About the coalition

The operation was requested by a coalition of more than 30 organizations.

## If you need help

National Human Trafficking Hotline: [1-888-373-7888](tel:+18883737888), or text 233733. Free, private, any hour.
"""
LITERALS = {
    "5th annual": "name of the campaign",
    "6 months": "PC 647(b)(2)",
    "more than 30 organizations": "member list",
}


@dataclass
class Press:
    """A campaign with its figures frozen, a writer, and a second person."""

    campaign: Campaign
    figures: dict[str, Figure]
    writer: Actor
    second: Actor


def campaign(prosecutor: Organization) -> Campaign:
    """Make the campaign of October 2021."""
    return Campaign.objects.create(
        key="hot-spots-2021",
        name="5th annual Operation: Hot Spots",
        ordinal=5,
        begins_on=date(2021, 10, 1),
        ends_on=date(2021, 10, 31),
        area_words="Alder County",
        lead=prosecutor,
        opened_at=build.NOON,
    )


def figure(of: Campaign, key: str, value: int, *, as_of_on: date = AS_OF, is_protected: bool = False) -> Figure:
    """Freeze a figure without its records."""
    measure = measure_of(key)
    count, root = root_of_ids([])
    keeper = User.objects.filter(login="keeper").first() or build.user("keeper", of=of.lead)
    return Figure.objects.create(
        campaign=of,
        measure_key=key,
        measure_version=measure.version,
        value=value,
        label=str(measure.label),
        unit=str(measure.unit),
        definition=str(measure.definition),
        row_kind="intake.Response",
        row_ids=b"",
        rows_count=count,
        root=root,
        data_as_of_on=as_of_on,
        frozen_at=datetime.now(UTC),
        frozen_by=keeper,
        program_version="test",
        is_protected=is_protected,
    )


def press(*, is_demonstration: bool = False) -> Press:
    """Make what a test of releases begins with."""
    build.county(is_demonstration=is_demonstration)
    prosecutor = build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)
    made = campaign(prosecutor)
    return Press(
        made,
        {key: figure(made, key, value) for key, value in SIX.items()},
        build.actor("publisher", Role.PUBLISHER, of=prosecutor),
        build.actor("coordinator", Role.COORDINATOR, of=prosecutor),
    )


def facts(**given: object) -> ReleaseFacts:
    """Give the text of the release, with changes."""
    said = {"title": TITLE, "body": BODY, "released_on": RELEASED, "data_as_of_on": AS_OF}
    return ReleaseFacts(**{**said, **given})  # type: ignore[arg-type]


def draft(here: Press, **given: object) -> ReleaseVersion:
    """Write a draft with its literals marked."""
    version = draft_release(by=here.writer, campaign=here.campaign, facts=facts(**given))
    for text, reason in LITERALS.items():
        if text in version.title + version.body:
            version = mark_literal(by=here.writer, version=version, facts=LiteralFacts(text, reason))
    return version


def approved(here: Press, **given: object) -> ReleaseVersion:
    """Write a draft, and let the second person approve it."""
    return approve_release(by=here.second, version=draft(here, **given))


def published(here: Press, **given: object) -> ReleaseVersion:
    """Write, approve and publish a release."""
    return publish_release(by=here.second, version=approved(here, **given), facts=PublishFacts())


def corrected(here: Press, first: ReleaseVersion, note: str = "One agency was left out of the list.") -> ReleaseVersion:
    """Correct a release: one agency more."""
    after = correct_release(by=here.writer, release=first.release, facts=NoteFacts(note, date(2021, 11, 12)))
    body = after.body.replace("- Alder City", "- State Parole\n- Alder City")
    after = save_release(by=here.writer, version=after, facts=facts(body=body, based_on=after.saved_at))
    return publish_release(by=here.second, version=approve_release(by=here.second, version=after), facts=PublishFacts())


def in_days(days: int) -> datetime:
    """Give a moment some days from now."""
    return datetime.now(UTC) + timedelta(days=days)


def signed_in(actor: Actor) -> Client:
    """Open a browser in which a person is signed in."""
    return build.sign_in(Client(), actor)


def address(version: ReleaseVersion, step: str = "") -> str:
    """Give the address of a release's page, or of a step."""
    return f"/releases-desk/{version.release_id}{step}"
