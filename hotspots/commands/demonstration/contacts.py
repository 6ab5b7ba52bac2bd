"""Whom one reaches at the demonstration's organizations: functions, and numbers reserved for fiction; no person."""

from __future__ import annotations

from dataclasses import dataclass

from hotspots.access.rules import OrganizationKind as Kind
from hotspots.coalition.actions import ContactFacts, add_contact
from hotspots.commands.demonstration.people import People
from hotspots.commands.demonstration.script import AGENCIES, COMMUNITY

# Neither a line nor a contact point of the demonstration has this area code.
AREA_CODE = "559"


@dataclass(frozen=True, slots=True)
class Desk:
    """A function that is reached at an organization, and for what."""

    function: str
    for_what: str


OPERATIONS = Desk("Operations desk", "Joint operations and their nights")
DESKS = {
    Kind.PROSECUTOR: (Desk("Intake desk", "Matters to submit"), Desk("Victim services", "Referrals to an advocate")),
    Kind.SHERIFF: (Desk("Watch commander", "Calls at night"), OPERATIONS),
    Kind.POLICE: (Desk("Watch commander", "Calls at night"), OPERATIONS),
    Kind.PAROLE: (Desk("Duty agent", "People on parole"),),
    Kind.PROBATION: (Desk("Duty officer", "People on probation"),),
    Kind.HIGHWAY_PATROL: (Desk("Dispatch desk", "Roads and rest areas"),),
    Kind.FEDERAL: (OPERATIONS,),
    Kind.HEALTH: (Desk("Nurse line", "Care on the day"),),
    Kind.CHILD_WELFARE: (Desk("Hotline desk", "A person who may be under 18"),),
    Kind.COUNTY: (Desk("Liaison desk", "Schools and training"),),
    Kind.COMMUNITY: (Desk("Coordinator on duty", "Meetings and questions of the coalition"),),
}
ADVOCATES = (Desk("Advocate on call", "An advocate, at any hour"), Desk("Office", "Meetings and questions"))


def add_contacts(people: People) -> None:
    """Add who is reached at each organization, with running numbers."""
    by, number = people.actor("coordinator"), 100
    for agency in (*AGENCIES, *COMMUNITY):
        for desk in ADVOCATES if agency.name == "Harborlight Advocates" else DESKS[agency.kind]:
            facts = ContactFacts(desk.function, f"{AREA_CODE}-555-0{number}", desk.for_what)
            add_contact(by=by, organization=people.of(agency), facts=facts)
            number += 1
