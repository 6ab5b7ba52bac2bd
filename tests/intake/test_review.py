"""Responses are reviewed: dismissed, reinstated, marked, referred; and what is referred is gone from every view."""

from __future__ import annotations

import pytest

from hotspots import errors
from hotspots.access.models import Restriction
from hotspots.access.rowset import RowSet
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.intake import actions
from hotspots.intake.actions import (
    BytesFacts,
    DismissalFacts,
    MarkFacts,
    OpeningFacts,
    ReferralFacts,
    TakeOverFacts,
)
from hotspots.intake.models import ContactPoint, Export, Mark, Message, Referral, Response, SourcePlace
from hotspots.intake.queries import (
    bytes_window,
    contact_values,
    conversation_of,
    export_report,
    find_responses,
    place_in_sight,
)
from hotspots.intake.rules.states import DismissalReason, MarkSubject, Purpose, ReferralGround, ResponseState
from tests import build
from tests.build_intake import Bench, after, backup, bench, contact_point, counted, mms, number, sms

pytestmark = pytest.mark.django_db(transaction=True)
REVIEW = OpeningFacts(Purpose.REVIEW)
MINOR = ReferralFacts(ReferralGround.MAY_BE_MINOR)


@pytest.fixture
def made() -> Bench:
    """Give an agency whose ad three people answered, two of them in a group as well."""
    made = bench()
    made.ad()
    made.read(
        backup(
            sms(number(1), after(1)),
            sms(number(1), after(1.5), "how much", kind=2),
            sms(number(2), after(2)),
            sms(number(3), after(3)),
            mms(number(2), [made.line.address, number(1)], after(4)),
        )
    )
    return made


def test_a_dismissal_is_signed_reversible_and_in_the_history(made: Bench) -> None:
    response = made.response(number(1))

    dismissed = actions.dismiss_response(
        by=made.custodian, response=response, facts=DismissalFacts(DismissalReason.WRONG_NUMBER)
    )
    with pytest.raises(errors.RuleBroken):
        actions.dismiss_response(by=made.custodian, response=dismissed, facts=DismissalFacts(DismissalReason.SPAM))
    while_dismissed = len(counted())
    actions.reinstate_response(by=made.custodian, response=dismissed)
    with pytest.raises(errors.RuleBroken):
        actions.reinstate_response(by=made.custodian, response=dismissed)

    assert dismissed.dismissed_by == made.custodian_user
    assert (while_dismissed, len(counted())) == (2, 3)
    assert [line.fields for line in history_of(response.pk) if line.fields] == [
        {"dismissed": ("wrong_number", None)},
        {"dismissed": (None, "wrong_number")},
    ]


def test_many_are_dismissed_at_once_as_a_preview_showed_them(made: Bench) -> None:
    rows = actions.preview_dismissal(made.custodian, Response.objects.all())
    facts = DismissalFacts(DismissalReason.SPAM)
    actions.dismiss_response(by=made.custodian, response=made.response(number(1)), facts=facts)

    with pytest.raises(errors.Stale):
        actions.dismiss_responses(by=made.custodian, rows=rows, facts=facts)
    with pytest.raises(errors.RuleBroken):  # one of them is dismissed already: none is
        actions.dismiss_responses(by=made.custodian, rows=RowSet.of(Response.objects.all()), facts=facts)
    fresh = actions.preview_dismissal(made.custodian, Response.objects.all())
    actions.dismiss_responses(by=made.custodian, rows=fresh, facts=facts)

    assert (rows.count, fresh.count) == (3, 2)
    assert counted() == set()
    assert Entry.objects.filter(action="intake.dismiss_responses").count() == 1


