"""What is a response, and that it is the same whatever comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.intake import actions
from hotspots.intake.models import Ad, Message, Response, SourcePlace
from hotspots.intake.queries import contact_values, conversation_of, export_report, find_responses, withheld_contacts
from hotspots.intake.rules.states import DismissalReason
from tests import build, build_intake
from tests.build_intake import (
    PLACED,
    WITHDRAWN,
    after,
    backup,
    bench,
    call,
    contact_point,
    counted,
    mms,
    number,
    sms,
    zipped,
)

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_only_an_inbound_contact_in_the_ads_time_is_an_answer() -> None:
    made = bench()
    ad = made.ad()
    end = (WITHDRAWN - PLACED) / HOUR
    texts = backup(
        sms(number(1), after(-1)),
        sms(number(2), after(0)),
        sms(number(3), after(end + 72)),
        sms(number(4), after(end + 72.01)),
        sms(number(5), after(1), kind=2),
        sms(number(6), after(1), kind=3),
        sms(number(7), after(1), kind=5),
        sms("24681", after(1)),
        sms("Google", after(1)),
        sms("null", after(1)),
        sms(number(8), after(1), "Liked “hi”"),
        sms(made.line.address, after(1), "a note to myself"),
    )
    calls = backup(
        call(number(9), after(1)),
        call(number(10), after(1), kind=3, seconds=0),
        call(number(11), after(1), kind=2),
        call("-1", after(1), kind=3),
        root="calls",
    )

    export = made.read(zipped(sms=texts, calls=calls), "backup.zip")

    assert counted() == {(1, bytes(contact_point(number(n)).index_digest).hex()) for n in (2, 3, 9, 10)}
    assert withheld_contacts([ad]).count() == 2
    assert export_report(made.custodian, export).withheld == 2


def test_a_second_backup_adds_only_what_is_new() -> None:
    made = bench()
    made.ad()
    old = [sms(number(n), after(n)) for n in range(1, 6)]
    first = backup(*old)
    made.read(first)
    before = counted()

    again = made.read(first, "the same bytes.xml")
    overlapping = made.read(backup(*old, sms(number(1), after(9), "still there?"), sms(number(7), after(9))))

    assert again.is_repeat
    assert again.job_id is None
    assert export_report(made.custodian, again).new_responses_count == 0
    assert overlapping.new_messages_count == 2
    assert counted() - before == {(1, bytes(contact_point(number(7)).index_digest).hex())}
    assert Message.objects.count() == 7
    assert SourcePlace.objects.count() == 12
    assert made.response(number(1)).messages_count == 2


def test_exports_and_ads_may_come_in_any_order() -> None:
    made = bench()
    backups = [
        backup(sms(number(1), after(2)), sms(number(2), after(3))),
        backup(sms(number(1), after(1)), sms(number(1), after(2)), sms(number(3), after(80))),
        backup(sms(number(2), after(200), "hi again"), sms(number(1), after(201), "reply", kind=2)),
    ]
    orders = [("ads", 0, 1, 2), (2, 1, 0, "ads"), (1, "ads", 2, 0)]
    found = []
    for place, order in enumerate(orders):
        line = build_intake.open_line(made, f"L{place}", f"530-555-012{place}")
        for step in order:
            if step == "ads":
                made.ad(PLACED, WITHDRAWN, line=line)
                made.ad(after(190), after(210), line=line)
            else:
                made.read(backups[step], line=line)
        rows = Response.objects.filter(ad__line=line).order_by("ad__placed_at", "first_at")
        found.append([(row.ad.placed_at, row.contact_point_id, row.first_at, row.messages_count) for row in rows])

    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 4  # two answered the first ad in its time, one in its tail, one the second


def test_one_contact_point_that_answers_two_ads_is_two_responses() -> None:
    made = bench()
    made.ad(PLACED, after(10))
    made.ad(after(20), after(30))

    made.read(backup(sms(number(1), after(5)), sms(number(1), after(15)), sms(number(1), after(25))))

    assert sorted(Response.objects.values_list("ad__number", "first_at")) == [(1, after(5)), (2, after(25))]


def test_the_same_bytes_may_belong_to_two_lines() -> None:
    made = bench()
    other = build_intake.open_line(made, "B", "209-555-0117")
    content = backup(sms(number(1), after(1)))

    one = made.read(content)
    two = made.read(content, line=other)

    assert one.reading_id != two.reading_id
    assert (Message.objects.count(), SourcePlace.objects.count()) == (2, 2)
    assert not two.is_repeat


def test_a_group_message_answers_for_its_sender_alone_and_stands_in_every_conversation() -> None:
    made = bench()
    made.ad()
    content = backup(
        mms(number(1), [made.line.address, number(2)], after(1)),
        sms(number(2), after(2)),
    )
    made.read(content)

    talks = {n: conversation_of(made.custodian, made.response(number(n))).said for n in (1, 2)}

    assert [one.words for one in talks[2]] == ["hello all", "hi saw your ad"]
    assert [one.members_count for one in talks[1]] == [1]
    assert made.response(number(2)).first_at == after(2)


def test_the_conversation_has_both_sides_and_says_what_was_counted() -> None:
    made = bench()
    made.ad()
    made.read(
        backup(
            sms(number(1), after(-5), "wrong person?"),
            sms(number(1), after(2), "hi \N{GRINNING FACE}"),
            sms(number(1), after(1), "hello", kind=2),
            sms(number(1), after(3)),
        )
    )

    said = conversation_of(made.custodian, made.response(number(1))).said

    assert [(one.is_inbound, one.is_counted, one.is_in_time) for one in said] == [
        (True, False, False),
        (False, False, True),
        (True, True, True),
        (True, False, True),
    ]
    assert said[2].words == "hi \N{GRINNING FACE}"


def test_responses_are_found_by_number_last_four_and_reference() -> None:
    made = bench()
    made.ad()
    made.read(backup(sms(number(1), after(1)), sms(number(1, area=415), after(2)), sms(number(2), after(3))))
    one = made.response(number(1))

    def found(text: str) -> set[str]:
        return set(find_responses(made.custodian, text).values_list("reference", flat=True))

    assert found("(213) 555-0101") == {one.reference}
    assert found("0101") == {one.reference, made.response(number(1, area=415)).reference}
    assert found(one.reference.lower()) == {one.reference}
    assert found("9999") == found("nobody") == set()
    assert len(found(" ")) == 3


def test_numbers_are_read_only_by_those_who_see_the_contact_point() -> None:
    made = bench()
    made.ad()
    made.read(backup(sms(number(1), after(1))))
    contact = contact_point(number(1))
    stranger = made.someone(Role.CUSTODIAN, of=build.organization("Millbrook Police Department"))

    assert contact_values(made.custodian, [contact]) == {contact.pk: number(1)}
    assert contact_values(stranger, [contact]) == {}
    assert contact_values(made.someone(Role.OFFICER), [contact]) == {}


def test_a_dismissal_outlives_a_later_export() -> None:
    made = bench()
    made.ad()
    made.read(backup(sms(number(1), after(5))))
    actions.dismiss_response(
        by=made.custodian, response=made.response(number(1)), facts=actions.DismissalFacts(DismissalReason.SPAM)
    )

    made.read(backup(sms(number(1), after(1)), sms(number(1), after(5))))
    kept = made.response(number(1))

    assert kept.dismissal_reason == DismissalReason.SPAM
    assert kept.first_at == after(1)
    assert counted() == set()
    assert Ad.objects.count() == 1


def test_a_response_out_of_sight_is_not_found() -> None:
    made = bench()
    made.ad()
    made.read(backup(sms(number(1), after(1))))
    stranger = made.someone(Role.OPERATION_LEAD, of=build.organization("Millbrook Police Department"))

    with pytest.raises(errors.NotFound):
        conversation_of(stranger, made.response(number(1)))
    with pytest.raises(errors.NotFound):
        actions.open_response(
            by=stranger, response=made.response(number(1)), facts=actions.OpeningFacts(actions.opening.Purpose.REVIEW)
        )
