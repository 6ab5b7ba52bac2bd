"""Releases after their approval: out at a set time, corrected and retracted in the open, read by invitation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.access.models import Grant
from hotspots.audit.models import Entry
from hotspots.jobs.actions import run_ready_jobs
from hotspots.results.actions.abandoning import abandon_correction
from hotspots.results.actions.correcting import NoteFacts, correct_release, retract_release
from hotspots.results.actions.drafting import (
    save_release,
)
from hotspots.results.actions.inviting import InvitationFacts, end_preview_link, make_preview_link
from hotspots.results.actions.publishing import PublishFacts, approve_release, publish_release
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_public import invited_version, published_figures, published_version, standing_of
from hotspots.results.queries.release_reading import check_step, latest_version
from hotspots.results.rules.states import ReleaseState, ReleaseVerb
from tests import build
from tests import build_releases as releases
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


def scheduled(here: Press, version: ReleaseVersion, *, is_due: bool = True) -> ReleaseVersion:
    """Set a time: one that has come by now, or tomorrow."""
    if not is_due:
        return publish_release(by=here.second, version=version, facts=PublishFacts(publish_at=releases.in_days(1)))
    evening = datetime(2021, 11, 9, 4, 0, tzinfo=UTC)
    facts = PublishFacts(publish_at=evening + timedelta(hours=3))
    return publish_release(by=here.second, version=version, facts=facts, clock=lambda: evening)


def test_a_release_goes_out_at_its_time(here: Press) -> None:
    version = scheduled(here, releases.approved(here))
    assert version.published_at is None

    run_ready_jobs()

    assert published_version(version.release.slug, 1).release.state == ReleaseState.PUBLISHED
    assert Entry.objects.get(action="results.publish_due").actor_id is None


def test_a_release_does_not_go_out_before_its_time(here: Press) -> None:
    scheduled(here, releases.approved(here), is_due=False)

    assert run_ready_jobs() == 0
    assert not ReleaseVersion.objects.visible_to(PUBLIC).exists()


def test_an_edit_takes_the_set_time_away(here: Press) -> None:
    save_release(by=here.writer, version=scheduled(here, releases.approved(here)), facts=releases.facts())

    assert run_ready_jobs() == 1
    assert not ReleaseVersion.objects.visible_to(PUBLIC).exists()


@pytest.mark.parametrize("login", ["coordinator", "publisher"])
def test_a_release_is_held_back_when_who_approved_it_or_set_the_time_no_longer_may(here: Press, login: str) -> None:
    version = releases.approved(here)
    if login == "publisher":
        facts = PublishFacts(publish_at=datetime(2021, 11, 9, 7, tzinfo=UTC))
        clock_at = datetime(2021, 11, 9, 4, tzinfo=UTC)
        version = publish_release(by=here.writer, version=version, facts=facts, clock=lambda: clock_at)
    else:
        version = scheduled(here, version)
    Grant.objects.filter(user__login=login).update(revoked_at=build.NOON)

    run_ready_jobs()

    version.refresh_from_db()
    assert (version.published_at, version.publish_at) == (None, None)
    assert "no longer holds a role" in version.held_back_reason


def test_a_correction_stands_in_the_open_and_the_first_version_keeps_its_address(here: Press) -> None:
    first = releases.published(here)
    second = releases.corrected(here, first)

    old, new = published_version(first.release.slug, 1), published_version(first.release.slug, 2)

    assert "State Parole" not in old.body
    assert standing_of(old).newer == new
    assert (standing_of(new).is_correction, new.noted_on) == (True, date(2021, 11, 12))
    assert second.release.state == ReleaseState.CORRECTED


def test_an_open_correction_changes_nothing_in_public(here: Press) -> None:
    first = releases.published(here)

    after = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))
    save_release(by=here.writer, version=after, facts=releases.facts(title="A new title"))

    first.release.refresh_from_db()
    assert (first.release.state, first.release.title) == (ReleaseState.PUBLISHED, releases.TITLE)
    assert standing_of(published_version(first.release.slug, 1)).newer is None
    with pytest.raises(errors.NotFound):
        published_version(first.release.slug, 2)


def test_a_correction_needs_a_note_and_a_published_release(here: Press) -> None:
    draft = releases.draft(here)
    with pytest.raises(errors.RuleBroken, match="Only a published release"):
        correct_release(by=here.writer, release=draft.release, facts=NoteFacts("A word was wrong."))

    version = publish_release(
        by=here.second, version=approve_release(by=here.second, version=draft), facts=PublishFacts()
    )
    with pytest.raises(errors.RuleBroken, match="Say what was wrong"):
        correct_release(by=here.writer, release=version.release, facts=NoteFacts(" "))


def test_a_retraction_is_a_notice_of_its_own_and_takes_the_figures_from_the_results(here: Press) -> None:
    first = releases.published(here)
    assert len(published_figures(here.campaign)) == 6

    notice = retract_release(by=here.second, release=first.release, facts=NoteFacts("The count was wrong."))

    assert published_figures(here.campaign) == []
    assert published_version(first.release.slug, 1).body == first.body
    assert standing_of(published_version(first.release.slug, 1)).retraction == notice
    assert standing_of(published_version(first.release.slug, 2)).is_retraction
    with pytest.raises(errors.RuleBroken):
        correct_release(by=here.writer, release=notice.release, facts=NoteFacts("No."))


def test_a_retraction_stops_a_correction_that_waits_for_its_time(here: Press) -> None:
    first = releases.published(here)
    after = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))
    after = approve_release(by=here.second, version=after)
    scheduled(here, after)

    notice = retract_release(by=here.second, release=first.release, facts=NoteFacts("The count was wrong."))
    run_ready_jobs()

    assert standing_of(notice).others == (first,)


def test_an_invited_reader_sees_the_text_until_the_invitation_ends(here: Press) -> None:
    version = releases.draft(here)
    token = "x" * 43
    invitation = InvitationFacts("Public information officer, Sheriff", token, releases.in_days(3))
    link = make_preview_link(by=here.writer, version=version, facts=invitation)
    now = datetime.now(UTC)

    assert invited_version(token, now=now).version == version
    for refused in (("y" * 43, now), (token, now + timedelta(days=4))):
        with pytest.raises(errors.NotFound):
            invited_version(refused[0], now=refused[1])
    assert token.encode() not in bytes(link.token_digest)
    assert token not in "".join(Entry.objects.values_list("body", flat=True))
    end_preview_link(by=here.second, link=link)
    with pytest.raises(errors.NotFound):
        invited_version(token, now=now)


def test_an_invitation_lasts_two_weeks_at_most(here: Press) -> None:
    version = releases.draft(here)

    with pytest.raises(errors.RuleBroken, match="at most 14 days"):
        make_preview_link(
            by=here.writer, version=version, facts=InvitationFacts("Sheriff", "x" * 43, releases.in_days(15))
        )


def test_the_log_holds_no_text_of_a_release(here: Press) -> None:
    releases.corrected(here, releases.published(here))

    told = "".join(Entry.objects.filter(action__startswith="results.").values_list("body", flat=True))

    assert "accusation" not in told
    assert "agency was left out" not in told
    assert "name of the campaign" not in told


def test_an_older_version_cannot_be_worked_on(here: Press) -> None:
    first = releases.published(here)
    correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))

    with pytest.raises(errors.Stale):
        check_step(ReleaseVerb.SAVE, first)


def test_an_abandoned_correction_leaves_the_release_as_it_was_published(here: Press) -> None:
    first = releases.published(here)
    opened = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))

    abandoned = abandon_correction(by=here.writer, version=opened)

    assert (first.release.state, latest_version(first.release)) == (ReleaseState.PUBLISHED, first)
    assert abandoned not in ReleaseVersion.objects.visible_to(PUBLIC)
    with pytest.raises(errors.Stale, match="abandoned"):
        save_release(by=here.writer, version=abandoned, facts=releases.facts())
    again = correct_release(by=here.writer, release=first.release, facts=NoteFacts("Another word was wrong."))
    assert (abandoned.number, again.number, again.body) == (2, 3, first.body)


def test_only_a_correction_that_is_not_published_is_abandoned(here: Press) -> None:
    with pytest.raises(errors.RuleBroken, match="Only a correction"):
        abandon_correction(by=here.writer, version=releases.draft(here))


def test_an_abandoned_correction_does_not_go_out_at_its_time(here: Press) -> None:
    first = releases.published(here)
    after = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))
    after = approve_release(by=here.second, version=after)
    abandon_correction(by=here.writer, version=scheduled(here, after))

    run_ready_jobs()

    assert ReleaseVersion.objects.visible_to(PUBLIC).count() == 1


def test_the_note_of_an_open_correction_is_edited_and_never_emptied(here: Press) -> None:
    first = releases.published(here)
    opened = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A wrod was wrong."))

    saved = save_release(by=here.writer, version=opened, facts=releases.facts(note="A word was wrong."))

    assert (saved.note, saved.noted_on) == ("A word was wrong.", opened.noted_on)
    with pytest.raises(errors.RuleBroken, match="Say what was wrong"):
        save_release(by=here.writer, version=saved, facts=releases.facts(note=" "))


def test_a_new_time_takes_the_reason_away(here: Press) -> None:
    version = releases.approved(here)
    version.held_back_reason = "Something stops it."
    version.save(update_fields=["held_back_reason"])

    assert scheduled(here, version, is_due=False).held_back_reason == ""
