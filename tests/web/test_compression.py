"""What goes out compressed, and what never does: an answer that holds a secret."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from hotspots.results.actions.inviting import InvitationFacts, make_preview_link
from hotspots.web.middleware import CONTENT_SECURITY_POLICY
from tests import build
from tests import build_releases as releases
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)

GZIP = {"Accept-Encoding": "gzip, br"}
LOOK = "/static/look/css/look.css"


@pytest.fixture
def here() -> Press:
    """Give a demonstration with its figures frozen."""
    return releases.press(is_demonstration=True)


@pytest.mark.parametrize("name", ["css/look.css", "css/tokens.css", "img/icons.svg", "js/look.js"])
def test_a_static_file_is_sent_compressed_and_is_the_same_file(client: Client, name: str) -> None:
    response = client.get(f"/static/look/{name}", headers=GZIP)

    body = b"".join(response.streaming_content)
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "max-age=3600, public"
    assert int(response.headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == Path(str(finders.find(f"look/{name}"))).read_bytes()


def test_a_browser_that_does_not_ask_gets_the_file_as_it_is(client: Client) -> None:
    response = client.get(LOOK)

    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"
    assert b"".join(response.streaming_content) == Path(str(finders.find("look/css/look.css"))).read_bytes()


def test_a_font_is_sent_as_it_is(client: Client) -> None:
    assert "Content-Encoding" not in client.get("/static/look/fonts/public-sans.woff2", headers=GZIP).headers


@pytest.mark.parametrize(
    "address", ["/", "/results/hot-spots-2021", "/results/hot-spots-2021.csv", "/who-can-see-what"]
)
def test_a_page_for_everybody_is_sent_compressed(here: Press, client: Client, address: str) -> None:
    releases.published(here)

    response, plain = client.get(address, headers=GZIP), client.get(address)

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    for answer in (response, plain):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/who-can-see-what", "/now", "/results/hot-spots-2021"])
def test_nothing_is_compressed_for_a_person_signed_in(here: Press, client: Client, address: str) -> None:
    releases.published(here)
    build.sign_in(client, here.writer)

    response = client.get(address, headers=GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_with_a_forms_token_is_not_compressed(here: Press, client: Client) -> None:
    for _ in range(2):  # the second time the cookie is there already
        response = client.get("/sign-in", headers=GZIP)

        assert b"csrfmiddlewaretoken" in response.content
        assert "Content-Encoding" not in response.headers


def test_a_text_for_invited_readers_is_not_compressed(here: Press, client: Client) -> None:
    facts = InvitationFacts("Sheriff", "t" * 43, releases.in_days(2))
    make_preview_link(by=here.writer, version=releases.draft(here), facts=facts)

    response = client.get(f"/preview/{'t' * 43}", headers=GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers


def test_a_pdf_is_sent_as_it_is(here: Press, client: Client) -> None:
    version = releases.published(here)

    response = client.get(f"/releases/{version.release.slug}/1.pdf", headers=GZIP)

    assert response.content.startswith(b"%PDF")


def test_a_program_that_cannot_keep_copies_serves_the_files_as_they_are(
    tmp_path: Path, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.COMPRESSED_ROOT = tmp_path / "absent" / "folder"  # type: ignore[attr-defined]

    response = Client().get(LOOK, headers=GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert "could not be written" in caplog.text