def test_many_are_dismissed_only_by_someone_whose_roles_cover_each_ad(made: Bench) -> None:
    # A coordinator covers the county; a lead of another agency does not, whatever rows were handed over.
    stranger = made.someone(Role.OPERATION_LEAD, of=build.organization("Millbrook Police Department"))
    facts = DismissalFacts(DismissalReason.SPAM)

    with pytest.raises(errors.Refusal):
        actions.dismiss_responses(by=stranger, rows=RowSet.of(Response.objects.all()), facts=facts)
    actions.dismiss_responses(by=made.someone(Role.COORDINATOR), rows=RowSet.of(Response.objects.all()), facts=facts)

    assert counted() == set()


def test_a_mark_says_who_first_raised_a_subject_and_can_be_removed(made: Bench) -> None:
    one, other = made.response(number(1)), made.response(number(3))
    said = conversation_of(made.custodian, one).said
    message = Message.objects.get(pk=said[0].message_id)
    price = MarkFacts(MarkSubject.PRICE)

    mark = actions.mark_message(by=made.custodian, response=one, message=message, facts=price)
    with pytest.raises(errors.RuleBroken, match="has this mark"):
        actions.mark_message(by=made.custodian, response=one, message=message, facts=price)
    with pytest.raises(errors.RuleBroken, match="another conversation"):
        actions.mark_message(by=made.custodian, response=other, message=message, facts=price)
    shown = conversation_of(made.custodian, one).said[0].marks
    actions.unmark_message(by=made.custodian, mark=mark)

    assert [(one.id, one.subject) for one in shown] == [(mark.pk, "price")]
    assert Mark.objects.count() == 0
    assert len(history_of(one.pk)) >= 2


def test_what_is_referred_is_in_no_view_of_the_task_force(made: Bench) -> None:
    response, contact = made.response(number(1)), contact_point(number(1))
    export, place = Export.objects.get(), SourcePlace.objects.order_by("pk").first()
    before = export_report(made.custodian, export)
    messages = list(Message.objects.filter(contact_point=contact))

    actions.refer_response(by=made.custodian, response=response, facts=MINOR)

    for actor in (made.custodian, made.someone(Role.COORDINATOR), made.someone(Role.PROSECUTOR)):
        after_it = export_report(actor, export)
        assert not Response.objects.visible_to(actor).filter(pk=response.pk).exists()
        assert not ContactPoint.objects.visible_to(actor).filter(pk=contact.pk).exists()
        assert not Message.objects.visible_to(actor).filter(pk__in=[one.pk for one in messages]).exists()
        assert find_responses(actor, number(1)).count() == 0
        assert contact_values(actor, [contact]) == {}
        assert after_it.new_responses_count == before.new_responses_count - 1 == 2
        assert after_it.inbound_contact_points_count == before.inbound_contact_points_count - 1
        with pytest.raises(errors.NotFound):
            bytes_window(actor, place.pk)
        # A group message that names the sender in its bytes is gone too, from the other's conversation.
        assert [one.words for one in conversation_of(actor, made.response(number(2))).said] == ["hi saw your ad"]
    assert len(counted()) == 2
    with pytest.raises(errors.NotFound):
        actions.dismiss_response(by=made.custodian, response=response, facts=DismissalFacts(DismissalReason.SPAM))
    with pytest.raises(errors.RuleBroken):
        actions.download_export(by=made.custodian, export=export, facts=REVIEW)


