"""The citations, arrests, investigations and charges of the demonstration, each with its document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from hotspots.access.actor import Actor
from hotspots.cases.actions import (
    ChargeFacts,
    HearingFacts,
    InvestigationFacts,
    Officer,
    PersonFacts,
    StopFacts,
    SubmitFacts,
    file_charge,
    identify_subject,
    load_statutes,
    open_investigation,
    record_arrest,
    record_citation,
    submit_matter,
)
from hotspots.cases.models import Arrest, Encounter, Investigation
from hotspots.cases.rules.kinds import AgeBand, Answer, IdentificationBasis
from hotspots.commands.demonstration.backups import DEMONSTRATION_NOTE
from hotspots.commands.demonstration.encounters import FIREARM_NIGHTS, OFFICER, RECORDER, meet
from hotspots.commands.demonstration.intake import find_response
from hotspots.commands.demonstration.people import SHORT, People
from hotspots.commands.demonstration.phones import Phones
from hotspots.commands.demonstration.records import Records
from hotspots.commands.demonstration.script import ALDER_PD, DA, MILLBROOK_PD, NIGHTS, SHERIFF, Agency, Night
from hotspots.evidence.actions import ItemFacts, UploadFacts, keep_file, log_item
from hotspots.evidence.models import Item
from hotspots.intake.models import Response

SOLICITING = "PC 647(b)(2)"
PIMPING, PANDERING = "PC 266h(a)", "PC 266i(a)(1)"
TRAFFICKING_OF_A_MINOR = "PC 236.1(c)(1)"
LOADED_FIREARM = "PC 25850(c)(6)"
COURT = "Alder County Superior Court"
HEARING_DAYS = tuple(date(2022, 1, day) for day in (4, 6, 11, 13, 20, 25))
DEPARTMENTS = ("24", "27")
PREFIX = {ALDER_PD: "AC", SHERIFF: "SO", DA: "DA", MILLBROOK_PD: "MB"}


class Clerk:
    """Writes the records of the nights, one after the other, with running numbers."""

    def __init__(self, people: People, records: Records, phones: Phones) -> None:
        self.people, self.records, self.phones = people, records, phones
        self.numbers: dict[Agency, int] = {}
        self.subjects_count = 0
        self.hearings = self._hearings()

    def write(self) -> None:
        """Write everything."""
        load_statutes(by=self.people.actor("prosecutor"))
        for night in NIGHTS:
            self._citations(night)
        met = {night.number: meet(self.people, self.records, night) for night in NIGHTS}
        for number in FIREARM_NIGHTS:
            self._arrest(NIGHTS[number - 1], LOADED_FIREARM, met[number])
        self._pandering(NIGHTS[1])
        self._trafficking(NIGHTS[2])
        self._investigation(NIGHTS[4])

    def _hearings(self) -> Iterator[HearingFacts]:
        for number in range(1000):
            yield HearingFacts(
                court=COURT,
                department=DEPARTMENTS[number % len(DEPARTMENTS)],
                hearing_on=HEARING_DAYS[number % len(HEARING_DAYS)],
                time=time(8, 30) if number % 2 else time(13, 30),
            )

    def _document_number(self, agency: Agency) -> str:
        self.numbers[agency] = self.numbers.get(agency, 0) + 1
        return f"{PREFIX[agency]}-2021-{self.numbers[agency]:04d}"

    def _recorder(self, agency: Agency) -> Actor:
        return self.people.actor(RECORDER[agency])

    def _officer(self, agency: Agency) -> Officer:
        return Officer(user=self.people.users[OFFICER[agency]])

    def _person(self, on: date) -> PersonFacts:
        self.subjects_count += 1
        return PersonFacts(
            basis=IdentificationBasis.DOCUMENT,
            age_band=AgeBand.ADULT,
            identified_on=on,
            title=f"Subject {self.subjects_count:03d}",
        )

    def _document(self, night: Night, number: str, kind: str, at: datetime) -> Item:
        """Keep a record's paper as an item of evidence, under its own SHA-256."""
        by = self.people.actor(f"custodian.{SHORT[night.lead.short_name]}")
        said = (
            DEMONSTRATION_NOTE,
            "",
            f"{kind} {number}",
            night.lead.name,
            night.place_words,
            f"{at:%B %d, %Y, %H:%M}",
        )
        content = "".join(f"{line}\n" for line in said).encode()
        upload = keep_file(
            by=by,
            owner=self.people.of(night.lead),
            source=io.BytesIO(content),
            facts=UploadFacts(file_name=f"{number}.txt", size_bytes=len(content)),
        )
        return log_item(
            by=by,
            owner=self.people.of(night.lead),
            upload=upload,
            operation=self.records.operations[night.number],
            facts=ItemFacts(at + timedelta(hours=12), from_words="the officer who made it", description=kind),
        )

    def _citations(self, night: Night) -> None:
        by = self._recorder(night.lead)
        answers = [one for one in self.phones.answers if one.ad == night.number and one.is_cited]
        responses: list[Response | None] = [find_response(by, self.records, one) for one in answers]
        responses += [None] * (night.citations_count - len(responses))
        step = (night.ended_at - night.began_at) / (night.citations_count + 1)
        for position, response in enumerate(responses, start=1):
            at = (night.began_at + step * position).replace(second=0, microsecond=0)
            self._citation(night, at, response)

    def _citation(self, night: Night, at: datetime, response: Response | None) -> None:
        number = self._document_number(night.lead)
        record_citation(
            by=self._recorder(night.lead),
            credited=self.people.of(night.lead),
            operation=self.records.operations[night.number],
            facts=StopFacts(
                document_number=number,
                codes=(SOLICITING,),
                occurred_at=at,
                place_words=night.place_words,
                officer=self._officer(night.lead),
                person=self._person(night.night_on),
                response=response,
                document=self._document(night, number, "Citation", at),
                rights_explained=Answer.YES,
                is_actual_minor=False,
                is_portrayed_as_minor=False,
                hearing=next(self.hearings),
            ),
        )

    def _arrest(self, night: Night, code: str, met: Encounter | None = None) -> Arrest:
        number, at = self._document_number(night.lead), night.began_at + timedelta(hours=2, minutes=10)
        return record_arrest(
            by=self._recorder(night.lead),
            credited=self.people.of(night.lead),
            operation=self.records.operations[night.number],
            facts=StopFacts(
                document_number=number,
                codes=(code,),
                occurred_at=at,
                place_words=night.place_words,
                officer=self._officer(night.lead),
                person=self._person(night.night_on),
                encounter=met,
                document=self._document(night, number, "Arrest report", at),
                rights_explained=Answer.YES,
            ),
        )

    def _investigation(self, night: Night) -> Investigation:
        return open_investigation(
            by=self._recorder(night.lead),
            credited=self.people.of(night.lead),
            operation=self.records.operations[night.number],
            facts=InvestigationFacts(
                codes=(PIMPING, PANDERING),
                opened_on=night.night_on,
                officer=self._officer(night.lead),
                document_number=self._document_number(night.lead),
                place_words=night.place_words,
            ),
        )

    def _pandering(self, night: Night) -> None:
        """Write the first investigation, and the charge that came of it."""
        investigation = self._investigation(night)
        person = identify_subject(
            by=self._recorder(night.lead),
            credited=self.people.of(night.lead),
            facts=self._person(night.night_on),
            operation=self.records.operations[night.number],
        )
        matter = submit_matter(
            by=self._recorder(night.lead), source=investigation, person=person, facts=SubmitFacts(date(2021, 10, 14))
        )
        file_charge(
            by=self.people.actor("prosecutor"),
            matter=matter,
            facts=ChargeFacts(PANDERING, night.night_on, date(2021, 10, 22), case_number="21FE-DEMO-0107"),
        )

    def _trafficking(self, night: Night) -> None:
        """Write the arrest and the charge of trafficking of a minor; a decoy was portrayed as one, no actual minor."""
        arrest = self._arrest(night, TRAFFICKING_OF_A_MINOR)
        matter = submit_matter(by=self._recorder(night.lead), source=arrest, facts=SubmitFacts(date(2021, 10, 18)))
        file_charge(
            by=self.people.actor("prosecutor"),
            matter=matter,
            facts=ChargeFacts(
                TRAFFICKING_OF_A_MINOR,
                night.night_on,
                date(2021, 10, 29),
                case_number="21FE-DEMO-0112",
                is_actual_minor=False,
                is_portrayed_as_minor=True,
            ),
        )


def record_cases(people: People, records: Records, phones: Phones) -> None:
    """Record what the nights led to."""
    Clerk(people, records, phones).write()
