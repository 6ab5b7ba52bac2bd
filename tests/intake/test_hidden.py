"""What is referred is told by nothing that remains: no file, no log entry, no note, no two totals."""

from __future__ import annotations

import dataclasses

import pytest

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.models import Change, Entry, Reference
from hotspots.audit.queries import history_of
from hotspots.intake import actions
from hotspots.intake.actions import DismissalFacts, OpeningFacts, ReferralFacts, TakeOverFacts
from hotspots.intake.models import Anomaly, Export, Message, Referral, Response
from hotspots.intake.queries import anomalies_seen_by, conversation_of, export_report
from hotspots.intake.rules.states import DismissalReason, Purpose, ReadingState, ReferralGround
from hotspots.jobs.actions import run_ready_jobs
from tests.build_intake import Bench, after, backup, bench, contact_point, mms, number, open_line, sms

pytestmark = pytest.mark.django_db(transaction=True)
COURT = OpeningFacts(Purpose.COURT)
IN_NEED = ReferralFacts(ReferralGround.IN_NEED_OF_HELP)
FILE = backup(sms(number(1), after(1)), sms(number(2), after(2)))


def refer(made: Bench, last: int) -> None:
    """Refer a sender."""
    actions.refer_response(by=made.custodian, response=made.response(number(last)), facts=IN_NEED)


def leaves(made: Bench, export: Export) -> bool:
    """Try to let a whole file leave."""
    export.refresh_from_db()
    try:
        actions.download_export(by=made.custodian, export=export, facts=COURT)
    except errors.RuleBroken:
        return False
    return True


@pytest.fixture
def made() -> Bench:
    """Give an agency with a line and an ad."""
    made = bench()
    made.ad()
    return made


def test_a_file_that_is_not_read_does_not_leave_while_a_sender_of_its_line_is_hidden(made: Bench) -> None:
    made.read(FILE)
    other = made.receive(FILE + b"\n", "one-byte-more.xml")
    elsewhere = made.receive(FILE + b"\n\n", "other-line.xml", line=open_line(made, "B", "209-555-0105"))
    before = leaves(made, other)

    refer(made, 1)
    queued = leaves(made, other)
    actions.cancel_import(by=made.custodian, export=other)
    canceled = leaves(made, other)

    assert other.reading.state == ReadingState.CANCELED
    assert (before, queued, canceled) == (True, False, False)
    assert leaves(made, elsewhere)  # nobody who is hidden wrote to that line


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b'<!DOCTYPE smses [<!ENTITY a "b">]>' + backup(sms(number(1), after(9))), ReadingState.REFUSED),
        (backup(sms(number(2), after(8)), sms(number(1), after(9)))[:-60], ReadingState.FINISHED),
        (backup(sms(number(2), after(8))) + backup(sms(number(1), after(9))), ReadingState.FINISHED),
        (backup(sms(number(2), after(8)), "<rcs body='of somebody' />"), ReadingState.FINISHED),
    ],
    ids=["refused", "truncated", "trailing", "unknown element"],
)
def test_a_file_that_is_not_read_to_its_end_does_not_leave_either(
    made: Bench, content: bytes, state: ReadingState
) -> None:
    made.read(FILE)
    export = made.read(content, "odd.xml")
    before = leaves(made, export)

    refer(made, 1)

    export.reading.refresh_from_db()
    assert export.reading.state == state
    assert (before, leaves(made, export)) == (True, False)


def test_a_file_that_is_read_whole_leaves_if_nobody_in_it_is_hidden(made: Bench) -> None:
    made.read(FILE)
    export = made.read(backup(sms(number(3), after(8)), count=9), "whole.xml")

    refer(made, 1)

    assert leaves(made, export)


def test_nothing_in_the_log_names_who_was_referred_or_why(made: Bench) -> None:
    made.read(FILE)
    response, contact = made.response(number(1)), contact_point(number(1))
    began = Entry.objects.count()
    liaison = made.someone(Role.ADVOCATE_LIAISON)

    refer(made, 1)
    referral = Referral.objects.get()
    with pytest.raises(errors.NotFound):
        actions.refer_response(by=made.custodian, response=response, facts=IN_NEED)
    with pytest.raises(errors.NotAllowed):
        actions.open_response(by=liaison, response=made.response(number(2)), facts=COURT)
    actions.open_referral(by=liaison, referral=referral, facts=OpeningFacts(Purpose.REFERRAL))
    actions.take_over_referral(by=liaison, referral=referral, facts=TakeOverFacts("Advocate A"))

    later = Entry.objects.order_by("seq")[began:]
    told = "".join(later.values_list("body", flat=True))
    hidden = [response.pk, contact.pk]
    assert [entry.action for entry in later if "Referral" in entry.body] == [
        "intake.refer_response",
        "intake.open_referral",
        "intake.take_over_referral",
    ]
    assert str(response.pk) not in told
    assert str(contact.pk) not in told
    assert "in_need_of_help" not in told
    assert not Reference.objects.filter(record_id__in=hidden, entry__in=later).exists()
    assert not Change.objects.filter(record_id__in=hidden).exists()
    assert {"referred": (None, "in_need_of_help")} in [line.fields for line in history_of(referral.pk)]


