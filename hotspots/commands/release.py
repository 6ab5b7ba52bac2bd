"""`hotspots release`: a published release as files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.commands.terminal import EXIT_CODES, AsJson, print_json, say
from hotspots.results.models import ReleaseVersion

app = typer.Typer(help="Build a published release as files.", no_args_is_help=True)

ROUTES = {"html": "results:public_release", "pdf": "results:public_release_pdf", "csv": "results:public_release_csv"}


@app.command("build", epilog=EXIT_CODES)
def build(
    slug: Annotated[str, typer.Argument(help="The release, as in its address: /releases/SLUG/1.")],
    version: Annotated[
        int | None, typer.Option(help="The version; the newest published one, if none is named.", min=1)
    ] = None,
    to: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)] = Path("."),
    as_json: AsJson = False,
) -> None:
    """Write the page, the PDF and the CSV of a published release into a folder, as the public site gives them.

    Example:

        hotspots release build results-of-the-5th-annual-operation-hot-spots --to out --json
    """
    rows = ReleaseVersion.objects.visible_to(PUBLIC).filter(release__slug=slug).order_by("-number")
    row = rows.filter(number=version).first() if version else rows.first()
    if row is None:
        name = f"{slug} {version}" if version else slug
        raise errors.NotFound("release.build", f"There is no published release {name}.")
    made = {kind: _made(kind, slug, row.number) for kind in ROUTES}  # nothing is written until all of it is made
    files = [_written(to / f"{slug}-{row.number}.{kind}", content) for kind, content in made.items()]
    if as_json:
        print_json({"release": slug, "version": row.number, "files": files})
        return
    for file in files:
        say(f"{file['path']}: {file['bytes']:,} bytes")


def _made(kind: str, slug: str, number: int) -> bytes:
    """Make one file by asking for the public page, as a visitor behind the proxy does."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    visitor = Client(headers={"host": host, "x-forwarded-proto": "https"})
    response = visitor.get(reverse(ROUTES[kind], args=[slug, number]), secure=settings.ENVIRONMENT.is_https)
    if response.status_code != 200:
        raise errors.Unavailable("release.build", f"The {kind} of this release could not be made.")
    return bytes(response.getvalue())


def _written(path: Path, content: bytes) -> dict[str, str | int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise errors.Unavailable("release.write", f"{path}: {problem.strerror}.") from problem
    return {
        "kind": path.suffix.lstrip("."),
        "path": str(path),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


@app.callback()
def _group() -> None:
    """Build a published release as files."""
