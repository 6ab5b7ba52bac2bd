"""Releases: written, approved by another person, published, never by its author."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.access.rules import Role
from hotspots.results.actions.drafting import (
    BindingFacts,
    LiteralFacts,
    bind_figure,
    draft_release,
    mark_literal,
    save_release,
    unmark_literal,
)
from hotspots.results.actions.publishing import PublishFacts, approve_release, publish_release
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_public import published_version
from hotspots.results.queries.release_reading import bound_figures, draft_of
from hotspots.results.rules.states import TRANSITIONS, ReleaseState, ReleaseVerb, Stage, stage_after, verbs_at
from tests import build
from tests import build_releases as releases
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


def test_a_draft_binds_each_slot_to_the_frozen_figure_of_its_campaign(here: Press) -> None:
    version = releases.draft(here)

    assert {key: figure.value for key, figure in bound_figures(version).items()} == releases.SIX
    assert draft_of(version).report.stops == ()
    assert version.release.title == releases.TITLE


def test_the_figure_of_another_day_is_not_bound(here: Press) -> None:
    version = releases.draft(here, data_as_of_on=date(2021, 11, 6))

    assert bound_figures(version) == {}
    assert {stop.rule for stop in draft_of(version).report.stops} == {"figure_missing"}


def test_a_figure_can_be_chosen_where_there_are_several(here: Press) -> None:
    older = here.figures["arrests.firearm"]
    newer = releases.figure(here.campaign, "arrests.firearm", 3)
    version = releases.draft(here)
    assert bound_figures(version)["arrests.firearm"] == newer

    bound = bind_figure(by=here.writer, version=version, figure=older, facts=BindingFacts("arrests.firearm"))
    saved = save_release(by=here.writer, version=bound, facts=releases.facts(title="Another title"))

    assert bound_figures(saved)["arrests.firearm"] == older


def test_a_figure_of_another_measure_cannot_be_bound(here: Press) -> None:
    version = releases.draft(here)

    with pytest.raises(errors.RuleBroken, match="does not count that"):
        bind_figure(
            by=here.writer,
            version=version,
            figure=here.figures["responses_to_ads"],
            facts=BindingFacts("arrests.firearm"),
        )


def test_a_slot_that_left_the_text_lets_its_figure_go(here: Press) -> None:
    version = save_release(
        by=here.writer, version=releases.draft(here), facts=releases.facts(body="{{ responses_to_ads }} responses")
    )

    assert list(bound_figures(version)) == ["responses_to_ads"]


def test_the_author_cannot_approve(here: Press) -> None:
    version = releases.draft(here)

    with pytest.raises(errors.RuleBroken, match="another person approves"):
        approve_release(by=here.writer, version=version)


def test_whoever_edited_once_cannot_approve_even_when_another_saved_last(here: Press) -> None:
    version = releases.draft(here)
    version = save_release(by=here.second, version=version, facts=releases.facts(body=f"{releases.BODY}\nMore."))
    version = save_release(by=here.writer, version=version, facts=releases.facts())

    with pytest.raises(errors.RuleBroken, match="another person approves"):
        approve_release(by=here.second, version=version)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.AUDITOR, Role.OFFICER, Role.LIAISON])
def test_no_other_role_writes_or_approves(here: Press, role: Role) -> None:
    somebody = build.actor("somebody", role)
    version = releases.draft(here)

    with pytest.raises(errors.NotAllowed):
        draft_release(by=somebody, campaign=here.campaign, facts=releases.facts())
    with pytest.raises(errors.NotAllowed):
        approve_release(by=somebody, version=version)


def test_a_number_without_a_source_stops_approval_and_says_where(here: Press) -> None:
    version = releases.draft(here, body=f"{releases.BODY}\nSome 14 days of work.\n")

    with pytest.raises(errors.RuleBroken, match=r"One thing stops this release\. Line 30: “Some 14 days”"):
        approve_release(by=here.second, version=version)


def test_a_literal_lets_its_number_stand_and_without_the_mark_it_stops_again(here: Press) -> None:
    version = releases.draft(here, body=f"{releases.BODY}\nSome 14 days of work.\n")

    version = mark_literal(by=here.writer, version=version, facts=LiteralFacts("14 days", "the plan"))
    assert draft_of(version).report.stops == ()

    version = unmark_literal(by=here.writer, version=version, facts=LiteralFacts("14 days"))
    assert len(draft_of(version).report.stops) == 1


def test_a_literal_needs_a_reason_and_must_stand_in_the_text(here: Press) -> None:
    version = releases.draft(here)

    with pytest.raises(errors.RuleBroken, match="where this comes from"):
        mark_literal(by=here.writer, version=version, facts=LiteralFacts("6 months", " "))
    with pytest.raises(errors.RuleBroken, match="does not stand in the saved text"):
        mark_literal(by=here.writer, version=version, facts=LiteralFacts("99 days", "a plan"))


@pytest.mark.parametrize("edit", ["save", "mark", "unmark"])
def test_an_edit_makes_an_approved_text_a_draft_again(here: Press, edit: str) -> None:
    version = releases.approved(here)
    assert version.release.state == ReleaseState.APPROVED

    if edit == "save":
        after = save_release(by=here.writer, version=version, facts=releases.facts())
    elif edit == "mark":
        after = mark_literal(by=here.writer, version=version, facts=LiteralFacts("6 months", "the statute"))
    else:
        after = unmark_literal(by=here.writer, version=version, facts=LiteralFacts("6 months"))

    assert (after.approved_by, after.approved_at, after.publish_at) == (None, None, None)
    assert after.release.state == ReleaseState.DRAFT
    with pytest.raises(errors.RuleBroken, match="Only an approved text"):
        publish_release(by=here.second, version=after, facts=PublishFacts())


def test_two_people_who_save_at_once_lose_nothing(here: Press) -> None:
    version = releases.draft(here)
    opened_at = version.saved_at
    save_release(by=here.second, version=version, facts=releases.facts(body="Theirs.", based_on=opened_at))

    with pytest.raises(errors.Stale) as refused:
        save_release(by=here.writer, version=version, facts=releases.facts(body="Mine.", based_on=opened_at))

    assert (refused.value.theirs, refused.value.yours) == ("Theirs.", "Mine.")


def test_a_published_release_has_its_date_and_its_address_and_its_text_stands(here: Press) -> None:
    version = releases.published(here)

    assert version.released_on == releases.RELEASED
    assert published_version(version.release.slug, 1) == version
    with pytest.raises(errors.RuleBroken, match="its text stands"):
        save_release(by=here.writer, version=version, facts=releases.facts())


def test_a_release_without_a_date_takes_the_countys_day(here: Press) -> None:
    late = datetime(2021, 11, 10, 6, 30, tzinfo=UTC)
    version = releases.approved(here, released_on=None)

    done = publish_release(by=here.second, version=version, facts=PublishFacts(), clock=lambda: late)

    assert done.released_on == date(2021, 11, 9)


def test_nothing_is_public_before_it_is_published(here: Press) -> None:
    version = releases.approved(here)

    assert not ReleaseVersion.objects.visible_to(PUBLIC).exists()
    with pytest.raises(errors.NotFound):
        published_version(version.release.slug, 1)


def test_every_stage_is_reached_and_only_a_retraction_ends_it() -> None:
    reached = {row.after for row in TRANSITIONS} | {Stage.DRAFT}

    assert reached == set(Stage)
    assert {stage for stage in Stage if not verbs_at(stage)} == {Stage.RETRACTED}
    assert stage_after(ReleaseVerb.PUBLISH, Stage.DRAFT) is None
    assert stage_after(ReleaseVerb.PUBLISH, Stage.CORRECTING) is None
