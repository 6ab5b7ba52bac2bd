"""Whom officers met in the demonstration: one encounter a night, with the questions of PC 236.2, and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hotspots.cases.actions import EncounterFacts, Officer, record_encounter
from hotspots.cases.models import Encounter
from hotspots.cases.rules.kinds import AdvocateOffer, Answer, EncounterBasis, TreatedAs
from hotspots.cases.rules.questions import QUESTION_KEYS
from hotspots.commands.demonstration.people import People
from hotspots.commands.demonstration.records import Records
from hotspots.commands.demonstration.script import ALDER_PD, DA, MILLBROOK_PD, SHERIFF, Night

# Who records for an agency, and who made the record in the field.
RECORDER = {
    ALDER_PD: "lead.alder-city",
    SHERIFF: "lead.sheriff",
    DA: "investigator.da",
    MILLBROOK_PD: "officer.millbrook",
}
OFFICER = {**RECORDER, ALDER_PD: "officer.alder-city", SHERIFF: "officer.sheriff"}
FIREARM_NIGHTS = (1, 4)


@dataclass(frozen=True, slots=True)
class Meeting:
    """On what basis someone was met, which of the seven questions were answered yes, and what followed."""

    basis: EncounterBasis
    yes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    advocate: AdvocateOffer = AdvocateOffer.DECLINED
    treated_as: TreatedAs = TreatedAs.UNDECIDED


AT_AN_ARREST = Meeting(EncounterBasis.TRAFFIC_STOP)
MEETINGS = {
    1: AT_AN_ARREST,
    2: Meeting(
        EncounterBasis.CONSENSUAL,
        ("cannot_move_freely", "contact_is_controlled"),
        ("owes_a_debt",),
        AdvocateOffer.ACCEPTED,
        TreatedAs.VICTIM,
    ),
    3: Meeting(EncounterBasis.CALL_FOR_SERVICE, (), ("is_withdrawn_or_censored",), AdvocateOffer.ACCEPTED),
    4: AT_AN_ARREST,
    5: Meeting(EncounterBasis.CONSENSUAL, ("lives_where_working",), (), AdvocateOffer.DECLINED, TreatedAs.WITNESS),
    6: Meeting(EncounterBasis.CONSENSUAL, ("has_no_own_documents",), (), AdvocateOffer.ACCEPTED, TreatedAs.VICTIM),
    7: Meeting(EncounterBasis.DETENTION),
}


def meet(people: People, records: Records, night: Night) -> Encounter:
    """Record the encounter of a night, shortly before the arrest where it led to one."""
    said = MEETINGS[night.number]
    answers = dict.fromkeys(QUESTION_KEYS, Answer.NO)
    answers |= dict.fromkeys(said.yes, Answer.YES) | dict.fromkeys(said.unknown, Answer.UNKNOWN)
    return record_encounter(
        by=people.actor(RECORDER[night.lead]),
        credited=people.of(night.lead),
        operation=records.operations[night.number],
        facts=EncounterFacts(
            occurred_at=night.began_at + timedelta(hours=2),
            place_words=night.place_words,
            basis=said.basis,
            answers=answers,
            rights_explained=Answer.YES,
            advocate=said.advocate,
            treated_as=said.treated_as,
            officer=Officer(user=people.users[OFFICER[night.lead]]),
        ),
    )
