"""Investigations and charges that were entered in error, and matters that two people submit at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Charge, Investigation, Matter
from hotspots.cases.rules.kinds import ChargeState, InvestigationState, MatterState
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.investigations_opened import investigations_in
from tests import build, build_cases
from tests.cases.test_forms import client_of
from tests.cases.test_matter import file_charge, investigation

pytestmark = pytest.mark.django_db(transaction=True)


def void_investigation(opened: Investigation, reason: str = "Opened twice") -> Investigation:
    """Void an investigation."""
    return actions.void_investigation(
        by=build_cases.officer(),
        investigation=opened,
        facts=actions.VoidInvestigationFacts(reason),
        clock=build_cases.later,
    )


def void_charge(charge: Charge, reason: str = "Entered for the wrong person") -> Charge:
    """Void a charge."""
    return actions.void_charge(
        by=build_cases.prosecutor(), charge=charge, facts=actions.VoidChargeFacts(reason), clock=build_cases.later
    )


def amend(charge: Charge, code: str = "PC 266i(a)(1)") -> Charge:
    """Amend a charge into another."""
    facts = actions.AmendFacts(code, date(2021, 11, 1), "Plea")
    return actions.amend_charge(by=build_cases.prosecutor(), charge=charge, facts=facts, clock=build_cases.later)


def test_a_void_investigation_stays_in_the_record_and_counts_nowhere() -> None:
    opened = investigation()
    extent = Extent(opened.campaign, date(2021, 11, 30), build_cases.ZONE)
    assert investigations_in(extent, "pimping").count() == 1

    void_investigation(opened)

    opened.refresh_from_db()
    assert (opened.state, opened.voided_on) == (InvestigationState.VOIDED, date(2021, 11, 5))
    assert investigations_in(extent, "pimping").count() == 0
    assert history_of(opened.pk)[0].fields == {"state": ("open", "voided"), "reason": (None, "Opened twice")}
    with pytest.raises(errors.RuleBroken, match="voided"):
        void_investigation(opened)


def test_an_investigation_is_not_void_without_a_reason_or_while_a_matter_stands_on_it() -> None:
    opened = investigation()
    with pytest.raises(errors.RuleBroken) as refusal:
        void_investigation(opened, "")
    assert refusal.value.field == "reason"

    actions.submit_matter(
        by=build_cases.officer(),
        source=opened,
        person=build_cases.subject(),
        facts=actions.SubmitFacts(date(2021, 10, 12)),
        clock=build_cases.later,
    )
    with pytest.raises(errors.RuleBroken, match="matter stands"):
        void_investigation(opened)


def test_nothing_is_submitted_from_a_void_investigation() -> None:
    opened = void_investigation(investigation())

    with pytest.raises(errors.RuleBroken, match="voided"):
        actions.submit_matter(
            by=build_cases.officer(),
            source=opened,
            person=build_cases.subject(),
            facts=actions.SubmitFacts(date(2021, 10, 12)),
            clock=build_cases.later,
        )


def test_a_corrected_investigation_keeps_what_it_said_before() -> None:
    opened = investigation()
    said = actions.InvestigationFacts(("PC 266h(a)",), date(2021, 10, 8), document_number="n-7")

    actions.correct_investigation(
        by=build_cases.officer(),
        investigation=opened,
        facts=actions.InvestigationCorrection("Misread", said),
        clock=build_cases.later,
    )

    opened.refresh_from_db()
    fields = history_of(opened.pk)[0].fields
    assert (opened.opened_on, opened.night_on, opened.document_number) == (
        date(2021, 10, 8),
        build_cases.NIGHT_ON,
        "N-7",
    )
    assert fields["statutes"] == ("PC 266h(a), PC 266i(a)(1)", "PC 266h(a)")
    assert fields["reason"] == (None, "Misread")


def test_a_void_charge_was_never_filed_and_its_matter_waits_again() -> None:
    charge = file_charge(build_cases.matter())

    void_charge(charge)

    charge.refresh_from_db()
    matter = Matter.objects.get()
    assert (charge.state, charge.voided_on) == (ChargeState.VOIDED, date(2021, 11, 5))
    assert not Charge.objects.filed().exists()
    assert not Charge.objects.filed(date(2021, 12, 1)).exists()
    assert (matter.state, matter.filed_on) == (MatterState.SUBMITTED, None)
    assert file_charge(matter).number == 2


def test_a_matter_keeps_its_other_charges_when_one_is_void() -> None:
    matter = build_cases.matter()
    wrong = file_charge(matter)
    file_charge(matter, "PC 647(b)(3)", filed_on=date(2021, 10, 25))

    void_charge(wrong)

    matter.refresh_from_db()
    assert (matter.state, matter.filed_on) == (MatterState.FILED, date(2021, 10, 25))


def test_to_void_an_amendment_lets_the_charge_stand_that_was_amended() -> None:
    charge = file_charge(build_cases.matter(), "PC 236.1(c)(1)")

    void_charge(amend(charge))

    charge.refresh_from_db()
    assert (charge.state, charge.amended_on) == (ChargeState.FILED, None)
    assert list(Charge.objects.filed()) == [charge]
    assert amend(charge).amended_from == charge


def test_an_amended_charge_is_not_void_before_what_it_was_amended_into() -> None:
    charge = file_charge(build_cases.matter(), "PC 236.1(c)(1)")
    amend(charge)

    with pytest.raises(errors.RuleBroken, match="amended"):
        void_charge(charge)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROSECUTOR])
def test_a_prosecutor_alone_voids_a_charge(role: Role) -> None:
    charge, someone = file_charge(build_cases.matter()), build.actor("someone", role)

    with pytest.raises((errors.NotAllowed, errors.NotFound)):
        actions.void_charge(by=someone, charge=charge, facts=actions.VoidChargeFacts("x"))


def test_the_pages_void_what_was_entered_in_error() -> None:
    opened, charge = investigation(), file_charge(build_cases.matter())
    client = client_of(build_cases.prosecutor())
    page = reverse("cases:investigation", args=[opened.pk])
    corrected = {"statute": ["PC 266h(a)"], "opened_on": "2021-10-07", "officer_title": "Officer 12", "reason": "Day"}

    assert client.post(reverse("cases:correct_investigation", args=[opened.pk]), corrected).status_code == 302
    assert client.post(reverse("cases:void_investigation", args=[opened.pk]), {"reason": "Twice"}).status_code == 302
    assert client.post(reverse("cases:void_charge", args=[charge.pk]), {"reason": "Wrong"}).status_code == 302

    assert "Void since" in client.get(page).content.decode()
    assert reverse("cases:void_investigation", args=[opened.pk]) not in client.get(page).content.decode()
    assert "Void" in client.get(reverse("cases:matter", args=[charge.matter_id])).content.decode()
    opened.refresh_from_db()
    assert (opened.opened_on, opened.officer_id) == (date(2021, 10, 7), build_cases.officer().user_id)


def test_the_database_keeps_one_open_matter_of_a_source_and_a_person() -> None:
    matter = build_cases.matter()
    matter.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        matter.save(force_insert=True)
