"""The measures of citations, arrests, investigations, charges and matters give known answers."""

from __future__ import annotations

from datetime import date

import pytest

from hotspots.access.rules import RestrictionKind
from hotspots.results.measures import measure_of
from tests import build_results as build
from tests.build_results import World, local
from tests.results.counting import parts, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    """Give a campaign of October 2021."""
    return build.world()


def test_citations_for_soliciting_count_documents_and_not_counts(here: World) -> None:
    build.citation(here)
    build.citation(here, "PC 647(b)(2)", "PC 25850(c)(6)")
    build.citation(here, "PC 25850(c)(6)")
    build.citation(here, "PC 647(b)(1)")

    assert value(here, "citations_for_soliciting") == 2
    assert value(here, "seller_side_arrests") == 1


def test_a_void_citation_does_not_count_even_if_it_was_voided_later(here: World) -> None:
    build.citation(here)
    build.citation(here, state="voided", void_reason="entered_twice", voided_on=date(2021, 12, 1))

    assert value(here, "citations_for_soliciting") == 1


def test_a_citation_of_a_referred_contact_point_is_in_no_total(here: World) -> None:
    contact = build.contact_point()
    build.citation(here, subject=build.subject(here, contact=contact))
    build.restrict(contact)

    assert value(here, "citations_for_soliciting") == 0


def test_a_sealed_citation_is_in_no_total(here: World) -> None:
    build.restrict(build.citation(here), RestrictionKind.SEALED)

    assert value(here, "citations_for_soliciting") == 0


def test_a_night_that_crosses_midnight_is_one_night(here: World) -> None:
    build.citation(here, night_on=date(2021, 10, 31), occurred_at=local(11, 1, 1))
    build.citation(here, night_on=date(2021, 11, 1), occurred_at=local(11, 1, 22))

    assert value(here, "citations_for_soliciting") == 1
    assert value(here, "citations_for_soliciting", data_as_of_on=date(2021, 10, 31)) == 0


def test_citations_are_shown_by_the_month_of_their_first_hearing(here: World) -> None:
    first, second = build.citation(here), build.citation(here)
    build.citation(here)
    build.hearing(first, date(2022, 1, 4))
    build.hearing(first, date(2022, 2, 8))
    build.hearing(second, date(2022, 1, 25))

    assert parts(here, "citations_for_soliciting") == {"hearings.2022-01": 2, "hearings.none": 1}


def test_persons_charged_are_persons_and_not_charges(here: World) -> None:
    filed = build.matter(here, build.arrest(here, "PC 266i(a)(1)"))
    build.charge(filed, "PC 266i(a)(1)")
    build.charge(filed, "PC 266i(a)(1)")
    build.charge(filed, "PC 236.1(c)(1)")

    assert value(here, "persons_charged.pandering") == 1
    assert value(here, "persons_charged.trafficking_of_a_minor") == 1
    assert value(here, "persons_charged.pimping") == 0
    assert parts(here, "persons_charged.pandering") == {"charges": 2}


def test_a_charge_counts_from_the_day_it_was_filed(here: World) -> None:
    filed = build.matter(here, build.arrest(here, "PC 266i(a)(1)"))
    build.charge(filed, "PC 266i(a)(1)", filed_on=date(2021, 11, 6))

    assert value(here, "persons_charged.pandering") == 0
    assert value(here, "persons_charged.pandering", data_as_of_on=date(2021, 11, 6)) == 1


def test_an_amended_charge_counts_as_what_it_was_amended_into(here: World) -> None:
    filed = build.matter(here, build.arrest(here, "PC 266i(a)(1)"))
    old = build.charge(filed, "PC 266i(a)(1)", state="amended", amended_on=date(2021, 11, 4))
    build.charge(filed, "PC 266h(a)", filed_on=date(2021, 11, 4), amended_from=old)

    assert value(here, "persons_charged.pandering") == 0
    assert value(here, "persons_charged.pimping") == 1
    assert value(here, "persons_charged.pandering", data_as_of_on=date(2021, 11, 3)) == 1


def test_a_charge_that_was_dismissed_was_filed(here: World) -> None:
    filed = build.matter(here, build.arrest(here, "PC 266i(a)(1)"))
    build.charge(filed, "PC 266i(a)(1)", state="dismissed", dismissed_on=date(2021, 11, 2))

    assert value(here, "persons_charged.pandering") == 1


def test_an_arrest_without_a_filed_charge_charges_nobody(here: World) -> None:
    build.matter(here, build.arrest(here, "PC 266i(a)(1)"), state="submitted", filed_on=None)

    assert value(here, "persons_charged.pandering") == 0
    assert value(here, "arrests.pimping_and_pandering") == 1


def test_investigations_count_once_whatever_they_are_into(here: World) -> None:
    build.investigation(here)
    build.investigation(here, "PC 266h(a)")
    build.investigation(here, "PC 236.1(c)(1)")
    build.investigation(here, opened_on=date(2021, 11, 1), night_on=date(2021, 11, 1))

    assert value(here, "investigations_opened.pimping_and_pandering") == 2
    assert value(here, "investigations_opened.trafficking") == 1


def test_an_investigation_that_was_closed_was_opened(here: World) -> None:
    build.investigation(here, state="closed", closed_on=date(2021, 10, 30))

    assert value(here, "investigations_opened.pimping_and_pandering") == 1
    assert parts(here, "investigations_opened.pimping_and_pandering") == {"open": 0, "closed": 1}


def test_arrests_for_a_firearm_are_counted_apart(here: World) -> None:
    build.arrest(here)
    build.arrest(here, "PC 266i(a)(1)", "PC 25850(c)(6)")
    build.arrest(here, state="voided", void_reason="issued_in_error", voided_on=date(2021, 10, 9))

    assert value(here, "arrests.firearm") == 2
    assert value(here, "arrests.pimping_and_pandering") == 1


def test_the_seller_side_counts_a_person_once(here: World) -> None:
    person = build.subject(here)
    build.citation(here, "PC 647(b)(1)", subject=person)
    build.arrest(here, "PC 647(b)(1)", subject=person)

    assert value(here, "seller_side_arrests") == 1
    assert measure_of("seller_side_arrests").is_protected


def test_outcomes_say_out_of_how_many(here: World) -> None:
    build.matter(here, build.arrest(here))
    declined = {"state": "declined", "filed_on": None, "declined_on": date(2021, 10, 25)}
    build.matter(here, build.arrest(here), **declined, decline_reason="insufficient_evidence")
    build.matter(here, build.arrest(here), state="submitted", filed_on=None)

    assert value(here, "outcomes.submitted") == 3
    assert value(here, "outcomes.filed") == 1
    assert parts(here, "outcomes.declined") == {"submitted": 3, "declined.insufficient_evidence": 1}
    assert parts(here, "outcomes.submitted") == {"filed": 1, "declined": 1, "waiting": 1}
