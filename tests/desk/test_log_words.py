"""The log reads in words, and keeps each code beside them."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.desk.queries.log import lines_of
from hotspots.desk.views.entries import facts_told, line_words
from hotspots.intake.actions.marks import MarkFacts, mark_message
from hotspots.intake.models import Message
from hotspots.intake.rules.states import MarkSubject
from tests import build
from tests import build_intake as made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def county() -> None:
    """Found the county."""
    build.county()


def test_an_entry_reads_in_words_with_each_code_beside_it_in_small_print(client: Client) -> None:
    bench = made.bench()
    bench.ad()
    bench.read(made.backup(made.sms(made.number(1), made.after(1), "how much")))
    response = bench.response(made.number(1))
    message = Message.objects.get()
    mark_message(by=bench.custodian, response=response, message=message, facts=MarkFacts(MarkSubject.PRICE))
    entry = Entry.objects.get(action="intake.mark_message")
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    page = client.get(f"/log/{entry.seq}")

    facts = [(label.words, value.words) for label, value in page.context["facts"]]
    said = page.content.decode()
    assert "A message was marked as the first to raise a subject" in said
    assert facts.count(("What it is about", "Price")) == 1
    assert "By way of" in dict(facts)
    assert {ref.words for ref in page.context["refs"]} >= {"Message", "Response"}
    assert '<span class="small muted mono">subject</span>' in said
    assert f'<span class="small muted mono">intake.Message:{message.pk}</span>' in said


def test_a_refusal_in_the_log_says_what_was_asked(client: Client) -> None:
    entry = Entry(seq=1, at=timezone.now(), action="refused", entry_hash=b"", prev_hash=b"")
    entry.body = json.dumps({"verb": "intake.mark_message", "family": "not_allowed", "changes": {"count": 2}})

    line = lines_of([entry])[0]

    told = {label.words: value.words for label, value in facts_told(line)}
    assert line_words(line) == "Was refused: mark message"
    assert told == {
        "What was asked": "Mark message", "Kind of refusal": "Not allowed", "Readable changes kept beside it": "2"
    }  # fmt: skip


def test_the_filter_of_the_log_names_verbs_in_a_few_words(client: Client) -> None:
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    groups = client.get("/log").context["form"].fields["action"].choices

    labels = [str(label) for _room, inside in groups if isinstance(inside, list) for _name, label in inside]
    assert "Mark message" in labels
    assert len(labels) > 50
    assert max(map(len, labels)) < 50
