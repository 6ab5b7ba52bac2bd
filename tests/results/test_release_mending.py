"""The page of a release: what can be marked, a correction that is edited or abandoned, a publication held back."""

from __future__ import annotations

import pytest

from tests import build_releases as releases
from tests.build_releases import Press
from tests.results.test_release_pages import address, signed_in, typed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


def test_words_stand_apart_from_numbers_without_a_figure(here: Press) -> None:
    version = releases.draft(here, body=f"{releases.BODY}\nTwo arrests. People were rescued.\n")

    page = signed_in(here.writer).get(address(version)).content.decode()

    numbers, words = page.split(">Words<")
    assert "<li>“Two arrests”</li>" in numbers
    assert "<li>“rescued”</li>" in words
    assert ": “Two arrests”" in page


def test_an_empty_note_is_said_at_the_top_of_the_page(here: Press) -> None:
    version = releases.published(here)

    page = signed_in(here.writer).post(address(version, "/correct"), {"correct-note": ""}).content.decode()

    assert page.index('href="#id_correct-note"') < page.index('id="text"')


def test_a_correction_is_edited_and_abandoned_on_its_page(here: Press) -> None:
    first, writer = releases.published(here), signed_in(here.writer)
    writer.post(address(first, "/correct"), {"correct-note": "A name was wrong."})
    opened = first.release.versions.get(number=2)

    writer.post(address(first, "/save"), typed(opened, note="A date was wrong.", noted_on="2021-11-12"))
    opened.refresh_from_db()
    assert opened.note == "A date was wrong."

    page = writer.post(address(first, "/abandon"), follow=True).content.decode()
    assert "Abandoned" in page
    assert 'id="correct"' in page


def test_the_page_says_why_a_release_did_not_go_out(here: Press) -> None:
    version = releases.approved(here)
    version.held_back_reason = "Something stops it."
    version.save(update_fields=["held_back_reason"])

    page = signed_in(here.writer).get(address(version)).content.decode()

    assert "It did not go out at the time that was set" in page
    assert "Something stops it." in page
    assert "did not go out at its time" in signed_in(here.second).get("/now").content.decode()
