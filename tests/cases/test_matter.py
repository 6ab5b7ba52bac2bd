"""Investigations, matters, charges and hearings."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Charge, Investigation, Matter
from hotspots.cases.rules.kinds import (
    AgeBand,
    ChargeState,
    DeclineReason,
    MatterState,
    StatuteFamily,
    VoidReason,
)
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)

SUBMITTED_ON, DECIDED_ON = date(2021, 10, 12), date(2021, 10, 20)


def investigation(codes: tuple[str, ...] = ("PC 266h(a)", "PC 266i(a)(1)"), **changed) -> Investigation:
    """Open an investigation out of the night."""
    operation = build_cases.operation()
    facts = actions.InvestigationFacts(**({"codes": codes, "opened_on": build_cases.NIGHT_ON} | changed))
    return actions.open_investigation(
        by=build_cases.officer(),
        credited=build.organization(),
        operation=operation,
        facts=facts,
        clock=build_cases.later,
    )


def file_charge(matter: Matter, code: str = "PC 647(b)(2)", *, by: Actor | None = None, **changed) -> Charge:
    """File a charge."""
    return actions.file_charge(
        by=by or build_cases.prosecutor(),
        matter=matter,
        facts=build_cases.charge_facts(code, **changed),
        clock=build_cases.later,
    )


def decline(matter: Matter, *, by: Actor | None = None, on: date = DECIDED_ON) -> Matter:
    """Decline a matter."""
    facts = actions.DeclineFacts(on, DeclineReason.INSUFFICIENT_EVIDENCE, "One message only")
    return actions.decline_matter(
        by=by or build_cases.prosecutor(), matter=matter, facts=facts, clock=build_cases.later
    )


def test_a_matter_is_submitted_once_and_again_after_it_was_declined() -> None:
    citation = build_cases.citation()
    matter = build_cases.matter(source=citation)
    assert (matter.state, matter.subject, matter.source) == (MatterState.SUBMITTED, citation.subject, citation)

    with pytest.raises(errors.RuleBroken, match="submitted already"):
        build_cases.matter(source=citation)
    decline(matter)
    again = build_cases.matter(source=citation)
    assert again.pk != matter.pk


def test_a_void_citation_is_not_submitted() -> None:
    citation = build_cases.citation()
    actions.void_citation(
        by=build_cases.officer(),
        citation=citation,
        facts=actions.VoidFacts(VoidReason.OTHER, "x"),
        clock=build_cases.later,
    )

    with pytest.raises(errors.RuleBroken, match="voided"):
        build_cases.matter(source=citation)


def test_a_matter_from_an_investigation_names_its_person() -> None:
    opened, person = investigation(), build_cases.subject()
    said = {"by": build_cases.officer(), "source": opened, "facts": actions.SubmitFacts(SUBMITTED_ON)}

    with pytest.raises(errors.RuleBroken) as refusal:
        actions.submit_matter(**said, clock=build_cases.later)
    assert refusal.value.field == "person"
    matter = actions.submit_matter(**said, person=person, clock=build_cases.later)
    assert matter.investigation == opened


@pytest.mark.parametrize("on", [date(2021, 10, 5), date(2021, 11, 6)])
def test_a_matter_is_submitted_between_the_offense_and_today(on: date) -> None:
    citation = build_cases.citation()

    with pytest.raises(errors.RuleBroken):
        actions.submit_matter(
            by=build_cases.officer(), source=citation, facts=actions.SubmitFacts(on), clock=build_cases.later
        )


def test_a_declined_matter_carries_its_date_reason_and_prosecutor() -> None:
    matter, prosecutor = build_cases.matter(), build_cases.prosecutor()

    decline(matter, by=prosecutor)

    matter.refresh_from_db()
    assert (matter.state, matter.declined_on) == (MatterState.DECLINED, DECIDED_ON)
    assert matter.prosecutor_id == prosecutor.user_id
    assert history_of(matter.pk)[0].fields["reason"] == (None, "insufficient evidence: One message only")
    with pytest.raises(errors.RuleBroken, match="declined"):
        file_charge(matter)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROSECUTOR])
def test_a_prosecutor_alone_declines_and_files(role: Role) -> None:
    matter, someone = build_cases.matter(), build.actor("someone", role)

    for attempt in (decline, file_charge):
        with pytest.raises((errors.NotAllowed, errors.NotFound)):
            attempt(matter, by=someone)


def test_a_filed_charge_is_under_the_law_of_the_day_and_names_its_side() -> None:
    matter = build_cases.matter()

    charge = file_charge(matter, "PC 236.1(c)(1)", is_actual_minor=True, is_portrayed_as_minor=False)

    matter.refresh_from_db()
    assert (matter.state, matter.filed_on, matter.case_number) == (MatterState.FILED, DECIDED_ON, "21-CR-0099")
    assert (charge.number, charge.side, charge.state) == (1, "exploiter", ChargeState.FILED)
    assert (charge.is_actual_minor, charge.is_portrayed_as_minor) == (True, False)
    assert file_charge(matter, "PC 266i(a)(1)").number == 2


@pytest.mark.parametrize(
    ("code", "changed", "field"),
    [
        ("PC 653.25", {}, "statute"),
        ("PC 647(b)(1)", {}, "encounter"),
        ("PC 647(b)(2)", {"filed_on": date(2021, 10, 11)}, "filed_on"),
        ("PC 647(b)(2)", {"filed_on": date(2021, 11, 6)}, "filed_on"),
        ("PC 647(b)(2)", {"offense_on": date(2021, 10, 21)}, "offense_on"),
    ],
)
def test_a_charge_that_breaks_a_rule_is_refused_at_its_field(code: str, changed: dict, field: str) -> None:
    matter = build_cases.matter()

    with pytest.raises(errors.RuleBroken) as refusal:
        file_charge(matter, code, **changed)

    assert refusal.value.field == field
    assert not Charge.objects.exists()


def test_no_charge_under_647_b_1_against_a_minor_even_by_a_prosecutor() -> None:
    met = build_cases.encounter()
    citation = build_cases.citation(
        by=build_cases.prosecutor(),
        encounter=met,
        person=build_cases.person(age_band=AgeBand.MINOR),
        officer=actions.Officer(title="Officer 12"),
    )
    matter = build_cases.matter(source=citation)

    with pytest.raises(errors.RuleBroken, match="cannot be a subject"):
        file_charge(matter, "PC 647(b)(1)")
    assert file_charge(matter, "PC 647(b)(2)").pk


def test_an_amended_charge_gives_way_to_what_it_was_amended_into() -> None:
    charge = file_charge(build_cases.matter(), "PC 236.1(c)(1)")

    amended = actions.amend_charge(
        by=build_cases.prosecutor(),
        charge=charge,
        facts=actions.AmendFacts("PC 266i(a)(1)", date(2021, 11, 1), "Plea"),
        clock=build_cases.later,
    )

    charge.refresh_from_db()
    assert (charge.state, charge.amended_on) == (ChargeState.AMENDED, date(2021, 11, 1))
    assert amended.amended_from == charge
    assert list(Charge.objects.filed()) == [amended]
    assert list(Charge.objects.filed(date(2021, 10, 31))) == [charge]
    assert list(Charge.objects.filed(date(2021, 11, 1))) == [amended]
    assert Charge.objects.filed().under(StatuteFamily.PANDERING).count() == 1
    assert history_of(charge.pk)[0].fields["statute"] == ("PC 236.1(c)(1)", "PC 266i(a)(1)")


def test_a_dismissed_charge_was_filed_and_ends() -> None:
    charge = file_charge(build_cases.matter())
    facts = actions.DismissFacts(date(2021, 11, 1), "Interest of justice")

    actions.dismiss_charge(by=build_cases.prosecutor(), charge=charge, facts=facts, clock=build_cases.later)

    charge.refresh_from_db()
    assert charge.state == ChargeState.DISMISSED
    assert Charge.objects.filed().count() == 1
    with pytest.raises(errors.RuleBroken, match="dismissed"):
        actions.dismiss_charge(by=build_cases.prosecutor(), charge=charge, facts=facts, clock=build_cases.later)


def test_once_its_charges_are_dismissed_the_citation_can_be_voided() -> None:
    citation = build_cases.citation()
    charge = file_charge(build_cases.matter(source=citation))
    facts = actions.VoidFacts(VoidReason.PERSON_IS_A_VICTIM, "Screened again")

    with pytest.raises(errors.RuleBroken, match="matter stands"):
        actions.void_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)
    actions.dismiss_charge(
        by=build_cases.prosecutor(),
        charge=charge,
        facts=actions.DismissFacts(date(2021, 11, 1), "A victim"),
        clock=build_cases.later,
    )
    actions.void_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)

    assert not type(citation).objects.standing().exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": MatterState.DECLINED},
        {"state": MatterState.FILED},
        {"state": MatterState.DECLINED, "declined_on": DECIDED_ON},
        {"filed_on": DECIDED_ON},
        {"citation": None},
    ],
)
def test_the_database_keeps_a_matter_its_source_and_the_dates_of_its_state(broken: dict) -> None:
    matter = build_cases.matter()

    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(**broken)


@pytest.mark.parametrize("broken", [{"state": ChargeState.DISMISSED}, {"dismissed_on": DECIDED_ON}])
def test_the_database_keeps_the_dates_of_a_charge(broken: dict) -> None:
    charge = file_charge(build_cases.matter())

    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=charge.pk).update(**broken)
