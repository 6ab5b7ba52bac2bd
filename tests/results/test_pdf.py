"""The PDF of a release: PDF/UA-1 and PDF/A-2a, our own fonts, the same bytes each time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from hotspots.results.actions.correcting import NoteFacts, retract_release
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_page import page_of
from hotspots.results.queries.release_pdf import release_pdf
from tests import build_releases as releases
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)

OURS = {"PublicSans", "SourceSerif4", "IBMPlexMono"}


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen, in a demonstration."""
    return releases.press(is_demonstration=True)


@pytest.fixture
def second(here: Press) -> ReleaseVersion:
    """Give a published correction."""
    return releases.corrected(here, releases.published(here))


def text_of(pdf: bytes) -> str:
    """Read the words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def base_fonts(reader: PdfReader) -> set[str]:
    """Name the families of the embedded fonts."""
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    return {str(font["/BaseFont"]).rpartition("+")[2].partition("-")[0] for font in fonts}


def test_it_is_tagged_has_a_language_and_says_what_it_conforms_to(second: ReleaseVersion) -> None:
    reader = PdfReader(io.BytesIO(release_pdf(second)))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == releases.TITLE
    described = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part" in described
    assert b"pdfaid:part" in described


def test_its_fonts_are_ours(second: ReleaseVersion) -> None:
    families = base_fonts(PdfReader(io.BytesIO(release_pdf(second))))

    assert {family.replace(" ", "") for family in families} <= OURS
    assert families


def test_it_is_the_same_bytes_each_time(second: ReleaseVersion) -> None:
    assert release_pdf(second) == release_pdf(ReleaseVersion.objects.get(pk=second.pk))


def test_it_says_what_the_page_says(second: ReleaseVersion) -> None:
    words = text_of(release_pdf(second))

    for said in (
        "261 responses to decoy ads",
        "22 citations for soliciting",
        "Corrected November 12, 2021",
        "One agency was left out of the list.",
        "The District Attorney",
        "1-888-373-7888",
        "Demonstration data",
        "Data as of",
    ):
        assert said in words, said
    assert page_of(second).root[:4] in words


def test_a_number_and_its_note_are_not_read_as_another_number(second: ReleaseVersion) -> None:
    words = text_of(release_pdf(second))

    for number, note in (("261", "1"), ("22", "2"), ("One", "3")):
        assert f"{number} [{note}]" in words
        assert f"{number}{note}" not in words


def test_the_referee_finds_no_fault(
    second: ReleaseVersion, tmp_path: Path, pdf_faults: Callable[[Path], list[str]]
) -> None:
    file = tmp_path / "release.pdf"
    file.write_bytes(release_pdf(second))

    assert pdf_faults(file) == []


def test_text_is_never_read_as_markup(here: Press, tmp_path: Path, pdf_faults: Callable[[Path], list[str]]) -> None:
    version = releases.published(
        here, title="A #title $with$ *marks*", body='#panic("x") $x$ \\*a\\* <b> @c `d` {{ arrests.firearm }}'
    )
    file = tmp_path / "release.pdf"
    file.write_bytes(release_pdf(version))

    assert '#panic("x") $x$ *a* <b> @c `d`' in text_of(file.read_bytes())
    assert pdf_faults(file) == []


def test_a_retraction_and_a_draft_say_so(here: Press) -> None:
    draft = releases.draft(here, title="A draft")
    first = releases.published(here)
    notice = retract_release(by=here.second, release=first.release, facts=NoteFacts("Wrong.", date(2021, 11, 20)))

    assert "Not published" in text_of(release_pdf(draft))
    for version in (notice, ReleaseVersion.objects.get(pk=first.pk)):
        words = text_of(release_pdf(version))
        assert "Retracted November 20, 2021 Wrong." in words
        assert "Withdrawn numbers" in words


def test_everybody_can_download_it(second: ReleaseVersion, client: Client) -> None:
    response = client.get(f"/releases/{second.release.slug}/2.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.7")
    assert f'filename="{second.release.slug}-2.pdf"' in response.headers["Content-Disposition"]


def test_a_release_of_the_usual_length_fills_one_page(second: ReleaseVersion) -> None:
    started = time.process_time()

    assert len(PdfReader(io.BytesIO(release_pdf(second))).pages) == 1
    assert time.process_time() - started < 5
