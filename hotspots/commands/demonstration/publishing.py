"""The figures and the release of the demonstration: frozen, written, approved by another, published, once corrected."""

from __future__ import annotations

from hotspots.commands.demonstration.people import People
from hotspots.commands.demonstration.records import Records
from hotspots.commands.demonstration.script import (
    CAMPAIGN_BEGINS_ON,
    CAMPAIGN_ENDS_ON,
    CORRECTED_ON,
    DATA_AS_OF_ON,
    RELEASED_ON,
)
from hotspots.results.actions.correcting import NoteFacts, correct_release
from hotspots.results.actions.drafting import LiteralFacts, ReleaseFacts, draft_release, mark_literal, save_release
from hotspots.results.actions.figures import FreezeAllFacts, freeze_figures
from hotspots.results.actions.publishing import PublishFacts, approve_release, publish_release
from hotspots.results.models import ReleaseVersion

TITLE = "Results of the 5th annual Operation: Hot Spots"
FIGURES = (
    "responses_to_ads",
    "citations_for_soliciting",
    "persons_charged.trafficking_of_a_minor",
    "persons_charged.pandering",
    "investigations_opened.pimping_and_pandering",
    "arrests.firearm",
)
AGENCIES = (
    "The Alder County District Attorney led the operation, with the Alder County Sheriff's Office, the Alder City "
    "Police Department, the Millbrook Police Department, State Parole, {probation}the State Highway Patrol and the "
    "Federal Task Force Office."
)
BODY = """\
In October 2021, agencies of Alder County worked together against the demand for commercial sex, on streets, in
hotels and online. Decoy ads received {{{{ responses_to_ads }}}} responses. Officers issued
{{{{ citations_for_soliciting }}}} citations for soliciting; court dates are in January 2022.

The District Attorney charged {{{{ persons_charged.trafficking_of_a_minor|words }}}} person with human
trafficking of a minor and {{{{ persons_charged.pandering|words }}}} with pandering. Officers opened
{{{{ investigations_opened.pimping_and_pandering|words }}}} investigations into pimping and pandering, and made
{{{{ arrests.firearm|words }}}} arrests for carrying a loaded firearm registered to another person.

A charge is an accusation. Each person is presumed innocent unless proven guilty in court.

> “People were offered help on every night of this operation. That is the part I ask the county to remember.”
> -- The District Attorney

## Who took part

{agencies} Before the operation, officers were trained in how to recognize people who are exploited. Advocates
were on call on every night.

## What the law says

Soliciting is a misdemeanor under PC 647(b)(2), with up to 6 months in jail for those who are convicted.

## About the coalition

Alder Together, a coalition of more than 30 organizations, asked for this operation. Its members offer shelter,
legal help, health care and a way out.

## If you need help

National Human Trafficking Hotline: [1-888-373-7888](tel:+18883737888), or text [233733](sms:233733). Free,
private, any hour.
"""
LITERALS = (
    ("5th", "The name of the campaign: its fifth year"),
    ("6 months", "The longest sentence under PC 647(b)(2)"),
    ("more than 30", "The coalition's list of members, kept in the record"),
)
CORRECTION = "The list of agencies left out Alder County Probation, which took part. Nothing else changed."


def _facts(*, probation: str) -> ReleaseFacts:
    agencies = AGENCIES.format(probation=probation)
    return ReleaseFacts(
        title=TITLE,
        body=BODY.format(agencies=agencies),
        released_on=RELEASED_ON,
        data_as_of_on=DATA_AS_OF_ON,
        operation_begins_on=CAMPAIGN_BEGINS_ON,
        operation_ends_on=CAMPAIGN_ENDS_ON,
    )


def publish(people: People, records: Records) -> None:
    """Freeze the six figures, publish the release that reports them, and correct it once."""
    coordinator = people.actor("coordinator")
    freeze_figures(by=coordinator, campaign=records.campaign, facts=FreezeAllFacts(FIGURES, DATA_AS_OF_ON))
    version = draft_release(by=coordinator, campaign=records.campaign, facts=_facts(probation=""))
    for text, reason in LITERALS:
        version = mark_literal(by=coordinator, version=version, facts=LiteralFacts(text, reason))
    _send(people, version)
    note = NoteFacts(note=CORRECTION, noted_on=CORRECTED_ON)
    second = correct_release(by=coordinator, release=version.release, facts=note)
    second = save_release(by=coordinator, version=second, facts=_facts(probation="Alder County Probation, "))
    _send(people, second)


def _send(people: People, version: ReleaseVersion) -> None:
    """Have another person approve and publish."""
    publisher = people.actor("publisher")
    approved = approve_release(by=publisher, version=version)
    publish_release(by=publisher, version=approved, facts=PublishFacts())
