"""Builders of cases: a campaign with one night, people who record, and records made by the verbs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind, Role
from hotspots.cases import actions
from hotspots.cases.models import Arrest, Citation, Encounter, Matter, Statute, Subject
from hotspots.cases.rules.kinds import AgeBand, Answer, EncounterBasis, IdentificationBasis
from hotspots.cases.rules.questions import QUESTION_KEYS
from hotspots.cases.rules.statute_rows import STATUTES
from hotspots.operations.models import Campaign, Operation, Partner
from tests import build

ZONE = ZoneInfo("America/Los_Angeles")
NIGHT_ON = date(2021, 10, 6)
AT_NINE = datetime(2021, 10, 6, 21, 7, tzinfo=ZONE).astimezone(UTC)
LATER = datetime(2021, 11, 5, 18, tzinfo=UTC)


def later() -> datetime:
    """Tell the time of these tests, a month after the night."""
    return LATER


def office() -> Organization:
    """Give the prosecutor's office."""
    return build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)


def sheriff() -> Organization:
    """Give a second agency."""
    return build.organization("Alder County Sheriff's Office", OrganizationKind.SHERIFF)


def statutes() -> None:
    """Load the statutes: a test that empties the tables takes those of the migration with it."""
    build.county()
    for row in STATUTES:
        Statute.objects.get_or_create(code=row.code, effective_from=row.effective_from, defaults=asdict(row))


def campaign() -> Campaign:
    """Give the campaign of October 2021."""
    made, _is_new = Campaign.objects.get_or_create(
        key="hot-spots-2021",
        defaults={
            "name": "Operation: Hot Spots 2021",
            "ordinal": 5,
            "begins_on": date(2021, 10, 1),
            "ends_on": date(2021, 10, 31),
            "area_words": "All of Alder County",
            "lead": office(),
            "opened_at": build.NOON,
        },
    )
    return made


def operation(number: int = 1, *, night_on: date = NIGHT_ON, partners: tuple[Organization, ...] = ()) -> Operation:
    """Give a night on Poplar Avenue, led by the police of Alder City."""
    statutes()
    made, is_new = Operation.objects.get_or_create(
        campaign=campaign(),
        number=number,
        defaults={
            "kinds": ["street"],
            "lead": build.organization(),
            "night_on": night_on,
            "place_words": "Poplar Avenue, Alder City",
            "place_name": "Alder City",
            "state": "closed",
            "recorded_at": build.NOON,
        },
    )
    for place, partner in enumerate(partners if is_new else ()):
        Partner.objects.create(operation=made, organization=partner, position=place)
    return made


def known_actor(login: str, *roles: Role, of: Organization | None = None) -> Actor:
    """Give a person as an actor, made if new."""
    known = User.objects.filter(login=login).first()
    return build.actor_of(known, channel="test") if known else build.actor(login, *roles, of=of)


def officer(login: str = "officer.12") -> Actor:
    """Give an officer of Alder City."""
    return known_actor(login, Role.OFFICER)


def coordinator() -> Actor:
    """Give the coordinator."""
    return known_actor("coordinator", Role.COORDINATOR, of=office())


def prosecutor() -> Actor:
    """Give a prosecutor."""
    return known_actor("prosecutor", Role.PROSECUTOR, of=office())


def auditor() -> Actor:
    """Give an auditor."""
    return known_actor("auditor", Role.AUDITOR, of=build.organization("Alder County", OrganizationKind.COUNTY))


def stop_facts(number: str = "LP-21-00418", **changed: Any) -> actions.StopFacts:
    """Give what a citation says."""
    said: dict[str, Any] = {
        "document_number": number,
        "codes": ("PC 647(b)(2)",),
        "occurred_at": AT_NINE,
        "place_words": "Poplar Avenue at 6th",
    }
    return actions.StopFacts(**(said | changed))


def hearing_facts(on: date = date(2022, 1, 11), **changed: Any) -> actions.HearingFacts:
    """Give a hearing in January."""
    said: dict[str, Any] = {
        "court": "Alder County Superior Court",
        "department": "24",
        "hearing_on": on,
        "time": time(8, 30),
    }
    return actions.HearingFacts(**(said | changed))


def citation(number: str = "LP-21-00418", *, by: Actor | None = None, **changed: Any) -> Citation:
    """Record a citation of the night on Poplar Avenue."""
    of_night = operation()
    return actions.record_citation(
        by=by or officer(),
        credited=build.organization(),
        operation=of_night,
        facts=stop_facts(number, **changed),
        clock=later,
    )


def arrest(number: str = "A-21-0007", *, by: Actor | None = None, **changed: Any) -> Arrest:
    """Record an arrest of the night on Poplar Avenue."""
    of_night = operation()
    said = {"codes": ("PC 25850(c)(6)",)} | changed
    return actions.record_arrest(
        by=by or officer(),
        credited=build.organization(),
        operation=of_night,
        facts=stop_facts(number, **said),
        clock=later,
    )


def person(**changed: Any) -> actions.PersonFacts:
    """Give what is known of a person: an adult, by a document."""
    said: dict[str, Any] = {
        "basis": IdentificationBasis.DOCUMENT,
        "age_band": AgeBand.ADULT,
        "identified_on": NIGHT_ON,
    }
    return actions.PersonFacts(**(said | changed))


def subject(*, by: Actor | None = None, **changed: Any) -> Subject:
    """Identify a person."""
    of_night = operation()
    return actions.identify_subject(
        by=by or officer(),
        credited=build.organization(),
        operation=of_night,
        facts=person(**changed),
        clock=later,
    )


def encounter(*, has_asked: bool = True, by: Actor | None = None, **changed: Any) -> Encounter:
    """Record an encounter, with the seven questions asked."""
    of_night = operation()
    answers = dict.fromkeys(QUESTION_KEYS, Answer.NO) if has_asked else {}
    said: dict[str, Any] = {
        "occurred_at": AT_NINE,
        "place_words": "Poplar Avenue at 6th",
        "basis": EncounterBasis.DETENTION,
        "answers": answers,
    }
    return actions.record_encounter(
        by=by or officer(),
        credited=build.organization(),
        operation=of_night,
        facts=actions.EncounterFacts(**(said | changed)),
        clock=later,
    )


def matter(*, source: Citation | Arrest | None = None) -> Matter:
    """Submit a matter."""
    return actions.submit_matter(
        by=officer(),
        source=source or citation(),
        facts=actions.SubmitFacts(date(2021, 10, 12)),
        clock=later,
    )


def charge_facts(code: str = "PC 647(b)(2)", **changed: Any) -> actions.ChargeFacts:
    """Give what a charge says."""
    said: dict[str, Any] = {"offense_on": NIGHT_ON, "filed_on": date(2021, 10, 20), "case_number": "21-CR-0099"}
    return actions.ChargeFacts(code, **(said | changed))