def test_the_advocate_liaison_alone_sees_the_referred_until_an_advocate_takes_over(made: Bench) -> None:
    response = made.response(number(1))
    liaison = made.someone(Role.ADVOCATE_LIAISON)
    before = Response.objects.visible_to(liaison).count()
    actions.refer_response(by=made.custodian, response=response, facts=MINOR)
    referral = Referral.objects.visible_to(liaison).get()

    actions.open_referral(by=liaison, referral=referral, facts=OpeningFacts(Purpose.REFERRAL))
    seen = list(Response.objects.visible_to(liaison))
    words = [one.words for one in conversation_of(liaison, response).said]
    with pytest.raises(errors.NotAllowed):
        actions.take_over_referral(
            by=made.custodian, referral=referral, facts=TakeOverFacts("Advocate A, Harborlight Advocates")
        )
    actions.take_over_referral(by=liaison, referral=referral, facts=TakeOverFacts("Advocate A, Harborlight Advocates"))
    with pytest.raises(errors.Stale):
        actions.take_over_referral(by=liaison, referral=referral, facts=TakeOverFacts("Advocate B"))

    assert before == 0
    assert seen == [response]
    assert words == ["hi saw your ad", "how much", "hello all"]
    assert Referral.objects.visible_to(made.custodian).count() == 0
    assert Response.objects.visible_to(liaison).count() == 0
    assert ContactPoint.objects.visible_to(liaison).count() == 0
    assert Restriction.objects.count() == 2
    assert len(counted()) == 2


def test_a_later_export_of_a_referred_sender_changes_no_total(made: Bench) -> None:
    actions.refer_response(by=made.custodian, response=made.response(number(1)), facts=MINOR)
    before = counted()

    export = made.read(backup(sms(number(1), after(6), "hello again")), "later.xml")

    assert counted() == before
    assert export_report(made.custodian, export).new_responses_count == 0
    assert export_report(made.custodian, export).inbound_contact_points_count == 0


def test_protected_reads_are_verbs_with_a_purpose_and_one_entry(made: Bench) -> None:
    response = made.response(number(1))
    place, message = place_in_sight(made.custodian, SourcePlace.objects.order_by("pk").first().pk)
    contacts = list(ContactPoint.objects.all())

    actions.open_response(by=made.custodian, response=response, facts=REVIEW)
    actions.show_contacts(by=made.custodian, contact_points=contacts, facts=REVIEW)
    actions.open_bytes(by=made.custodian, message=message, facts=BytesFacts(place.pk, Purpose.COURT))
    with pytest.raises(errors.NotFound):
        other = Message.objects.exclude(pk=message.pk).first()
        actions.open_bytes(by=made.custodian, message=other, facts=BytesFacts(place.pk, Purpose.COURT))
    actions.download_export(by=made.custodian, export=Export.objects.get(), facts=REVIEW)

    shown = Entry.objects.get(action="intake.show_contacts")
    assert shown.body.count("intake.ContactPoint:") == 3
    assert '"purpose":"court"' in Entry.objects.get(action="intake.open_bytes").body
    assert number(1) not in "".join(Entry.objects.values_list("body", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_and_does_what_it_may(made: Bench, role: Role) -> None:
    actor = made.someone(role)
    response, export = made.response(number(3)), Export.objects.get()
    place = response.first_message.places.get()
    reviewers = {Role.COORDINATOR, Role.PROSECUTOR, Role.OPERATION_LEAD, Role.CUSTODIAN}

    def may(step) -> bool:  # type: ignore[no-untyped-def]
        try:
            step()
        except (errors.NotAllowed, errors.NotFound):
            return False
        return True

    assert may(lambda: actions.open_response(by=actor, response=response, facts=REVIEW)) is (role in reviewers)
    assert may(
        lambda: actions.open_bytes(by=actor, message=response.first_message, facts=BytesFacts(place.pk, Purpose.REVIEW))
    ) is (role in {Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN})
    assert may(lambda: actions.download_export(by=actor, export=export, facts=REVIEW)) is (
        role in {Role.PROSECUTOR, Role.CUSTODIAN}
    )
    assert may(
        lambda: actions.dismiss_response(by=actor, response=response, facts=DismissalFacts(DismissalReason.SPAM))
    ) is (role in reviewers)
    assert may(lambda: actions.refer_response(by=actor, response=response, facts=MINOR)) is (role in reviewers)


def test_a_state_is_told_with_its_referral(made: Bench) -> None:
    response = made.response(number(1))

    actions.refer_response(by=made.custodian, response=response, facts=MINOR)

    assert actions.state_of(response) is ResponseState.REFERRED
