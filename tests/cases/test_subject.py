"""Subjects, encounters and statutes: sealed, asked, loaded; no identity stands in any column."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from hotspots import errors
from hotspots.access.models import Restriction
from hotspots.access.rules import RestrictionKind, Role
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.forms.stops import CitationForm
from hotspots.cases.models import Charge, Citation, Encounter, Matter, Statute, Subject
from hotspots.cases.queries.identities import Identity, words_of_encounter
from hotspots.cases.rules.kinds import AgeBand, Answer, TreatedAs
from hotspots.cases.rules.questions import QUESTION_KEYS
from hotspots.cases.rules.statute_rows import STATUTES
from hotspots.keys import actions as keys
from tests import build, build_cases

pytestmark = pytest.mark.django_db(transaction=True)

NAME, WORDS = "Quillon Ostrander", "A scar over the left eyebrow"


def identified(**changed) -> Subject:
    """Identify a person with a name."""
    return build_cases.subject(**({"name": NAME, "birth_on": date(1980, 2, 3), "words": WORDS} | changed))


def correction(subject: Subject, *, by=None, reason: str = "By the license", **changed) -> Subject:
    """Correct a person."""
    person = {"name": NAME, "birth_on": date(1980, 2, 3), "words": WORDS} | changed
    facts = actions.SubjectCorrection(reason, build_cases.person(**person))
    return actions.correct_subject(
        by=by or build_cases.officer(), subject=subject, facts=facts, clock=build_cases.later
    )


def everything_stored() -> bytes:
    """Read every column of every table of ours as bytes."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [value for row in cursor.fetchall() for value in row]
    return b"\0".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in found)


def test_no_name_birth_date_or_word_of_a_person_stands_in_any_column() -> None:
    subject = identified()
    correction(subject, name="Quillon Ostrander-Vane", words=WORDS + ", and a limp")
    build_cases.encounter(words="Answered for by Quillon Ostrander")

    stored = everything_stored().lower()

    assert subject.reference.encode().lower() in stored
    for secret in (b"quillon", b"ostrander", b"eyebrow", b"1980-02-03", b"answered for"):
        assert secret not in stored


def test_the_identity_opens_for_a_purpose_and_the_opening_is_logged() -> None:
    subject, officer = identified(), build_cases.officer()

    opened = actions.open_subject(by=officer, subject=subject, facts=actions.OpenFacts(actions.OpenPurpose.CHARGING))

    assert opened == Identity(NAME, date(1980, 2, 3), WORDS)
    entry = Entry.objects.get(action="cases.open_subject")
    assert (entry.actor_id, '"purpose":"charging"' in entry.body) == (officer.user_id, True)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PUBLISHER, Role.CUSTODIAN, Role.ADMINISTRATOR])
def test_who_does_not_open_an_identity(role: Role) -> None:
    subject, someone = identified(), build.actor("someone", role)

    with pytest.raises((errors.NotAllowed, errors.NotFound)):
        actions.open_subject(by=someone, subject=subject, facts=actions.OpenFacts(actions.OpenPurpose.COURT))


def test_a_subject_needs_no_identity_and_has_a_title() -> None:
    without, titled = build_cases.subject(), build_cases.subject(title="Subject 014")

    assert without.sealed is None
    assert without.title == f"Subject {without.reference[2:]}"
    assert str(titled) == "Subject 014"


def test_the_same_person_is_not_entered_twice_by_those_who_see_the_first() -> None:
    first = identified(name="José Núñez")

    with pytest.raises(errors.RuleBroken, match=first.title) as refusal:
        identified(name="nunez, JOSE")
    assert refusal.value.field == "name"
    assert identified(name="José Núñez", birth_on=date(1981, 2, 3)).pk


def test_a_person_out_of_sight_is_not_given_away_by_a_refusal() -> None:
    identified()
    elsewhere = build.actor("elsewhere", Role.OFFICER, of=build.organization("Port Linden Police Department"))

    other = actions.identify_subject(
        by=elsewhere,
        credited=build.organization("Port Linden Police Department"),
        facts=build_cases.person(name=NAME, birth_on=date(1980, 2, 3)),
    )

    assert other.pk


def test_a_correction_of_a_person_is_readable_until_the_key_is_destroyed() -> None:
    subject = identified()
    correction(subject, name="Quillon Ostrand", age_band=AgeBand.ADULT)
    newest = history_of(subject.pk)[0]
    assert newest.fields == {"name": (NAME, "Quillon Ostrand"), "reason": (None, "By the license")}

    keys.destroy_key(subject.key_id, at=build_cases.LATER)

    assert history_of(subject.pk)[0].is_forgotten
    with pytest.raises(errors.Unavailable):
        actions.open_subject(
            by=build_cases.officer(), subject=subject, facts=actions.OpenFacts(actions.OpenPurpose.COURT)
        )


def test_an_age_under_18_is_not_corrected_into_a_record_that_forbids_it() -> None:
    met = build_cases.encounter()
    person = build_cases.subject()
    build_cases.citation(codes=("PC 647(b)(1)",), encounter=met, subject=person)

    with pytest.raises(errors.RuleBroken, match="Void that record first") as refusal:
        correction(person, by=build_cases.prosecutor(), name="", birth_on=None, words="", age_band=AgeBand.MINOR)

    assert refusal.value.field == "age_band"


