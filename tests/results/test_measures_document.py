"""docs/measures.md says what the code says."""

from __future__ import annotations

from pathlib import Path

from hotspots.results.measures import all_measures
from hotspots.results.queries.documents import measures_document


def test_the_page_of_measures_is_fresh(repository: Path) -> None:
    written = (repository / "docs" / "measures.md").read_text(encoding="utf-8")

    assert written == measures_document(), "run `make docs`"


def test_it_names_every_measure() -> None:
    text = measures_document()

    assert all(f"`{measure.key}`" in text for measure in all_measures())
