"""`hotspots release`: a published release as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.test import Client
from django.urls import reverse

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.commands.terminal import console
from hotspots.results.models import ReleaseVersion

app = typer.Typer(help="Build a published release as files.", no_args_is_help=True)

ROUTES = {"html": "results:public_release", "pdf": "results:public_release_pdf", "csv": "results:public_release_csv"}


@app.command("build")
def build(
    slug: Annotated[str, typer.Argument(help="The release, as in its address: /releases/SLUG/1.")],
    version: Annotated[int, typer.Option(help="The version; the newest published one, if none is named.")] = 0,
    to: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)] = Path("."),
) -> None:
    """Write the page, the PDF and the CSV of a published release into a folder, as the public site gives them.

    Example: hotspots release build results-of-the-5th-annual-operation-hot-spots --to out
    """
    rows = ReleaseVersion.objects.visible_to(PUBLIC).filter(release__slug=slug).order_by("-number")
    row = rows.filter(number=version).first() if version else rows.first()
    if row is None:
        name = f"{slug} {version}" if version else slug
        raise errors.NotFound("release.build", f"There is no published release {name}.")
    to.mkdir(parents=True, exist_ok=True)
    client = Client(headers={"host": "localhost"})
    for kind, name in ROUTES.items():
        response = client.get(reverse(name, args=[slug, row.number]))
        if response.status_code != 200:
            raise errors.Unavailable("release.build", f"The {kind} of this release could not be made.")
        path = to / f"{slug}-{row.number}.{kind}"
        path.write_bytes(response.getvalue())
        console.print(f"{path}: {path.stat().st_size:,} bytes")


@app.callback()
def _group() -> None:
    """Build a published release as files."""
