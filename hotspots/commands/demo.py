"""`hotspots demo`: found the demonstration county, and serve it with its worker."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from hotspots import errors
from hotspots.access.models import County
from hotspots.commands.demonstration.load import is_loaded, load_demonstration
from hotspots.commands.serve import LAST_PORT, check_port
from hotspots.commands.terminal import say
from hotspots.config.environment import Mode, UnfitEnvironment, make_private

ADDRESS = "127.0.0.1"
STOP_SECONDS = 10


def run_demonstration(
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=LAST_PORT)] = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demonstration away and start over.")] = False,
    load_only: Annotated[bool, typer.Option("--load-only", help="Load the county and stop.")] = False,
) -> None:
    """Load the demonstration county, if it is not loaded yet, and serve it on this machine alone.

    Example:

        hotspots demo --port 8001
    """
    _check_mode()
    if not load_only:
        check_port(ADDRESS, port)
    if reset:
        _throw_away()
    call_command("migrate", verbosity=0)
    _check_born_a_demonstration()
    if _county() is not None and not is_loaded():
        say("The last loading did not come to its end. Starting over.")
        _throw_away()
        call_command("migrate", verbosity=0)
    if not is_loaded():
        say("Loading Alder County, a county that does not exist:")
        load_demonstration(say=lambda sentence: say(f"  {sentence}"))
    if not load_only:
        _serve(port)


def _check_mode() -> None:
    """Raise UnfitEnvironment in production: what is made up has no place in a record, not even in an empty one."""
    if settings.ENVIRONMENT.mode is Mode.PRODUCTION:
        sentence = (
            "HOTSPOTS_ENV is production, and the demonstration is made up: it is neither loaded nor served there. "
            "Leave HOTSPOTS_ENV out, and set HOTSPOTS_DATA_DIR to a folder of its own."
        )
        raise UnfitEnvironment(sentence)


def _county() -> County | None:
    """Give the county; a database of an older version has one too, and one that cannot be read may have one."""
    if County._meta.db_table not in connection.introspection.table_names():
        return None
    return County.objects.only("name", "is_demonstration").first()


def _check_born_a_demonstration() -> None:
    county = _county()
    if county is not None and not county.is_demonstration:
        sentence = (
            f"The database in {settings.ENVIRONMENT.data_dir} is the record of {county.name}. "
            "A demonstration needs a folder of its own: set HOTSPOTS_DATA_DIR."
        )
        raise errors.RuleBroken("demo.county", sentence)


def _throw_away() -> None:
    """Remove the database and the store, if they were born as a demonstration or are empty."""
    _check_born_a_demonstration()
    if connection.vendor != "sqlite":
        sentence = "Only a demonstration on SQLite is thrown away from here. Drop this database by hand."
        raise errors.RuleBroken("demo.database", sentence)
    connection.close()
    folder = Path(settings.ENVIRONMENT.data_dir)
    for path in (*folder.glob("hotspots.sqlite3*"), folder / "store"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    make_private(settings.ENVIRONMENT)


def _serve(port: int) -> None:
    environment = {
        **os.environ,
        "HOTSPOTS_ENV": "demonstration",
        "HOTSPOTS_DEMONSTRATION_SIGN_IN": "1",
        "HOTSPOTS_PUBLIC_URL": f"http://localhost:{port}",
    }
    start = [sys.executable, "-m", "hotspots"]
    sys.stdout.flush()  # else a child may write again what waits to be written to a file
    parts = [
        subprocess.Popen([*start, "serve", "--address", ADDRESS, "--port", str(port)], env=environment),
        subprocess.Popen([*start, "worker"], env=environment, stdout=subprocess.DEVNULL),
    ]
    _greet(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(part.poll() is None for part in parts):
            time.sleep(0.3)
        raise errors.Unavailable("demo.stopped", "The server or its worker ended by itself; what it said stands above.")
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            _wait_for(part)


def _greet(port: int) -> None:
    say(f"\nThe demonstration county is served at http://localhost:{port}")
    say(f"Sign in as any role, with one click: http://localhost:{port}/demonstration")
    say("Nothing in it is real. Stop with Ctrl+C.\n")


def _wait_for(part: subprocess.Popen[bytes]) -> None:
    try:
        part.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        part.kill()
