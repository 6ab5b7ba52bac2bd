"""Encounters and matters that were entered in error: void with a reason, and not while something stands on them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hotspots import errors
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Charge, Citation, Encounter, Hearing, Matter
from hotspots.cases.rules.kinds import DeclineReason, HearingOutcome, MatterState, RecordState, VoidReason
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.outcomes import matters_declined, matters_submitted
from tests import build_cases
from tests.cases.test_forms import client_of
from tests.cases.test_matter import file_charge

pytestmark = pytest.mark.django_db(transaction=True)


def void_encounter(met: Encounter, reason: str = "Entered twice") -> Encounter:
    """Void an encounter."""
    return actions.void_encounter(
        by=build_cases.officer(),
        encounter=met,
        facts=actions.VoidEncounterFacts(reason),
        clock=build_cases.later,
    )


def void_matter(matter: Matter, reason: str = "Submitted twice", *, by: str = "officer") -> Matter:
    """Void a matter."""
    return actions.void_matter(
        by=getattr(build_cases, by)(), matter=matter, facts=actions.VoidMatterFacts(reason), clock=build_cases.later
    )


def void_citation(citation: Citation) -> None:
    """Void a citation."""
    facts = actions.VoidFacts(VoidReason.OTHER, "Not his")
    actions.void_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)


def test_a_void_encounter_stays_in_the_record_with_the_reason_and_takes_no_more() -> None:
    met = void_encounter(build_cases.encounter())

    met.refresh_from_db()
    assert (met.state, met.voided_on) == (RecordState.VOIDED, date(2021, 11, 5))
    assert history_of(met.pk)[0].fields == {"state": ("recorded", "voided"), "reason": (None, "Entered twice")}
    with pytest.raises(errors.RuleBroken, match="voided"):
        void_encounter(met)
    with pytest.raises(errors.RuleBroken, match="This encounter is void"):
        build_cases.citation(encounter=met)


def test_an_encounter_is_void_only_once_what_rests_on_it_is() -> None:
    met = build_cases.encounter()
    citation = build_cases.citation(encounter=met)

    with pytest.raises(errors.RuleBroken, match=f"{citation} rests on this encounter. Void that record first"):
        void_encounter(met)
    with pytest.raises(errors.RuleBroken, match="Say why"):
        void_encounter(met, " ")
    void_citation(citation)

    assert void_encounter(met).is_void


def test_the_questions_of_a_person_are_not_taken_from_under_a_citation() -> None:
    person = build_cases.subject()
    met = build_cases.encounter(subject=person)
    citation = build_cases.citation(codes=("PC 647(b)(1)",), subject=person)

    with pytest.raises(errors.RuleBroken, match=f"{citation} rests on this encounter"):
        void_encounter(met)
    met.refresh_from_db()
    assert not met.is_void

    build_cases.encounter(subject=person)
    assert void_encounter(met).is_void


def test_questions_of_a_void_encounter_were_not_asked() -> None:
    person = build_cases.subject()
    void_encounter(build_cases.encounter(subject=person))

    with pytest.raises(errors.RuleBroken, match=r"questions of PC 236\.2 are asked before"):
        build_cases.citation(codes=("PC 647(b)(1)",), subject=person)


def test_a_void_matter_counts_nowhere_and_the_same_may_be_submitted_again() -> None:
    citation = build_cases.citation()
    matter = build_cases.matter(source=citation)
    extent = Extent(matter.campaign, date(2021, 11, 30), build_cases.ZONE)
    assert matters_submitted(extent).count() == 1

    void_matter(matter)

    matter.refresh_from_db()
    assert (matter.state, matter.voided_on) == (MatterState.VOIDED, date(2021, 11, 5))
    assert matters_submitted(extent).count() == 0
    assert history_of(matter.pk)[0].fields == {"state": ("submitted", "voided"), "reason": (None, "Submitted twice")}
    with pytest.raises(errors.RuleBroken, match="voided"):
        file_charge(matter)
    assert build_cases.matter(source=citation).state == MatterState.SUBMITTED


def test_a_matter_is_void_only_once_its_charges_are() -> None:
    matter = build_cases.matter()
    charge = file_charge(matter)

    with pytest.raises(errors.RuleBroken, match=r"Count 1 \(PC .*\) stands in this matter. Void its charges first"):
        void_matter(matter)
    actions.dismiss_charge(
        by=build_cases.prosecutor(),
        charge=charge,
        facts=actions.DismissFacts(date(2021, 11, 1), "No witness"),
        clock=build_cases.later,
    )
    with pytest.raises(errors.RuleBroken, match="Void its charges first"):
        void_matter(matter)
    actions.void_charge(
        by=build_cases.prosecutor(),
        charge=Charge.objects.get(),
        facts=actions.VoidChargeFacts("Wrong person"),
        clock=build_cases.later,
    )

    assert void_matter(Matter.objects.get()).is_void


def test_a_matter_is_void_only_once_its_hearings_are_vacated_and_no_court_hears_it_then() -> None:
    matter = build_cases.matter()
    hearing = actions.schedule_hearing(
        by=build_cases.officer(), record=matter, facts=build_cases.hearing_facts(), clock=build_cases.later
    )
    vacated = actions.OutcomeFacts(HearingOutcome.VACATED)

    with pytest.raises(errors.RuleBroken, match="The hearing on Jan 11, 2022 stands in this matter"):
        void_matter(matter)
    actions.record_hearing_outcome(by=build_cases.prosecutor(), hearing=hearing, facts=vacated, clock=build_cases.later)
    void_matter(matter)

    with pytest.raises(errors.RuleBroken, match="is void: no court hears it"):
        actions.record_hearing_outcome(
            by=build_cases.prosecutor(),
            hearing=Hearing.objects.get(),
            facts=actions.OutcomeFacts(HearingOutcome.CONTINUED),
            clock=build_cases.later,
        )


def test_a_prosecutor_alone_voids_a_matter_that_was_declined() -> None:
    matter = build_cases.matter()
    actions.decline_matter(
        by=build_cases.prosecutor(),
        matter=matter,
        facts=actions.DeclineFacts(date(2021, 10, 20), DeclineReason.INSUFFICIENT_EVIDENCE),
        clock=build_cases.later,
    )

    with pytest.raises(errors.RuleBroken, match="A prosecutor alone"):
        void_matter(matter)
    void_matter(matter, by="prosecutor")

    extent = Extent(matter.campaign, date(2021, 11, 30), build_cases.ZONE)
    assert matters_declined(extent).count() == 0


def test_the_pages_void_an_encounter_and_a_matter() -> None:
    met, matter = build_cases.encounter(), build_cases.matter()
    client = client_of(build_cases.officer())

    for name, record in (("encounter", met), ("matter", matter)):
        page, address = (reverse(f"cases:{one}", args=[record.pk]) for one in (name, f"void_{name}"))
        assert address in client.get(page).content.decode()
        assert client.post(address, {"reason": "Twice"}).status_code == 302
        shown = client.get(page).content.decode()
        assert "Void since" in shown
        assert address not in shown


@pytest.mark.parametrize("model", [Encounter, Matter])
def test_the_database_knows_a_void_record_by_its_day(model: type) -> None:
    build_cases.encounter()
    build_cases.matter()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(state="voided")
