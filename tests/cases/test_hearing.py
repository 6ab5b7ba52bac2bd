"""Investigations are opened and closed; hearings scheduled, corrected and held."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Hearing, Investigation, Matter
from hotspots.cases.rules.courts import check_hearing_in_reach, hearing_warning
from hotspots.cases.rules.kinds import (
    DeclineReason,
    HearingOutcome,
    InvestigationState,
    StatuteFamily,
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


def decline(matter: Matter, *, by: Actor | None = None, on: date = DECIDED_ON) -> Matter:
    """Decline a matter."""
    facts = actions.DeclineFacts(on, DeclineReason.INSUFFICIENT_EVIDENCE, "One message only")
    return actions.decline_matter(
        by=by or build_cases.prosecutor(), matter=matter, facts=facts, clock=build_cases.later
    )


def test_an_investigation_is_opened_under_statutes_and_closed_with_a_reason() -> None:
    opened = investigation()

    assert opened.reference.startswith("N-")
    assert Investigation.objects.under(StatuteFamily.PIMPING, StatuteFamily.PANDERING).count() == 1
    assert not Investigation.objects.under(StatuteFamily.TRAFFICKING).exists()

    actions.close_investigation(
        by=build_cases.officer(),
        investigation=opened,
        facts=actions.CloseFacts(date(2021, 10, 30), "Joined with another"),
        clock=build_cases.later,
    )
    opened.refresh_from_db()
    assert (opened.state, opened.closed_on) == (InvestigationState.CLOSED, date(2021, 10, 30))
    assert history_of(opened.pk)[0].fields["reason"] == (None, "Joined with another")


@pytest.mark.parametrize("opened_on", [date(2021, 10, 5), date(2021, 11, 6)])
def test_an_investigation_is_opened_on_a_day_from_the_night_to_today(opened_on: date) -> None:
    with pytest.raises(errors.RuleBroken):
        investigation(opened_on=opened_on)


def test_an_investigation_is_not_closed_before_it_was_opened() -> None:
    opened = investigation()

    with pytest.raises(errors.RuleBroken, match="before it was opened"):
        actions.close_investigation(
            by=build_cases.officer(),
            investigation=opened,
            facts=actions.CloseFacts(date(2021, 10, 5), "x"),
            clock=build_cases.later,
        )


def test_a_hearing_is_corrected_with_a_reason_and_its_outcome_recorded() -> None:
    citation = build_cases.citation(hearing=build_cases.hearing_facts())
    hearing = Hearing.objects.get()

    actions.correct_hearing(
        by=build_cases.coordinator(),
        hearing=hearing,
        facts=actions.HearingCorrection("Moved", build_cases.hearing_facts(date(2022, 1, 13), time=time(13, 30))),
    )
    hearing.refresh_from_db()
    assert hearing.starts_at == datetime(2022, 1, 13, 21, 30, tzinfo=UTC)
    assert history_of(hearing.pk)[0].fields["starts_at"] == ("2022-01-11 08:30", "2022-01-13 13:30")
    assert hearing.of_record == citation

    outcome = {"hearing": hearing, "facts": actions.OutcomeFacts(HearingOutcome.HELD)}
    with pytest.raises(errors.RuleBroken, match="not begun"):
        actions.record_hearing_outcome(by=build_cases.coordinator(), **outcome, clock=build_cases.later)
    actions.record_hearing_outcome(by=build_cases.coordinator(), **outcome)
    hearing.refresh_from_db()
    assert hearing.outcome == HearingOutcome.HELD


def test_a_hearing_on_a_court_holiday_is_recorded() -> None:
    build_cases.citation(hearing=build_cases.hearing_facts(date(2022, 1, 17)))

    assert Hearing.objects.get().hearing_on == date(2022, 1, 17)


def test_a_declined_matter_is_not_heard() -> None:
    matter = decline(build_cases.matter())

    with pytest.raises(errors.RuleBroken, match="declined"):
        actions.schedule_hearing(by=build_cases.coordinator(), record=matter, facts=build_cases.hearing_facts())


def test_a_hearing_many_years_away_is_a_mistyped_year() -> None:
    citation = build_cases.citation(hearing=build_cases.hearing_facts())

    for schedule in (
        lambda: actions.schedule_hearing(
            by=build_cases.officer(),
            record=citation,
            facts=build_cases.hearing_facts(date(2050, 1, 11)),
            clock=build_cases.later,
        ),
        lambda: actions.correct_hearing(
            by=build_cases.officer(),
            hearing=Hearing.objects.get(),
            facts=actions.HearingCorrection("Moved", build_cases.hearing_facts(date(2026, 11, 9))),
        ),
    ):
        with pytest.raises(errors.RuleBroken, match="too far away: a hearing here is on Nov 5, 2026 at the latest"):
            schedule()


def test_an_old_citation_that_comes_to_court_late_is_heard_with_a_warning() -> None:
    entered_on, heard_on = date(2029, 2, 1), date(2029, 3, 6)

    check_hearing_in_reach(heard_on, record_on=build_cases.NIGHT_ON, entered_on=entered_on)

    assert hearing_warning(heard_on) == ""
    assert "is more than 5 years after Oct 6, 2021" in hearing_warning(heard_on, build_cases.NIGHT_ON)
    assert hearing_warning(date(2026, 10, 6), build_cases.NIGHT_ON) == ""
