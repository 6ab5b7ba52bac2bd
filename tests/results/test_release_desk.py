"""The release desk says what it is about to do: stale figures, a time that has passed, a retraction and its text."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import User
from hotspots.access.rules import Role
from hotspots.intake.models import Response
from hotspots.results.actions.correcting import NoteFacts, retract_release
from hotspots.results.actions.figures import FreezeFacts, freeze_figure
from hotspots.results.actions.publishing import PublishFacts, publish_release
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.frozen import NowBe
from hotspots.results.queries.release_desk import Moved
from hotspots.results.rules.figures import Difference
from hotspots.results.rules.states import ReleaseState
from hotspots.results.views.release_page import moved_words
from tests import build, build_results
from tests import build_releases as releases
from tests.build_releases import Press, address, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "The count was wrong."
COUNTED = "# Of October 2021.\n\nOfficers received {{ responses_to_ads }} responses to decoy ads.\n"


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


def page(actor: Actor, version: ReleaseVersion) -> str:
    """Read the page of a release."""
    return signed_in(actor).get(address(version)).content.decode()


@pytest.fixture
def counted() -> Press:
    """Give a campaign of which three responses are frozen, as the records of today give them."""
    world = build_results.world()
    for _each in range(3):
        build_results.response(world)
    press = Press(
        world.campaign,
        {},
        build.actor("publisher", Role.PUBLISHER, of=world.campaign.lead),
        build.actor("coordinator", Role.COORDINATOR, of=world.campaign.lead),
    )
    freeze_figure(by=press.writer, campaign=press.campaign, facts=FreezeFacts("responses_to_ads", releases.AS_OF))
    return press


def dismiss_one() -> None:
    """Take one of the responses out of the count."""
    first = Response.objects.order_by("pk")[:1].get()
    by = User.objects.get(login="publisher")
    Response.objects.filter(pk=first.pk).update(dismissal_reason="spam", dismissed_by=by, dismissed_at=build.NOON)


def approve(here: Press, version: ReleaseVersion) -> ReleaseVersion:
    """Approve without the lint: the text of this test says little."""
    ReleaseVersion.objects.filter(pk=version.pk).update(approved_by=here.second.user_id, approved_at=build.NOON)
    version.refresh_from_db()
    version.release.state = ReleaseState.APPROVED
    version.release.save(update_fields=["state"])
    return version


def test_a_time_that_has_passed_is_refused_by_the_verb(here: Press) -> None:
    version = releases.approved(here)
    now = datetime(2021, 11, 9, 4, tzinfo=UTC)

    for past in (now, now - timedelta(days=600)):
        with pytest.raises(errors.RuleBroken, match=r"This time has passed\. Leave it empty") as refused:
            publish_release(by=here.second, version=version, facts=PublishFacts(publish_at=past), clock=lambda: now)
        assert refused.value.field == "publish_at"

    version.refresh_from_db()
    assert (version.published_at, version.publish_at) == (None, None)


def test_a_time_that_has_passed_is_refused_beside_its_field(here: Press) -> None:
    version = releases.approved(here)

    answer = signed_in(here.second).post(address(version, "/publish"), {"publish-publish_at": "2020-01-01T10:00"})

    assert answer.status_code == 409
    assert answer.context["publish_form"].errors["publish_at"] == [
        "This time has passed. Leave it empty to publish now."
    ]
    version.refresh_from_db()
    assert version.published_at is None


def test_a_figure_that_stands_as_it_was_counted_is_not_named(counted: Press) -> None:
    version = releases.draft(counted, body=COUNTED)

    assert "would now be" not in page(counted.second, version)


def test_a_figure_that_would_now_be_another_is_named_at_every_stage(counted: Press) -> None:
    version = releases.draft(counted, body=COUNTED)
    dismiss_one()
    named = "One figure would now be another: 3 responses to decoy ads would now be 2."

    drafted = page(counted.second, version)
    version = approve(counted, version)
    approved = page(counted.second, version)
    published = page(counted.second, publish_release(by=counted.second, version=version, facts=PublishFacts()))

    for shown in (drafted, approved, published):
        assert named in shown
        assert "would now be 2</span>" in shown
    assert f"Your name stands beside the approval. {named}" in drafted
    assert f"retracted in the open. {named}" in approved


def test_every_figure_that_would_now_be_another_is_named_in_one_sentence(here: Press) -> None:
    none = Difference((), ())
    now = {"responses_to_ads": 260, "citations_for_soliciting": 21}

    said = moved_words([Moved(here.figures[key], NowBe(value, none, b"")) for key, value in now.items()])

    assert said == (
        "Two figures would now be others: 261 responses to decoy ads would now be 260; "
        "22 citations for soliciting would now be 21."
    )
    assert moved_words([]) == ""


def test_a_retraction_asks_first_and_shows_what_the_public_will_read(here: Press) -> None:
    version = releases.published(here)
    client = signed_in(here.second)
    sent = {"retract-note": NOTE, "retract-noted_on": "2021-11-20"}

    before = client.get(address(version)).content.decode()
    asked = client.post(address(version, "/retract"), sent)

    assert "Retract the release</button>" not in before
    shown = asked.content.decode()
    assert version.release.versions.count() == 1
    assert "Nothing has happened yet" in shown
    assert "Retracted Nov 20, 2021" in shown
    assert f'data-confirm="“{version.release.title}” is retracted at once' in shown
    assert f"everybody who opens it reads: “{NOTE}” There is no undo." in shown

    client.post(address(version, "/retract"), {**sent, "retract-shown": asked.context["retract_form"].digest})
    assert version.release.versions.count() == 2


def test_another_note_than_the_one_that_was_shown_is_shown_first(here: Press) -> None:
    version = releases.published(here)
    client = signed_in(here.second)
    asked = client.post(address(version, "/retract"), {"retract-note": NOTE})
    digest = asked.context["retract_form"].digest

    again = client.post(address(version, "/retract"), {"retract-note": "Another note.", "retract-shown": digest})

    assert version.release.versions.count() == 1
    assert "reads: “Another note.”" in again.content.decode()


def test_a_note_that_may_not_be_read_by_everybody_is_refused_before_it_is_shown(here: Press) -> None:
    version = releases.published(here)

    answer = signed_in(here.second).post(address(version, "/retract"), {"retract-note": "There were 12 fewer."})

    assert answer.status_code == 409
    assert "No figure stands behind a number in a note" in answer.content.decode()
    assert "Nothing has happened yet" not in answer.content.decode()


def test_the_desk_shows_the_withdrawn_text_and_its_numbers(here: Press) -> None:
    version = releases.published(here)
    retract_release(by=here.second, release=version.release, facts=NoteFacts(NOTE, date(2021, 11, 20)))

    shown = page(here.second, version)

    assert "The text that was withdrawn" in shown
    assert "{{ responses_to_ads }} responses to decoy ads" in shown
    assert "There is no number in this text" not in shown
    assert '<th scope="row">261</th>' in shown
    assert "Retracted Nov 20, 2021" in shown
    assert NOTE in shown


def sheet(client: Client, version: ReleaseVersion, number: int) -> list[dict[str, str]]:
    """Read the figures of a published version."""
    text = client.get(f"/releases/{version.release.slug}/{number}.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["key"] for row in rows} == set(releases.SIX)
    return rows


def states(rows: list[dict[str, str]]) -> set[tuple[str, str, str]]:
    """Give what a sheet says of its release."""
    return {(row["state"], row["state_on"], row["state_note"]) for row in rows}


def test_a_sheet_says_that_its_release_was_corrected_or_retracted(here: Press, client: Client) -> None:
    first = releases.published(here)
    assert states(sheet(client, first, 1)) == {("published", "2021-11-09", "")}

    releases.corrected(here, first, "One agency was left out.")
    said = ("2021-11-12", "One agency was left out.")
    assert states(sheet(client, first, 1)) == {("replaced by a correction", *said)}
    assert states(sheet(client, first, 2)) == {("corrected", *said)}

    retract_release(by=here.second, release=first.release, facts=NoteFacts(NOTE, date(2021, 11, 20)))
    for number in (1, 2, 3):
        assert states(sheet(client, first, number)) == {("retracted", "2021-11-20", NOTE)}


def test_the_sheet_of_a_campaign_says_which_figures_were_corrected(here: Press, client: Client) -> None:
    releases.corrected(here, releases.published(here), "One agency was left out.")

    text = client.get(f"/results/{here.campaign.key}.csv").content.decode()

    rows = list(csv.DictReader(io.StringIO(text)))
    assert states(rows) == {("corrected", "2021-11-12", "One agency was left out.")}
