"""Citations and arrests: recorded under the law of the day, corrected with a history, void and then counted nowhere."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from hotspots import errors
from hotspots.access.rules import Role, Scope
from hotspots.audit.models import Entry
from hotspots.cases import actions
from hotspots.cases.models import Arrest, Citation, Hearing, Subject
from hotspots.cases.rules.kinds import AgeBand, Answer, StatuteFamily, TreatedAs, VoidReason
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)


def corrected(citation: Citation, *, reason: str = "Misread", **changed) -> Citation:
    """Correct a citation."""
    return actions.correct_citation(
        by=build_cases.officer(),
        citation=citation,
        facts=actions.StopCorrection(reason, build_cases.stop_facts(**changed)),
        clock=build_cases.later,
    )


def void(citation: Citation, words: str = "Written twice") -> Citation:
    """Void a citation."""
    facts = actions.VoidFacts(VoidReason.ENTERED_TWICE, words)
    return actions.void_citation(by=build_cases.officer(), citation=citation, facts=facts, clock=build_cases.later)


def test_an_officer_records_a_citation_for_the_own_agency() -> None:
    officer = build_cases.officer()

    citation = build_cases.citation(by=officer, hearing=build_cases.hearing_facts(), rights_explained=Answer.YES)

    assert citation.reference.startswith("C-")
    assert citation.credited == build.organization()
    assert (citation.officer_id, citation.officer_title) == (officer.user_id, "Officer 12")
    assert (citation.night_on, citation.campaign.key) == (build_cases.NIGHT_ON, "hot-spots-2021")
    assert [count.statute.code for count in citation.counts.all()] == ["PC 647(b)(2)"]
    assert (citation.subject.age_band, citation.rights_explained) == (AgeBand.UNKNOWN, Answer.YES)
    assert Hearing.objects.get().starts_at == datetime(2022, 1, 11, 16, 30, tzinfo=UTC)
    assert [entry.action for entry in Entry.objects.order_by("seq")][-3:] == [
        "cases.identify_subject",
        "cases.schedule_hearing",
        "cases.record_citation",
    ]


def test_a_coordinator_records_for_another_agency_and_owns_the_record() -> None:
    citation = build_cases.citation(by=build_cases.coordinator(), officer=actions.Officer(title="Officer 12"))

    assert citation.owner == build_cases.office()
    assert citation.credited == build.organization()
    assert Citation.objects.visible_to(build_cases.officer()).count() == 1


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in (Role.OFFICER, Role.OPERATION_LEAD, Role.COORDINATOR, Role.PROSECUTOR)],
)
def test_nobody_else_records_a_citation(role: Role) -> None:
    operation = build_cases.operation()
    someone = build.actor("someone", role)

    with pytest.raises((errors.NotAllowed, errors.NotFound)):
        actions.record_citation(
            by=someone, credited=build.organization(), operation=operation, facts=build_cases.stop_facts()
        )


def test_an_officer_does_not_record_for_another_agency() -> None:
    operation = build_cases.operation(partners=(build_cases.sheriff(),))

    with pytest.raises(errors.NotAllowed):
        actions.record_citation(
            by=build_cases.officer(),
            credited=build_cases.sheriff(),
            operation=operation,
            facts=build_cases.stop_facts(),
        )


def test_an_agency_that_takes_no_part_is_not_credited() -> None:
    operation = build_cases.operation()

    with pytest.raises(errors.RuleBroken, match="takes no part"):
        actions.record_citation(
            by=build_cases.coordinator(),
            credited=build_cases.sheriff(),
            operation=operation,
            facts=build_cases.stop_facts(officer=actions.Officer(title="Officer 3")),
        )


def test_a_citation_belongs_to_a_campaign() -> None:
    build_cases.operation()

    with pytest.raises(errors.RuleBroken, match="campaign"):
        actions.record_citation(by=build_cases.officer(), credited=build.organization(), facts=build_cases.stop_facts())


def test_a_citation_without_an_operation_has_the_local_day_as_its_night() -> None:
    build_cases.operation()

    citation = actions.record_citation(
        by=build_cases.officer(),
        credited=build.organization(),
        campaign=build_cases.campaign(),
        facts=build_cases.stop_facts(occurred_at=datetime(2021, 10, 9, 5, tzinfo=UTC)),
        clock=build_cases.later,
    )

    assert citation.night_on == date(2021, 10, 8)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"codes": ("PC 653.25",)}, "statute"),
        ({"codes": ()}, "statute"),
        ({"codes": ("PC 647(b)(1)",)}, "encounter"),
        ({"document_number": " "}, "document_number"),
        ({"place_words": ""}, "place_words"),
        ({"occurred_at": datetime(2021, 10, 8, 5, tzinfo=UTC)}, "occurred_at"),
        ({"occurred_at": datetime(2031, 10, 8, 5, tzinfo=UTC)}, "occurred_at"),
        ({"hearing": build_cases.hearing_facts(date(2021, 10, 1))}, "hearing_on"),
        ({"hearing": build_cases.hearing_facts(court=" ")}, "court"),
        ({"person": build_cases.person(birth_on=date(2010, 1, 1))}, "age_band"),
    ],
)
def test_a_rule_names_the_field_it_belongs_to_and_nothing_is_kept(changed: dict, field: str) -> None:
    build_cases.operation()

    with pytest.raises(errors.RuleBroken) as refusal:
        build_cases.citation(**changed)

    assert refusal.value.field == field
    assert not Citation.objects.exists()
    assert not Subject.objects.exists()


@pytest.mark.parametrize(
    ("band", "by", "is_recorded"),
    [
        (AgeBand.ADULT, build_cases.officer, True),
        (AgeBand.UNKNOWN, build_cases.officer, True),
        (AgeBand.MINOR, build_cases.officer, False),
        (AgeBand.MINOR, build_cases.coordinator, False),
        (AgeBand.MINOR, build_cases.prosecutor, True),
    ],
)
def test_a_prosecutor_alone_enters_a_minor_under_another_statute(band: AgeBand, by, is_recorded: bool) -> None:
    said = {"person": build_cases.person(age_band=band), "officer": actions.Officer(title="Officer 12")}

    if is_recorded:
        assert build_cases.citation(by=by(), **said).pk
    else:
        with pytest.raises(errors.RuleBroken, match="prosecutor alone"):
            build_cases.citation(by=by(), **said)


@pytest.mark.parametrize("band", [AgeBand.MINOR, AgeBand.UNKNOWN])
def test_not_even_a_prosecutor_enters_a_minor_or_an_unknown_age_under_647_b_1(band: AgeBand) -> None:
    met = build_cases.encounter()

    with pytest.raises(errors.RuleBroken, match=r"cannot be a subject of PC 647\(b\)\(1\)"):
        build_cases.citation(
            by=build_cases.prosecutor(),
            codes=("PC 647(b)(1)",),
            encounter=met,
            person=build_cases.person(age_band=band),
            officer=actions.Officer(title="Officer 12"),
        )


def test_the_birth_date_is_asked_of_the_offense_date_and_not_of_today() -> None:
    met = build_cases.encounter()
    seventeen = build_cases.subject(
        birth_on=date(2003, 10, 8), identified_on=date(2021, 10, 12), age_band=AgeBand.ADULT, name="A Person"
    )

    with pytest.raises(errors.RuleBroken, match="under 18"):
        build_cases.citation(codes=("PC 647(b)(1)",), encounter=met, subject=seventeen)


def test_647_b_1_is_recorded_of_an_adult_once_the_questions_were_asked() -> None:
    met = build_cases.encounter()

    citation = build_cases.citation(codes=("PC 647(b)(1)",), encounter=met, person=build_cases.person())

    assert citation.counts.get().statute.side == "seller"
    with pytest.raises(errors.RuleBroken, match="seven questions"):
        build_cases.citation(
            "LP-2",
            codes=("PC 647(b)(1)",),
            encounter=build_cases.encounter(has_asked=False),
            person=build_cases.person(),
        )


def test_a_person_recorded_as_a_victim_is_never_a_subject() -> None:
    met = build_cases.encounter(treated_as=TreatedAs.VICTIM)

    with pytest.raises(errors.RuleBroken, match="victim"):
        build_cases.citation(encounter=met)


def test_653_22_is_refused_from_2023_on() -> None:
    build_cases.operation()

    with pytest.raises(errors.RuleBroken, match="repealed on January 1, 2023"):
        actions.record_citation(
            by=build_cases.officer(),
            credited=build.organization(),
            campaign=build_cases.campaign(),
            facts=build_cases.stop_facts(codes=("PC 653.22",), occurred_at=datetime(2023, 1, 1, 9, tzinfo=UTC)),
        )


def test_a_document_number_is_used_once_by_an_agency_and_again_by_another() -> None:
    build_cases.operation(partners=(build_cases.sheriff(),))
    build_cases.citation("LP-1")

    with pytest.raises(errors.RuleBroken, match="LP-1 already"):
        build_cases.citation("lp-1")
    other = actions.record_citation(
        by=build_cases.coordinator(),
        credited=build_cases.sheriff(),
        operation=build_cases.operation(),
        facts=build_cases.stop_facts("LP-1", officer=actions.Officer(title="Officer 3")),
    )
    assert other.document_number == "LP-1"


def test_a_request_that_is_sent_twice_is_recorded_once() -> None:
    operation, officer, request_id = build_cases.operation(), build_cases.officer(), uuid.uuid4()

    first, second = (
        actions.record_citation(
            by=officer,
            credited=build.organization(),
            operation=operation,
            facts=build_cases.stop_facts(),
            request_id=request_id,
        )
        for _ in range(2)
    )

    assert first.pk == second.pk
    assert Citation.objects.count() == 1


def test_an_arrest_is_counted_by_family() -> None:
    build_cases.arrest("A-1")
    build_cases.arrest("A-2", codes=("PC 25850(c)(6)", "PC 266i(a)(1)"))

    assert Arrest.objects.under(StatuteFamily.FIREARM).count() == 2
    assert sorted(Arrest.objects.values_list("family", flat=True)) == ["firearm", "pandering"]


def test_who_sees_a_citation() -> None:
    build_cases.operation(partners=(build_cases.sheriff(),))
    build_cases.citation()
    port = build.organization("Port Linden Police Department")
    seen_by = {
        "coordinator": build_cases.coordinator(),
        "prosecutor": build_cases.prosecutor(),
        "auditor": build_cases.auditor(),
        "own officer": build_cases.officer(),
        "partner's custodian": build.actor("custodian", Role.CUSTODIAN, of=build_cases.sheriff()),
    }
    hidden_from = {
        "officer elsewhere": build.actor("elsewhere", Role.OFFICER, of=port),
        "publisher": build.actor("publisher", Role.PUBLISHER, of=build_cases.office()),
        "administrator": build.actor("administrator", Role.ADMINISTRATOR),
        "advocate liaison": build.actor("liaison", Role.ADVOCATE_LIAISON),
        "coalition member": build.actor("member", Role.COALITION_MEMBER),
    }

    for model in (Citation, Subject):
        assert {who for who, actor in seen_by.items() if model.objects.visible_to(actor).count() == 1} == set(seen_by)
        assert {who for who, actor in hidden_from.items() if model.objects.visible_to(actor).exists()} == set()


def test_an_officer_of_one_operation_sees_its_citations_alone() -> None:
    operation = build_cases.operation()
    build_cases.citation()
    guest = build.user("guest", of=build.organization("Port Linden Police Department"))
    build.grant(guest, Role.OFFICER, scope=Scope.OPERATION, scope_id=operation.pk)

    assert Citation.objects.visible_to(build.actor_of(guest)).count() == 1
