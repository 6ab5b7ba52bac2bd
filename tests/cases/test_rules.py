"""The rules of cases: statutes by date, people, questions, states, courts, documents and nights."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hotspots import errors
from hotspots.cases.rules import courts, dates, documents, people, questions, states, statute_rows, statutes
from hotspots.cases.rules.kinds import (
    AgeBand,
    Answer,
    ChargeState,
    InvestigationState,
    MatterState,
    MinorRule,
    RecordState,
    TreatedAs,
)

ZONE = ZoneInfo("America/Los_Angeles")
NEW_YEAR_EVE, NEW_YEAR = date(2022, 12, 31), date(2023, 1, 1)


def row(code: str, on: date) -> statute_rows.StatuteRow:
    """Give the shipped row in force."""
    return statutes.row_in_force(code, statute_rows.STATUTES, on)


@pytest.mark.parametrize("is_prosecutor", [True, False])
@pytest.mark.parametrize("band", list(AgeBand))
@pytest.mark.parametrize("rule", list(MinorRule))
def test_who_may_be_a_subject_of_what_age(rule: MinorRule, band: AgeBand, is_prosecutor: bool) -> None:
    statute = next(one for one in statute_rows.STATUTES if one.minor_rule is rule)
    refused_by_statute = rule is MinorRule.NEVER and band is not AgeBand.ADULT
    refused_to_officer = band is AgeBand.MINOR and not is_prosecutor

    if refused_by_statute or refused_to_officer:
        with pytest.raises(errors.RuleBroken):
            people.check_may_be_subject(statute, band, is_prosecutor=is_prosecutor)
    else:
        people.check_may_be_subject(statute, band, is_prosecutor=is_prosecutor)


@pytest.mark.parametrize("code", ["PC 647(b)(1)", "PC 653.22"])
def test_a_minor_is_never_a_subject_of_the_sellers_side(code: str) -> None:
    assert all(one.minor_rule is MinorRule.NEVER for one in statute_rows.STATUTES if one.code == code)


def test_the_questions_come_before_647_b_1() -> None:
    seller, buyer = row("PC 647(b)(1)", NEW_YEAR), row("PC 647(b)(2)", NEW_YEAR)

    people.check_questions_asked(seller, has_asked=True)
    people.check_questions_asked(buyer, has_asked=False)
    with pytest.raises(errors.RuleBroken, match=r"seven questions of PC 236\.2"):
        people.check_questions_asked(seller, has_asked=False)


def test_a_victim_is_never_a_subject_and_a_subject_never_a_victim() -> None:
    people.check_not_a_victim(TreatedAs.UNDECIDED)
    people.check_not_a_subject(TreatedAs.VICTIM, is_subject=False)
    with pytest.raises(errors.RuleBroken):
        people.check_not_a_victim(TreatedAs.VICTIM)
    with pytest.raises(errors.RuleBroken):
        people.check_not_a_subject(TreatedAs.VICTIM, is_subject=True)


@pytest.mark.parametrize(
    ("birth_on", "on", "band"),
    [
        (date(2003, 10, 6), date(2021, 10, 6), AgeBand.ADULT),
        (date(2003, 10, 7), date(2021, 10, 6), AgeBand.MINOR),
        (date(2004, 2, 29), date(2022, 2, 28), AgeBand.MINOR),
        (date(2004, 2, 29), date(2022, 3, 1), AgeBand.ADULT),
        (None, date(2021, 10, 6), AgeBand.UNKNOWN),
    ],
)
def test_the_birth_date_decides_the_age_band(birth_on: date | None, on: date, band: AgeBand) -> None:
    assert people.band_on(birth_on, AgeBand.UNKNOWN, on) is band


def test_an_age_that_the_birth_date_contradicts_is_refused() -> None:
    with pytest.raises(errors.RuleBroken, match="under 18"):
        people.check_band_fits(date(2010, 1, 1), AgeBand.ADULT, date(2021, 10, 6))
    with pytest.raises(errors.RuleBroken, match="lies after"):
        people.check_band_fits(date(2022, 1, 1), AgeBand.ADULT, date(2021, 10, 6))


@pytest.mark.parametrize("written", ["José  PÉREZ-Ñandú", "perez nandu, jose", " Nandu Perez Jose "])
def test_names_that_are_written_otherwise_are_the_same(written: str) -> None:
    assert people.normalized_name(written) == "jose nandu perez"


def test_seven_questions_are_asked_together_or_not_at_all() -> None:
    whole = dict.fromkeys(questions.QUESTION_KEYS, Answer.UNKNOWN)
    assert len(questions.QUESTION_KEYS) == 7

    questions.check_all_or_none(whole)
    questions.check_all_or_none({})
    with pytest.raises(errors.RuleBroken):
        questions.check_all_or_none({key: whole[key] for key in questions.QUESTION_KEYS[:6]})
    with pytest.raises(errors.BadInput):
        questions.check_all_or_none({questions.QUESTION_KEYS[0]: "perhaps"})


TABLES = [
    (states.MATTER_TRANSITIONS, MatterState, ("decline_matter", "file_charge", "void_matter")),
    (states.CHARGE_TRANSITIONS, ChargeState, ("amend_charge", "dismiss_charge", "void_charge")),
    (
        states.INVESTIGATION_TRANSITIONS,
        InvestigationState,
        ("close_investigation", "correct_investigation", "submit_matter", "void_investigation"),
    ),
    (states.STOP_TRANSITIONS, RecordState, ("correct", "void", "submit_matter", "schedule_hearing")),
    (states.ENCOUNTER_TRANSITIONS, RecordState, ("correct_encounter", "void_encounter")),
]


@pytest.mark.parametrize(("table", "kinds", "verbs"), TABLES)
def test_a_transition_is_in_the_table_or_refused(table, kinds, verbs) -> None:
    for state in kinds:
        for verb in verbs:
            if states.may(table, state, verb):
                assert states.next_state(table, state, verb) is table[state, verb]
            else:
                with pytest.raises(errors.RuleBroken, match=state.value):
                    states.next_state(table, state, verb)


def test_what_is_declined_dismissed_closed_or_void_is_at_its_end() -> None:
    assert not any(state is MatterState.VOIDED for state, _verb in states.MATTER_TRANSITIONS)
    declined = [verb for state, verb in states.MATTER_TRANSITIONS if state is MatterState.DECLINED]
    assert declined == ["void_matter"]
    assert not any(state is RecordState.VOIDED for state, _verb in states.ENCOUNTER_TRANSITIONS)
    ends = (ChargeState.AMENDED, ChargeState.VOIDED)
    assert not any(state in ends for state, _verb in states.CHARGE_TRANSITIONS)
    assert not any(state is InvestigationState.VOIDED for state, _verb in states.INVESTIGATION_TRANSITIONS)
    assert not any(state is RecordState.VOIDED for state, _verb in states.STOP_TRANSITIONS)


@pytest.mark.parametrize(
    ("on", "word"),
    [
        (date(2022, 1, 17), "Martin Luther King Jr. Day"),
        (date(2022, 2, 11), "Lincoln's Birthday"),
        (date(2021, 10, 11), "Columbus Day"),
        (date(2022, 9, 23), "Native American Day"),
        (date(2022, 6, 20), "Juneteenth"),
        (date(2021, 12, 31), "New Year's Day"),
        (date(2022, 11, 25), "Day after Thanksgiving"),
        (date(2022, 12, 26), "Christmas Day"),
        (date(2022, 1, 15), "Saturday"),
        (date(2022, 1, 16), "Sunday"),
    ],
)
def test_a_hearing_on_a_day_without_court_is_warned_of(on: date, word: str) -> None:
    assert word in courts.hearing_warning(on)


@pytest.mark.parametrize("day", [4, 6, 11, 13, 20, 25])
def test_the_hearing_days_of_january_2022_have_no_warning(day: int) -> None:
    assert courts.hearing_warning(date(2022, 1, day)) == ""


@pytest.mark.parametrize("year", range(2017, 2040))
def test_no_court_holiday_falls_on_a_weekend(year: int) -> None:
    assert all(on.weekday() < 5 and on.year == year for on in courts.court_holidays(year))


@pytest.mark.parametrize(
    ("local", "is_within"),
    [
        (datetime(2021, 10, 5, 23, 59), False),
        (datetime(2021, 10, 6, 0, 0), True),
        (datetime(2021, 10, 7, 1, 30), True),
        (datetime(2021, 10, 7, 11, 59), True),
        (datetime(2021, 10, 7, 12, 0), False),
    ],
)
def test_an_operation_night_ends_at_noon_of_the_next_day(local: datetime, is_within: bool) -> None:
    at = local.replace(tzinfo=ZONE)

    if is_within:
        dates.check_within_night(at, date(2021, 10, 6), ZONE)
    else:
        with pytest.raises(errors.RuleBroken, match="Oct 6, 2021"):
            dates.check_within_night(at, date(2021, 10, 6), ZONE)


def test_the_offense_date_is_the_countys_day_and_not_the_night() -> None:
    after_midnight = datetime(2021, 10, 7, 8, 30, tzinfo=UTC)

    assert dates.local_day(after_midnight, ZONE) == date(2021, 10, 7)
    assert dates.local_day(datetime(2021, 10, 7, 6, 59, tzinfo=UTC), ZONE) == date(2021, 10, 6)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(errors.RuleBroken, match="no 02:30"):
        dates.moment_of(date(2022, 3, 13), time(2, 30), ZONE)

    assert dates.moment_of(date(2022, 1, 11), time(8, 30), ZONE) == datetime(2022, 1, 11, 16, 30, tzinfo=UTC)


def test_the_future_and_a_wrong_order_are_refused() -> None:
    now = datetime(2021, 10, 6, tzinfo=UTC)

    dates.check_not_in_future(now, now, field="occurred_at")
    dates.check_day_not_in_future(date(2021, 10, 6), date(2021, 10, 6), field="on")
    dates.check_order(date(2021, 10, 6), date(2021, 10, 6), field="on", sentence="")
    with pytest.raises(errors.RuleBroken):
        dates.check_not_in_future(datetime(2021, 10, 6, 0, 0, 1, tzinfo=UTC), now, field="occurred_at")
    with pytest.raises(errors.RuleBroken):
        dates.check_day_not_in_future(date(2021, 10, 7), date(2021, 10, 6), field="on")
    with pytest.raises(errors.RuleBroken, match="too early"):
        dates.check_order(date(2021, 10, 7), date(2021, 10, 6), field="on", sentence="too early")


@pytest.mark.parametrize(("written", "kept"), [(" lp-21-00418 ", "LP-21-00418"), ("a  12/3", "A 12/3")])
def test_a_document_number_is_kept_in_one_form(written: str, kept: str) -> None:
    assert documents.document_number_of(written) == kept


@pytest.mark.parametrize("written", ["", "  ", "-12", "12;DROP", "é12", "9" * 41])
def test_what_is_no_document_number_is_refused(written: str) -> None:
    with pytest.raises(errors.RuleBroken):
        documents.document_number_of(written)


@pytest.mark.parametrize("codes", [(), ("PC 1", "PC 1")])
def test_a_record_has_statutes_each_once(codes: tuple[str, ...]) -> None:
    with pytest.raises(errors.RuleBroken):
        documents.check_codes(codes)


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_a_reason_is_given_and_short(words: str) -> None:
    with pytest.raises(errors.RuleBroken):
        documents.check_reason(words)
