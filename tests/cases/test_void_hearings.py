"""A citation that is void may have a court date still: the court vacates it, and nothing else is done to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotspots import errors
from hotspots.audit.queries import history_of
from hotspots.cases import actions
from hotspots.cases.models import Citation, Hearing
from hotspots.cases.rules.kinds import HearingOutcome
from tests import build_cases
from tests.cases.test_forms import client_of
from tests.cases.test_void_entries import void_citation

pytestmark = pytest.mark.django_db(transaction=True)


def heard_in_vain() -> tuple[Citation, Hearing]:
    """Give a void citation that has a hearing."""
    citation = build_cases.citation(hearing=build_cases.hearing_facts())
    void_citation(citation)
    return citation, Hearing.objects.get()


def links_on(client: Client, citation: Citation) -> tuple[bool, bool]:
    """Tell whether the page of a citation offers to correct its hearing, and to say what became of it."""
    hearing = citation.hearings.get()
    page = client.get(reverse("cases:citation", args=[citation.pk])).content.decode()
    names = ("cases:correct_hearing", "cases:record_hearing_outcome")
    is_correct, is_outcome = (reverse(name, args=[hearing.pk]) in page for name in names)
    return is_correct, is_outcome


def test_the_hearing_of_a_void_citation_is_vacated_and_nothing_else() -> None:
    _citation, hearing = heard_in_vain()
    said: dict[str, Any] = {"by": build_cases.coordinator(), "hearing": hearing}

    with pytest.raises(errors.RuleBroken, match="is void: no court hears it"):
        actions.record_hearing_outcome(**said, facts=actions.OutcomeFacts(HearingOutcome.CONTINUED))
    actions.record_hearing_outcome(**said, facts=actions.OutcomeFacts(HearingOutcome.VACATED))

    hearing.refresh_from_db()
    assert hearing.outcome == HearingOutcome.VACATED
    assert history_of(hearing.pk)[0].fields == {"outcome": (None, "vacated")}


def test_the_page_of_a_void_citation_offers_what_can_be_done_to_its_hearing() -> None:
    citation = build_cases.citation(hearing=build_cases.hearing_facts())
    client = client_of(build_cases.coordinator())
    assert links_on(client, citation) == (True, True)

    void_citation(citation)
    assert links_on(client, citation) == (False, True)

    address = reverse("cases:record_hearing_outcome", args=[citation.hearings.get().pk])
    form = client.get(address).content.decode()
    assert "is void. Its hearing can be vacated." in form
    assert ('value="vacated"' in form, 'value="held"' in form) == (True, False)
    assert client.post(address, {"outcome": "held"}).status_code == 422
    assert client.post(address, {"outcome": "vacated"}).status_code == 302
    assert links_on(client, citation) == (False, False)


def test_the_list_of_hearings_says_that_a_record_is_void() -> None:
    heard_in_vain()
    client, address = client_of(build_cases.coordinator()), reverse("cases:hearings")

    page = client.get(address).content.decode()
    answer: Any = client.get(address, {"format": "csv"})

    assert "Record is void" in page
    assert "Record is void" in b"".join(answer.streaming_content).decode()
