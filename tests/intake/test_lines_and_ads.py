"""Lines are opened; ads are placed, withdrawn and corrected, and responses follow."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.db import IntegrityError

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.queries import history_of
from hotspots.intake import actions
from hotspots.intake.actions import AdFacts, AdTimesFacts, LineFacts, WithdrawFacts
from hotspots.intake.models import Ad, Line, Response
from hotspots.intake.rules.states import LineKind
from tests import build, build_intake
from tests.build_intake import PLACED, TEXT, WITHDRAWN, after, backup, bench, number, sms

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_a_line_is_kept_under_its_international_number() -> None:
    made = bench()
    elsewhere = build.organization("Millbrook Police Department")
    stranger = made.someone(Role.CUSTODIAN, of=elsewhere)

    def open_line(by, owner, address: str, kind: LineKind = LineKind.PHONE) -> Line:
        return actions.open_line(by=by, owner=owner, facts=LineFacts("B", address, build.NOON, kind))

    line = open_line(made.custodian, made.owner, "(209) 555-0117")
    account = open_line(made.custodian, made.owner, " Some.Account@Example.org ", LineKind.ACCOUNT)
    with pytest.raises(errors.BadInput):
        open_line(made.custodian, made.owner, "12345")
    with pytest.raises(errors.RuleBroken, match="Line B has this number"):
        open_line(made.custodian, made.owner, "+1 209 555 0117")
    with pytest.raises(errors.RuleBroken, match="cannot be opened here"):
        open_line(stranger, elsewhere, "+1 209 555 0117")
    with pytest.raises(errors.NotAllowed):
        open_line(stranger, made.owner, "+1 209 555 0118")

    assert line.address == "+12095550117"
    assert account.address == "some.account@example.org"


def test_a_line_runs_one_ad_at_a_time() -> None:
    made = bench()
    first = made.ad()
    other_line = build_intake.open_line(made, "B", "209-555-0117")

    with pytest.raises(errors.RuleBroken) as refusal:
        made.ad(WITHDRAWN - HOUR, None)
    with pytest.raises(errors.RuleBroken):
        made.ad(PLACED - HOUR, PLACED + HOUR)
    beside = made.ad(WITHDRAWN - HOUR, None, line=other_line)
    following = made.ad(WITHDRAWN, None)
    with pytest.raises(IntegrityError):  # the database knows the rule too
        Ad.objects.filter(pk=following.pk).update(placed_at=PLACED + HOUR)

    assert refusal.value.rule == "ad.one_live"
    assert [first.number, beside.number, following.number] == [1, 2, 3]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text_sha256": "ABC"}, "field text"),
        ({"image_sha256s": ("zz",)}, "field images"),
        ({"text_characters_count": 0}, "field text"),
        ({"portrayed_age": 0}, "field portrayed_age"),
        ({"site_words": " "}, "field site_words"),
    ],
)
def test_an_ad_of_the_wrong_shape_is_refused(changed, field) -> None:
    made = bench()
    facts = AdFacts("a site", TEXT.sha256, TEXT.characters_count, 22, PLACED, WITHDRAWN)

    with pytest.raises(errors.BadInput) as refusal:
        actions.place_ad(
            by=made.custodian,
            line=made.line,
            campaign=made.campaign,
            approved_by=made.custodian_user,
            facts=dataclasses.replace(facts, **changed),
        )

    assert refusal.value.locator == field


def test_an_ad_lies_within_its_campaign_by_local_date() -> None:
    made = bench()

    with pytest.raises(errors.RuleBroken, match="Oct 1, 2021 to Oct 31, 2021"):
        made.ad(build.NOON - timedelta(days=30), PLACED)


def test_correcting_an_ads_times_moves_responses_and_keeps_what_people_decided() -> None:
    made = bench()
    ad = made.ad(PLACED, None)
    made.read(backup(sms(number(1), after(1)), sms(number(2), after(30)), sms(number(3), after(-1))))
    early, late = made.response(number(1)), made.response(number(2))

    narrowed = actions.correct_ad(
        by=made.custodian, ad=ad, facts=AdTimesFacts(after(20), None, "the site shows another time")
    )
    outside, still = made.response(number(1)), made.response(number(2))
    widened = actions.correct_ad(by=made.custodian, ad=narrowed, facts=AdTimesFacts(after(-2), None, "the log says so"))

    assert (outside.pk, outside.is_outside, still.is_outside) == (early.pk, True, False)
    assert still.pk == late.pk
    assert {row.is_outside for row in Response.objects.filter(ad=widened)} == {False}
    assert Response.objects.count() == 3
    assert len(history_of(ad.pk)) == 3


def test_an_ad_is_withdrawn_once() -> None:
    made = bench()
    ad = made.ad(PLACED, None)

    with pytest.raises(errors.RuleBroken):
        actions.withdraw_ad(by=made.custodian, ad=ad, facts=WithdrawFacts(PLACED))
    done = actions.withdraw_ad(by=made.custodian, ad=ad, facts=WithdrawFacts(WITHDRAWN))
    with pytest.raises(errors.Stale):
        actions.withdraw_ad(by=made.custodian, ad=done, facts=WithdrawFacts(WITHDRAWN + HOUR))

    assert Ad.objects.get().withdrawn_at == WITHDRAWN


def test_a_number_that_becomes_a_line_answers_no_ad_any_more() -> None:
    made = bench()
    made.ad()
    made.read(backup(sms("+12095550117", after(1)), sms(number(1), after(2))))
    before = len(build_intake.counted())

    build_intake.open_line(made, "B", "209-555-0117")

    assert before == 2
    assert len(build_intake.counted()) == 1
