"""`hotspots docs`: the pages of documentation that are made from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotspots.desk.documents import access_text, verbs_text
from hotspots.results.queries.documents import measures_document

DOCUMENTS = {
    "verbs.md": verbs_text,
    "access.md": access_text,
    "measures.md": measures_document,
}
FOLDER = Path(__file__).resolve().parents[2] / "docs"


def write_documents(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a page is stale.")] = False,
) -> None:
    """Write docs/verbs.md, access.md and measures.md from the code, or check that they are fresh.

    Example:

        hotspots docs --check
    """
    stale = [name for name, document in DOCUMENTS.items() if _current(name) != document()]
    if check and stale:
        typer.echo(f"hotspots: stale: {', '.join(stale)}. Run: make docs", err=True)
        raise typer.Exit(1)
    for name in stale:
        (FOLDER / name).write_text(DOCUMENTS[name](), encoding="utf-8")
        typer.echo(f"docs/{name} written")


def _current(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
