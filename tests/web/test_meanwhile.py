"""Two people at one record: whoever sends second is told, and loses nothing that was typed."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.audit.models import Entry
from hotspots.cases import actions
from hotspots.cases.forms.stops import StopCorrectionForm
from hotspots.cases.models import Citation
from hotspots.web.form_page import FormPage
from tests import build, build_cases
from tests.cases.test_forms import citation_form, client_of
from tests.cases.test_moving import second_night

pytestmark = pytest.mark.django_db(transaction=True)


def seen_in(answer: Any) -> str:
    """Give the number of the last change that a form carries."""
    found = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert found
    return found[1]


def correction(**changed: Any) -> dict[str, Any]:
    """Give what a browser sends for a correction of the citation."""
    return citation_form(document_number="LP-1", reason="Misread") | changed


def two_browsers() -> tuple[Citation, str, Client, Client]:
    """Give a citation, the address of its correction, and two people who may correct it."""
    citation = build_cases.citation("LP-1")
    address = reverse("cases:correct_citation", args=[citation.pk])
    return citation, address, client_of(build_cases.officer()), client_of(build_cases.coordinator())


def test_the_second_to_send_is_told_who_was_first_and_keeps_what_was_typed() -> None:
    citation, address, officer, coordinator = two_browsers()
    seen = seen_in(officer.get(address))
    coordinator.post(address, correction(document_number="LP-2"))

    answer = officer.post(address, correction(place_words="Levee Road", seen=seen))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This record changed while you had the form open" in page
    assert re.search(r"(?i)coordinator.* changed it on \w+ \d+, \d{4}, \d\d:\d\d", page)
    assert f'<a href="{reverse("cases:citation", args=[citation.pk])}">See it as it is now</a>' in page
    assert 'value="Levee Road"' in page
    citation.refresh_from_db()
    assert (citation.document_number, citation.place_words) == ("LP-2", "Poplar Avenue at 6th")


def test_sent_again_after_the_warning_it_holds() -> None:
    citation, address, officer, coordinator = two_browsers()
    seen = seen_in(officer.get(address))
    coordinator.post(address, correction(document_number="LP-2"))
    warned = officer.post(address, correction(place_words="Levee Road", seen=seen))

    again = officer.post(address, correction(document_number="LP-2", place_words="Levee Road", seen=seen_in(warned)))

    citation.refresh_from_db()
    assert again.status_code == 302
    assert (citation.document_number, citation.place_words) == ("LP-2", "Levee Road")


def test_a_form_sent_while_nobody_else_was_there_goes_through() -> None:
    citation, address, officer, _coordinator = two_browsers()
    officer.post(address, correction(document_number="LP-2"))

    answer = officer.post(address, correction(document_number="LP-3", seen=seen_in(officer.get(address))))

    citation.refresh_from_db()
    assert answer.status_code == 302
    assert citation.document_number == "LP-3"


def test_the_same_form_sent_twice_is_done_once_and_names_nobody() -> None:
    citation, address, officer, _coordinator = two_browsers()
    said = correction(document_number="LP-2", seen=seen_in(officer.get(address)), request_id=str(uuid.uuid4()))

    first, again = officer.post(address, said), officer.post(address, said)

    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"] == reverse("cases:citation", args=[citation.pk])
    assert Entry.objects.filter(action="cases.correct_citation").count() == 1
    assert not Entry.objects.filter(action="refused").exists()


def test_a_move_sent_twice_is_done_once() -> None:
    citation, address, _officer, coordinator = two_browsers()
    place = {"credited": str(build_cases.sheriff().pk), "operation": str(second_night().pk), "officer_title": "Unit 9"}
    said = correction(occurred_at="2021-10-08T21:07", request_id=str(uuid.uuid4()), **place)
    said |= {"seen": seen_in(coordinator.get(address))}

    first, again = coordinator.post(address, said), coordinator.post(address, said)

    citation.refresh_from_db()
    assert (first.status_code, again.status_code) == (302, 302)
    assert citation.credited == build_cases.sheriff()
    assert Entry.objects.filter(action="cases.correct_citation").count() == 1


def test_a_change_between_the_form_and_the_verb_is_not_overwritten() -> None:
    citation, address, officer, _coordinator = two_browsers()
    seen, officer_actor = seen_in(officer.get(address)), build_cases.officer()
    request = RequestFactory().post(address, correction(place_words="Levee Road", seen=seen))
    request.hotspots_actor = officer_actor  # type: ignore[attr-defined]
    form = StopCorrectionForm(request.POST, actor=officer_actor, stop=citation)

    def perform() -> Citation:
        said = build_cases.stop_facts("LP-2")
        facts = actions.StopCorrection("Misread", said)
        actions.correct_citation(by=build_cases.coordinator(), citation=citation, facts=facts)
        return actions.correct_citation(by=officer_actor, citation=citation, facts=form.facts(), **form.sending)

    page = FormPage("Correct it", "Save", cancel_url="/record", record=citation)
    answer = page.answer(request, form, perform)

    citation.refresh_from_db()
    assert answer.status_code == 422
    assert "This record changed while you had the form open" in answer.content.decode()
    assert (citation.document_number, citation.place_words) == ("LP-2", "Poplar Avenue at 6th")


def test_who_was_first_is_not_told_where_the_entry_names_a_hidden_record() -> None:
    citation, address, officer, coordinator = two_browsers()
    night = second_night()
    night.__class__.objects.filter(pk=night.pk).update(lead=build.organization("Port Linden Police Department"))
    night.partners.all().delete()
    seen = seen_in(officer.get(address))
    moved = {"credited": str(build.organization("Port Linden Police Department").pk), "operation": str(night.pk)}
    sent = coordinator.post(address, correction(occurred_at="2021-10-08T21:07", **moved))
    assert sent.status_code == 302

    page = officer.post(address, correction(seen=seen)).content.decode()

    assert "This record changed while you had the form open" in page
    assert "changed it on" not in page
    assert citation.pk


def test_a_conflict_that_a_verb_finds_is_shown_in_the_form() -> None:
    class Line(forms.Form):
        words = forms.CharField()

    def perform() -> None:
        raise errors.Stale("test.first", "Someone else submitted this a moment ago.")

    request = RequestFactory().post("/form", {"words": "Typed"})
    request.hotspots_actor = PUBLIC  # type: ignore[attr-defined]
    form = Line(request.POST)
    answer: HttpResponse = FormPage("A form", "Send", cancel_url="/record").answer(request, form, perform)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Someone else submitted this a moment ago." in page
    assert '<a href="/record">See it as it is now</a>' in page
    assert 'value="Typed"' in page