def test_a_referred_contact_point_takes_its_subject_and_its_citation_out_of_sight_and_out_of_the_count() -> None:
    citation = build_cases.citation()
    Restriction.objects.create(
        record_kind="cases.Subject",
        record_id=citation.subject_id,
        restriction_kind=RestrictionKind.REFERRED,
        authority="PC 236.2",
        made_at=build_cases.LATER,
    )

    assert not Citation.objects.visible_to(build_cases.coordinator()).exists()
    assert not Subject.objects.visible_to(build_cases.coordinator()).exists()
    assert not Citation.objects.standing().exists()


def test_an_encounter_keeps_its_answers_and_seals_its_words() -> None:
    answers = dict.fromkeys(QUESTION_KEYS, Answer.UNKNOWN)

    encounter = build_cases.encounter(answers=answers, words="Did not say")

    assert encounter.reference.startswith("E-")
    assert encounter.has_asked_questions
    assert words_of_encounter(encounter) == "Did not say"
    assert words_of_encounter(build_cases.encounter()) == ""
    assert not build_cases.encounter(has_asked=False).has_asked_questions


def test_an_encounter_with_a_gap_in_its_answers_is_refused() -> None:
    answers = dict.fromkeys(QUESTION_KEYS[:3], Answer.YES)

    with pytest.raises(errors.RuleBroken, match="all seven"):
        build_cases.encounter(answers=answers)
    build_cases.encounter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Encounter.objects.update(**{QUESTION_KEYS[0]: ""})


def test_a_subject_of_a_citation_is_not_recorded_as_a_victim_before_it_is_void() -> None:
    citation = build_cases.citation()

    with pytest.raises(errors.RuleBroken, match="Void or dismiss it first"):
        build_cases.encounter(subject=citation.subject, treated_as=TreatedAs.VICTIM)


def test_a_victim_of_an_earlier_encounter_is_no_subject_later() -> None:
    person = build_cases.subject()
    build_cases.encounter(subject=person, treated_as=TreatedAs.VICTIM)

    with pytest.raises(errors.RuleBroken, match="victim is never a subject"):
        build_cases.citation(subject=person)


def test_an_encounter_with_one_person_is_not_used_for_another() -> None:
    met = build_cases.encounter(subject=build_cases.subject())

    with pytest.raises(errors.RuleBroken, match="another person"):
        build_cases.citation(encounter=met, subject=build_cases.subject())


def test_loading_statutes_twice_adds_nothing_and_approves_none() -> None:
    build.county()
    Statute.objects.all().delete()
    assert actions.load_statutes(by=build_cases.coordinator()) == len(STATUTES)
    assert actions.load_statutes(by=build_cases.coordinator()) == 0
    assert not Statute.objects.filter(is_approved_by_counsel=True).exists()
    assert Statute.objects.in_force(date(2023, 1, 1)).filter(code="PC 653.22").count() == 0
    assert Statute.objects.in_force(date(2022, 12, 31)).filter(code="PC 653.22").count() == 1


def test_the_database_refuses_two_rows_of_a_statute_in_force_at_once() -> None:
    build_cases.statutes()
    row = Statute.objects.get(code="PC 653.22")
    row.pk, row.effective_from, row.effective_to = None, date(2022, 12, 31), None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_charge_and_a_matter_have_an_owner_with_a_history_key() -> None:
    matter = build_cases.matter()

    assert matter.owner.history_key_id
    assert Charge.objects.visible_to(build_cases.officer()).count() == 0
    assert Matter.objects.visible_to(build_cases.officer()).count() == 1


@pytest.mark.parametrize("typed", ["{code}", "s-{code}", "Subject {code}", "subject  {code}", "SUBJECT S-{code}"])
def test_a_field_takes_a_subject_by_reference_and_by_the_name_on_pages(typed: str) -> None:
    subject = build_cases.subject()
    form = CitationForm({"subject": typed.format(code=subject.reference[2:])}, actor=build_cases.officer())

    assert "subject" not in form.errors
    assert form.cleaned_data["subject"] == subject


def test_a_field_takes_a_subject_by_the_title_that_was_given_and_shows_one_that_exists() -> None:
    subject = build_cases.subject(title="Subject 014")
    form = CitationForm({"subject": "subject 014"}, actor=build_cases.officer())

    assert "subject" not in form.errors
    assert form.cleaned_data["subject"] == subject
    assert str(form.fields["subject"].help_text) == f"Such as {subject.reference} or Subject 014."


def test_a_hint_shows_nothing_out_of_sight() -> None:
    subject = build_cases.subject(title="Subject 014")
    deputy = build_cases.known_actor("deputy.1", Role.OFFICER, of=build_cases.sheriff())

    hint = str(CitationForm(actor=deputy).fields["subject"].help_text)

    assert hint == "Such as S-7K2M9X."
    assert subject.reference not in hint
