"""A form that was saved and comes back from the browser's history, and a form of what one may not change."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.cases.models import Citation, Subject
from tests import build_cases
from tests.cases.test_forms import citation_form, client_of

pytestmark = pytest.mark.django_db(transaction=True)


def request_id_in(answer: Any) -> str:
    """Give the request id that a form carries."""
    found = re.search(r'name="request_id" value="([^"]*)"', answer.content.decode())
    assert found
    return found[1]


def test_a_saved_form_that_is_changed_and_sent_again_says_so_and_can_be_saved_anew() -> None:
    client, address, sent_id = client_of(build_cases.officer()), reverse("cases:record_citation"), str(uuid.uuid4())
    sent = citation_form(request_id=sent_id)
    client.post(address, sent)
    made = Citation.objects.get()

    again = client.post(address, sent | {"place_words": "Levee Road", "document_number": "LP-21-00419"})

    page, fresh = again.content.decode(), request_id_in(again)
    assert again.status_code == 422
    assert "This form was saved before. What it made stands: " in page
    assert f'<a href="{reverse("cases:citation", args=[made.pk])}">{made}</a>' in page
    assert "Save again to make a new record." in page
    assert 'value="Levee Road"' in page
    assert fresh != sent_id
    changed = sent | {"place_words": "Levee Road", "document_number": "LP-21-00419", "request_id": fresh}
    assert client.post(address, changed).status_code == 302
    assert {one.place_words for one in Citation.objects.all()} == {"Poplar Avenue at 6th", "Levee Road"}


def test_what_a_correction_changed_stands_and_the_form_can_be_saved_again() -> None:
    subject, client = build_cases.subject(), client_of(build_cases.officer())
    address, sent_id = reverse("cases:correct_subject", args=[subject.pk]), str(uuid.uuid4())
    said = {"basis": "document", "age_band": "adult", "identified_on": "2021-10-06", "reason": "Card"}
    client.post(address, said | {"title": "Subject 014", "request_id": sent_id})

    again = client.post(address, said | {"title": "Subject 015", "request_id": sent_id})

    assert "What it changed stands. Save again to change it as it is written here." in again.content.decode()
    client.post(address, said | {"title": "Subject 015", "request_id": request_id_in(again)})
    assert Subject.objects.get().title == "Subject 015"


def test_a_form_of_another_agencys_record_is_refused_before_anything_is_typed() -> None:
    sheriff = build_cases.sheriff()
    build_cases.operation(partners=(sheriff,))
    citation, met, subject = build_cases.citation(), build_cases.encounter(), build_cases.subject()
    client = client_of(build_cases.known_actor("deputy.1", Role.OFFICER, of=sheriff))
    before = Entry.objects.filter(action="refused").count()

    for name, record in (("encounter", met), ("subject", subject), ("citation", citation)):
        assert client.get(reverse(f"cases:{name}", args=[record.pk])).status_code == 200
        refused = client.get(reverse(f"cases:correct_{name}", args=[record.pk]))
        assert refused.status_code == 403
        assert "Your role does not cover this record." in refused.content.decode()
    submitted = client.get(reverse("cases:submit_matter", args=["citations", citation.pk]))
    assert submitted.status_code == 403
    assert Entry.objects.filter(action="refused").count() == before
    posted = client.post(reverse("cases:void_citation", args=[citation.pk]), {"void_reason": "", "reason": ""})
    assert posted.status_code == 403


def test_a_form_that_its_reader_may_send_opens() -> None:
    citation = build_cases.citation()

    page = client_of(build_cases.officer()).get(reverse("cases:correct_citation", args=[citation.pk]))

    assert page.status_code == 200
