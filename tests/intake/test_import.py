"""An export is received, read and shown."""

from __future__ import annotations

import pytest

from hotspots.audit.actions import verify
from hotspots.audit.models import Entry
from hotspots.intake.models import ContactPoint, Message, Reading, Response, SourcePlace
from hotspots.intake.queries import bytes_window, conversation_of, export_report
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.models import Job
from hotspots.jobs.rules import JobState
from tests import build_intake as made

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_export_becomes_messages_places_and_responses() -> None:
    bench = made.bench()
    ad = bench.ad()
    content = made.backup(
        made.sms(made.number(1), made.after(1)),
        made.sms(made.number(1), made.after(1.1), "who is this", kind=2),
        made.sms(made.number(2), made.after(2), "are you free tonight"),
        made.sms(made.number(3), made.after(3), "a draft", kind=3),
        made.sms("246810", made.after(3), "Your code is 1234"),
        made.sms("Google", made.after(3), "Hello"),
        made.sms("", made.after(4), "no number"),
    )

    export = bench.read(content)

    assert export.reading.state == ReadingState.FINISHED
    assert Message.objects.count() == SourcePlace.objects.count() == 7
    assert set(Response.objects.values_list("ad", "messages_count")) == {(ad.pk, 2), (ad.pk, 1)}
    assert ContactPoint.objects.count() == 3  # a draft has one too, and answers nothing
    assert Job.objects.get().state == JobState.DONE
    assert Entry.objects.filter(action="intake.finish_import").count() == 1
    assert verify().is_whole


def test_a_message_is_followed_down_to_its_bytes() -> None:
    bench = made.bench()
    bench.ad()
    record = made.sms(made.number(1), made.after(1), "are you there?")
    export = bench.read(made.backup(made.sms(made.number(2), made.after(1)), record))

    said = conversation_of(bench.custodian, bench.response(made.number(1))).said[0]
    window = bytes_window(bench.custodian, said.places[0].id)

    assert said.words == "are you there?"
    assert said.is_counted
    assert window.content == record.encode()
    assert window.is_same_event
    assert window.custody.is_whole
    assert window.sha256 == export.item.sha256
    assert window.line_number == 4


def test_the_report_tells_what_the_file_holds() -> None:
    bench = made.bench()
    bench.ad()
    one = made.sms(made.number(1), made.after(1))
    again = made.sms(made.number(1), made.after(1), readable_date="5 Oct 2021")
    export = bench.read(made.backup(one, again, made.sms("", made.after(2), "x"), count=9))

    report = export_report(bench.custodian, export)

    assert (report.records, report.inbound, report.withheld, report.duplicates) == (3, 3, 1, 1)
    assert report.declared_count == 9
    assert report.new_messages_count == 2
    assert report.new_responses_count == 1
    assert report.inbound_contact_points_count == 1
    assert {one.kind for one in report.anomalies} == {"wrong_count"}
    assert Reading.objects.get().rows_count == 3
