"""The referee of PDF/UA itself, so that a silent one is noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typst

TITLED = '#set document(title: "A page")\n#set text(lang: "en")\n= A page\nSome words.\n'


def test_a_typst_page_of_the_standard_passes(tmp_path: Path, pdf_faults: Callable[[Path], list[str]]) -> None:
    source, page = tmp_path / "page.typ", tmp_path / "page.pdf"
    source.write_text(TITLED)

    typst.compile(str(source), output=str(page), pdf_standards=["ua-1", "a-2a"])

    assert pdf_faults(page) == []


def test_a_page_without_the_standard_fails(tmp_path: Path, pdf_faults: Callable[[Path], list[str]]) -> None:
    source, page = tmp_path / "page.typ", tmp_path / "page.pdf"
    source.write_text("Some words.")

    typst.compile(str(source), output=str(page))

    assert any("pdfuaid" in fault for fault in pdf_faults(page))