def test_a_part_of_a_message_is_noted_by_its_number_and_type_alone(made: Bench) -> None:
    part = '<part seq="0" ct="image/jpeg; name=jane" name="jane-roe-birthday.jpg" data="%%%" />'
    text = '<part seq="0" ct="text/plain" text="look" />'
    addrs = f'<addrs><addr address="{number(1)}" type="137" /></addrs>'
    when = f'date="{int(after(1).timestamp() * 1000)}"'
    mine = f'<mms {when} msg_box="1" address="{number(1)}" m_id="m1"><parts>{text}{part}</parts>{addrs}</mms>'

    made.read(backup(mine))

    assert [one.words for one in Anomaly.objects.all()] == [
        "Part 2 (image/jpeg) is not whole base64, kept without a hash."
    ]


def test_what_was_noted_inside_a_hidden_message_is_noted_for_nobody_else(made: Bench) -> None:
    emoji = [sms(number(last), after(last), "ok").replace("ok", "ok &#55357;&#56832;") for last in (1, 2)]
    export = made.read(backup(*emoji, count=5))
    before = export_report(made.custodian, export)

    refer(made, 1)

    report = export_report(made.custodian, export)
    place = made.response(number(1)).first_message.places.get()
    inside = range(place.offset_bytes, place.offset_bytes + place.length_bytes)
    assert (len(before.anomalies), len(before.notes)) == (1, 2)
    assert [one.kind for one in (*report.anomalies, *report.notes)] == ["wrong_count", "surrogate_reference"]
    assert not [one for one in (*report.anomalies, *report.notes) if one.offset_bytes in inside]
    assert anomalies_seen_by(made.custodian, [export.reading_id]).count() == 2


def test_a_group_with_a_referred_sender_is_in_no_count_of_the_others_in_it(made: Bench) -> None:
    made.read(
        backup(
            mms(number(2), [made.line.address, number(1)], after(1)),
            sms(number(1), after(2)),
            sms(number(2), after(3)),
            mms(number(3), [made.line.address, number(1)], after(4)),
        )
    )
    one = made.response(number(2))
    before = (one.first_message.message_kind, one.messages_count)

    refer(made, 1)

    one, only_in_group, referred = (made.response(number(last)) for last in (2, 3, 1))
    seen = conversation_of(made.custodian, one)
    assert before == ("mms", 2)
    assert (one.first_message.message_kind, one.messages_count, len(seen.said)) == ("sms", 1, 1)
    assert one.first_at == after(3)
    assert Message.objects.visible_to(made.custodian).filter(pk=one.first_message_id).exists()
    assert (only_in_group.is_outside, only_in_group.messages_count) == (True, 0)
    assert (referred.is_outside, referred.messages_count) == (False, 1)
    made.read(backup(mms(number(2), [made.line.address, number(1)], after(5))), "later.xml")
    assert made.response(number(2)).messages_count == 1


def test_no_two_totals_of_an_export_point_at_a_referral(made: Bench) -> None:
    first = made.read(backup(sms(number(1), after(1)), sms(number(1), after(1.5), "how much", kind=2)))
    second = made.read(
        backup(
            sms(number(1), after(1)),
            sms(number(1), after(4), "again"),
            sms(number(2), after(2)),
            mms(number(2), [made.line.address, number(1)], after(3)),
        ),
        "later.xml",
    )

    refer(made, 1)

    one, two = export_report(made.custodian, first), export_report(made.custodian, second)
    assert (one.records, one.inbound, one.outbound, one.new_messages_count, one.known_messages_count) == (2, 1, 1, 2, 0)
    assert (one.inbound_contact_points_count, one.new_responses_count) == (0, 0)
    assert (two.records, two.inbound, two.outbound, two.new_messages_count, two.known_messages_count) == (4, 4, 0, 3, 1)
    assert (two.inbound_contact_points_count, two.new_responses_count) == (1, 1)


def test_what_is_told_of_a_file_adds_up_and_no_referral_changes_it(made: Bench) -> None:
    made.read(FILE)
    repeat = made.receive(FILE, "again.xml")
    run_ready_jobs()
    before = export_report(made.custodian, repeat)

    refer(made, 1)

    report = export_report(made.custodian, repeat)
    assert report.is_repeat
    assert report.records == report.inbound + report.outbound + report.other
    assert report.records == report.new_messages_count + report.known_messages_count + report.duplicates
    assert dataclasses.replace(report, inbound_contact_points_count=2) == before


def test_a_dismissed_response_counts_its_messages_as_before(made: Bench) -> None:
    made.read(FILE)
    facts = DismissalFacts(DismissalReason.SPAM)
    actions.dismiss_response(by=made.custodian, response=made.response(number(2)), facts=facts)

    refer(made, 1)

    assert Response.objects.get(pk=made.response(number(2)).pk).messages_count == 1
