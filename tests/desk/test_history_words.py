"""A history reads as sentences: what was done, labels, words of the closed lists, days with their year."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from hotspots.access.action import REGISTRY
from hotspots.cases.rules.kinds import AdvocateOffer, EncounterBasis
from hotspots.desk.views.deeds import DEEDS
from hotspots.desk.views.words import field_label, value_words
from tests import build_cases
from tests.cases.test_encounter_correction import correct
from tests.cases.test_forms import client_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_verb_has_its_words_in_a_history() -> None:
    assert get_resolver().url_patterns  # which imports every room
    verbs = {name for name, verb in REGISTRY.items() if verb.module.startswith("hotspots.")}

    assert verbs == set(DEEDS)
    assert not [str(words) for words in DEEDS.values() if not str(words).endswith(".")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dismissed", "wrong_number", "Wrong number"),
        ("dismissed", "advertiser", "Advertiser or site"),
        ("referred", "may_be_minor", "May be under 18"),
        ("age_band", "adult", "18 or over"),
        ("state", "voided", "Void"),
        ("role", "evidence_custodian", "Evidence custodian"),
        ("outcome", "not_appeared", "Not appeared"),
        ("night_on", "2021-10-06", "Oct 6, 2021"),
        ("occurred_at", "2021-10-06 21:07", "Oct 6, 2021, 21:07"),
        ("first_price", "019a0000-0000-7000-8000-000000000000", "A message of the conversation"),
        ("reason", "wrong_number on the paper", "wrong_number on the paper"),
        ("reason", None, None),
    ],
)
def test_a_value_reads_as_people_write_it(name: str, value: str | None, words: str | None) -> None:
    assert value_words(name, value) == words


def test_a_moment_with_a_zone_is_told_in_the_countys_time() -> None:
    with timezone.override(build_cases.ZONE):
        assert value_words("placed", "2021-10-05T21:00:00+00:00") == "Oct 5, 2021, 14:00"


def test_a_field_has_the_label_that_pages_have_or_its_name_in_plain_words() -> None:
    assert (field_label("credited"), field_label("case_number")) == ("Agency", "Case number")


def test_the_history_of_an_encounter_has_no_code_and_no_name_of_a_column() -> None:
    met = build_cases.encounter()
    correct(met, basis=EncounterBasis.CALL_FOR_SERVICE, advocate=AdvocateOffer.NOT_OFFERED, answers={})
    client: Client = client_of(build_cases.officer())

    page = client.get(reverse("desk:history", args=[met.kind, met.pk])).content.decode()

    assert "The encounter was corrected." in page
    assert "The encounter was recorded." in page
    assert "Basis: <del>" in page
    assert "Call for service</ins>" in page
    assert "Is the person kept from moving about freely?" in page
    codes = ("call_for_service", "not_offered", "cannot_move_freely", "Record that")
    assert not [code for code in codes if code in page]
