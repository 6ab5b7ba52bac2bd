"""`hotspots manage`: the few maintenance commands of the framework that are safe here."""

from __future__ import annotations

import typer
from django.core.management import call_command
from django.core.management.base import CommandError

# Anything else (shell, dbshell, loaddata, flush, createsuperuser) would write past every verb and its log entry.
ALLOWED = ("check", "collectstatic", "makemigrations", "migrate", "showmigrations")

WRONG_USAGE = "Error: "  # the framework's parser begins so, and nothing else does


def manage(context: typer.Context, command: str = typer.Argument(help=", ".join(ALLOWED))) -> None:
    """Run a maintenance command: check, collectstatic, makemigrations, migrate, showmigrations.

    Example:

        hotspots manage migrate
    """
    if command not in ALLOWED:
        raise typer.BadParameter(f"{command} is not one of {', '.join(ALLOWED)}.")
    try:
        call_command(command, *context.args)
    except CommandError as problem:
        sentence = str(problem).removeprefix(WRONG_USAGE)
        typer.echo(f"hotspots: {sentence}", err=True)
        raise typer.Exit(2 if sentence != str(problem) else 1) from problem
