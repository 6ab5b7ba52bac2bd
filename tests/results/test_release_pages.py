"""The page on which a release is written: nothing typed is lost, and the buttons follow the stage."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotspots.access.rules import Role
from hotspots.results.actions.drafting import save_release
from hotspots.results.models import PreviewLink, Release, ReleaseVersion
from hotspots.results.queries.release_reading import draft_of, literals_of
from tests import build
from tests import build_releases as releases
from tests.build_releases import Press, address, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


def typed(version: ReleaseVersion, **given: str) -> dict[str, str]:
    """Give what the form of a version sends."""
    version.refresh_from_db()
    kept = {
        "title": version.title,
        "body": version.body,
        "released_on": "2021-11-09",
        "data_as_of_on": "2021-11-05",
        "based_on": version.saved_at.isoformat(),
    }
    return {**kept, **given}


def test_a_release_is_started_with_what_every_release_says(here: Press) -> None:
    client = signed_in(here.writer)
    sent = {"campaign": str(here.campaign.pk), "title": "A new release", "data_as_of_on": "2021-11-05"}

    response = client.post("/releases-desk/new", sent)

    version = Release.objects.get().versions.get()
    assert response.headers["Location"] == f"/releases-desk/{version.release_id}"
    assert "presumed innocent" in version.body
    assert [one.rule for one in draft_of(version).report.stops] == ["starting_quotation"]


def test_the_next_release_says_of_the_coalition_what_the_last_one_said(here: Press) -> None:
    releases.published(here)
    sent = {"campaign": str(here.campaign.pk), "title": "A new release"}

    signed_in(here.writer).post("/releases-desk/new", sent)

    version = ReleaseVersion.objects.get(title="A new release")
    assert "a coalition of more than 30 organizations." in version.body
    assert literals_of(version) == {"more than 30 organizations": "member list"}


def test_the_page_says_what_stops_the_text_and_where(here: Press) -> None:
    version = releases.draft(here, body=f"{releases.BODY}\nSome 14 days of work.\n")

    page = signed_in(here.writer).get(address(version)).content.decode()

    assert "One number has no source, so this cannot be approved" in page
    assert "Line 30" in page
    assert "No source" in page
    assert 'value="Some 14 days"' in page


def test_typing_is_checked_and_nothing_is_kept(here: Press) -> None:
    version = releases.draft(here)

    response = signed_in(here.writer).post(
        address(version, "/preview"), typed(version, body="{{ responses_to_ads }} and 7 more")
    )

    page = response.content.decode()
    assert ">261<sup>" in page
    assert "One number has no source" in page
    assert 'hx-swap-oob="true"' in page
    version.refresh_from_db()
    assert version.body == releases.BODY


def test_the_text_is_saved(here: Press) -> None:
    version = releases.draft(here)

    response = signed_in(here.writer).post(address(version, "/save"), typed(version, body="Another text."))

    assert response.status_code == 302
    version.refresh_from_db()
    assert version.body == "Another text."


def test_when_someone_else_was_first_both_texts_are_shown(here: Press) -> None:
    version = releases.draft(here)
    sent = typed(version, body="What I typed.")
    save_release(by=here.second, version=version, facts=releases.facts(body="What they saved."))
    client = signed_in(here.writer)

    response = client.post(address(version, "/save"), sent)

    page = response.content.decode()
    assert response.status_code == 409
    assert "What I typed." in page
    assert "What they saved." in page
    version.refresh_from_db()
    assert version.body == "What they saved."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Give the release a headline."),
        ({"data_as_of_on": "someday"}, "Give a day, such as 10/16/2021."),
        (
            {"operation_begins_on": "2021-10-09", "operation_ends_on": "2021-10-01"},
            "The operation ends before it begins.",
        ),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    here: Press, given: dict[str, str], sentence: str
) -> None:
    version = releases.draft(here)

    page = signed_in(here.writer).post(address(version, "/save"), typed(version, body="Kept words.", **given))

    assert sentence in page.content.decode()
    assert "Kept words." in page.content.decode()


def test_a_number_is_marked_and_the_mark_is_taken_away_on_the_page(here: Press) -> None:
    version = releases.draft(here, body=f"{releases.BODY}\nSome 14 days of work.\n")
    client = signed_in(here.writer)

    client.post(address(version, "/mark"), {"literal-text": "14 days", "literal-reason": "the plan"})
    version.refresh_from_db()
    assert literals_of(version)["14 days"] == "the plan"

    client.post(address(version, "/unmark"), {"text": "14 days"})
    version.refresh_from_db()
    assert "14 days" not in literals_of(version)


def test_a_mark_without_a_reason_says_so_beside_the_field(here: Press) -> None:
    version = releases.draft(here)

    page = signed_in(here.writer).post(address(version, "/mark"), {"literal-text": "6 months", "literal-reason": ""})

    assert "Say where this comes from." in page.content.decode()


def test_a_release_goes_from_draft_to_corrected_on_its_page(here: Press) -> None:
    version = releases.draft(here)
    writer, second = signed_in(here.writer), signed_in(here.second)

    writer.post(address(version, "/approve"))
    version.refresh_from_db()
    assert version.approved_at is None

    second.post(address(version, "/approve"))
    second.post(address(version, "/publish"), {"publish-publish_at": ""})
    version.refresh_from_db()
    assert version.published_at is not None

    writer.post(address(version, "/correct"), {"correct-note": "A name was wrong.", "correct-noted_on": "2021-11-12"})
    assert version.release.versions.count() == 2
    sent = {"retract-note": "Withdrawn.", "retract-noted_on": ""}
    seen = second.post(address(version, "/retract"), sent).context["retract_form"]
    second.post(address(version, "/retract"), {**sent, "retract-shown": seen.digest})
    assert version.release.versions.count() == 3


@pytest.mark.parametrize(
    ("stage", "seen", "unseen"),
    [
        ("draft", ["Approve", "Invite a reader"], ['id="publish"', 'id="correct"', 'id="retract"']),
        ("approved", ['id="publish"', "An edit makes it a draft again."], ['id="correct"', "/approve"]),
        ("published", ['id="correct"', 'id="retract"', "Open the public page"], ["/save", "/approve", 'id="invite"']),
    ],
)
def test_the_buttons_follow_the_stage(here: Press, stage: str, seen: list[str], unseen: list[str]) -> None:
    version = getattr(releases, stage)(here)

    page = signed_in(here.second).get(address(version)).content.decode()

    assert [part for part in seen if part not in page] == []
    assert [part for part in unseen if part in page] == []


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.AUDITOR])
def test_who_only_reads_has_no_buttons(here: Press, role: Role) -> None:
    version = releases.draft(here)
    client = signed_in(build.actor("reader", role))

    assert "<textarea" not in client.get(address(version)).content.decode()
    assert client.post(address(version, "/save"), typed(version)).status_code == 404


def test_an_officer_finds_no_such_page(here: Press) -> None:
    version = releases.draft(here)
    client = signed_in(build.actor("officer.12", Role.OFFICER))

    assert client.get(address(version)).status_code == 404
    assert client.get("/releases-desk").status_code == 404


def test_an_invitation_shows_its_link_once(here: Press) -> None:
    version = releases.draft(here)
    client = signed_in(here.writer)

    page = client.post(
        address(version, "/invite"), {"invite-reader_words": "Sheriff", "invite-days": "3"}, follow=True
    ).content.decode()

    assert "/preview/" in page
    assert "/preview/" not in client.get(address(version)).content.decode()
    client.post(address(version, f"/invite/{PreviewLink.objects.get().pk}/end"))
    assert PreviewLink.objects.get().ended_at is not None


def test_two_versions_are_compared_line_by_line(here: Press) -> None:
    first = releases.published(here)
    releases.corrected(here, first)

    page = signed_in(here.writer).get(address(first, "/compare/2")).content.decode()

    assert "<ins>- State Parole</ins>" in page


@pytest.mark.parametrize(("path", "most"), [("", 24), ("/page", 14)])
def test_the_page_asks_the_database_little(here: Press, path: str, most: int) -> None:
    version = releases.corrected(here, releases.published(here))
    client = signed_in(here.writer)

    with CaptureQueriesContext(connection) as asked:
        client.get(address(version, path))

    assert len(asked) <= most, [one["sql"][:90] for one in asked]


def test_the_list_takes_as_many_queries_for_many_as_for_one(here: Press) -> None:
    client = signed_in(here.writer)
    releases.draft(here)
    client.get("/releases-desk")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/releases-desk")
    for place in range(3):
        releases.draft(here, title=f"Release {'x' * place}")

    with CaptureQueriesContext(connection) as for_many:
        page = client.get("/releases-desk").content.decode()

    assert len(for_many) == len(for_one)
    assert page.count("Draft") >= 4
