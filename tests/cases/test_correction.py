"""Citations and arrests are corrected with a history, and void they count nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hotspots import errors
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Arrest, Citation, Hearing
from hotspots.cases.rules.kinds import RecordState, StatuteFamily, VoidReason
from tests import build_cases

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


def test_a_number_is_free_again_once_its_citation_is_void() -> None:
    void(build_cases.citation("LP-1"))

    assert build_cases.citation("LP-1").pk


def test_a_correction_keeps_what_was_said_before_and_why() -> None:
    citation = build_cases.citation("LP-1")

    corrected(citation, document_number="LP-2", codes=("PC 647(b)(3)",), is_portrayed_as_minor=True)

    citation.refresh_from_db()
    assert citation.document_number == "LP-2"
    newest = history_of(citation.pk)[0]
    assert newest.fields == {
        "document_number": ("LP-1", "LP-2"),
        "statutes": ("PC 647(b)(2)", "PC 647(b)(3)"),
        "is_portrayed_as_minor": ("", "yes"),
        "reason": (None, "Misread"),
    }
    assert (citation.is_actual_minor, citation.is_portrayed_as_minor) == (None, True)


def test_a_correction_says_why_and_changes_something() -> None:
    citation = build_cases.citation("LP-1")

    with pytest.raises(errors.RuleBroken, match="Say why"):
        corrected(citation, reason=" ", document_number="LP-2")
    with pytest.raises(errors.RuleBroken, match="Nothing was changed"):
        corrected(citation, document_number="LP-1")
    assert Citation.objects.get().document_number == "LP-1"


def test_a_correction_cannot_bring_in_what_recording_refuses() -> None:
    citation = build_cases.citation("LP-1")

    with pytest.raises(errors.RuleBroken, match=r"PC 653\.25 took effect"):
        corrected(citation, document_number="LP-1", codes=("PC 653.25",))


def test_a_void_citation_stays_says_why_and_counts_nowhere() -> None:
    citation = build_cases.citation("LP-1", hearing=build_cases.hearing_facts())
    build_cases.citation("LP-2")

    void(citation)

    assert Citation.objects.count() == 2
    assert [row.document_number for row in Citation.objects.standing()] == ["LP-2"]
    assert Citation.objects.standing(date(2021, 11, 4)).count() == 2
    assert Hearing.objects.standing().count() == 0
    assert history_of(citation.pk)[0].fields["reason"] == (None, "entered twice: Written twice")
    assert "Written twice" not in "".join(Entry.objects.values_list("body", flat=True))


def test_a_void_citation_is_neither_corrected_nor_voided_again() -> None:
    citation = void(build_cases.citation("LP-1"))

    for attempt in (lambda: corrected(citation, document_number="LP-2"), lambda: void(citation)):
        with pytest.raises(errors.RuleBroken, match="voided"):
            attempt()


def test_what_a_matter_stands_on_is_not_voided() -> None:
    citation = build_cases.citation("LP-1")
    build_cases.matter(source=citation)

    with pytest.raises(errors.RuleBroken, match="A matter stands on this citation"):
        void(citation)


def test_an_arrest_is_corrected_and_voided() -> None:
    arrest = build_cases.arrest("A-1")
    officer = build_cases.officer()

    actions.correct_arrest(
        by=officer,
        arrest=arrest,
        facts=actions.StopCorrection("Wrong paragraph", build_cases.stop_facts("A-1", codes=("PC 266h(a)",))),
        clock=build_cases.later,
    )
    arrest.refresh_from_db()
    assert arrest.family == StatuteFamily.PIMPING

    actions.void_arrest(
        by=officer, arrest=arrest, facts=actions.VoidFacts(VoidReason.OTHER, "No arrest"), clock=build_cases.later
    )
    assert not Arrest.objects.standing().exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": RecordState.VOIDED},
        {"void_reason": VoidReason.OTHER},
        {"voided_on": date(2021, 11, 1)},
        {"state": RecordState.VOIDED, "void_reason": VoidReason.OTHER},
    ],
)
def test_the_database_keeps_void_and_standing_apart(broken: dict) -> None:
    citation = build_cases.citation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(**broken)
