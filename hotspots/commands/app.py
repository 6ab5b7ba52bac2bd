"""`hotspots`: every command, assembled."""

from __future__ import annotations

import typer

from hotspots.commands import audit, demo, documents, export, manage, release, results, serve, user
from hotspots.commands.terminal import EXIT_CODES

app = typer.Typer(
    name="hotspots",
    help="The operating record of a county's counter-trafficking coalition.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    epilog=EXIT_CODES,
)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app.command("demo", epilog=EXIT_CODES)(demo.run_demonstration)
app.command("serve", epilog=EXIT_CODES)(serve.serve)
app.command("worker", epilog=EXIT_CODES)(serve.work)
app.command("manage", epilog=EXIT_CODES, context_settings=PASSED_ON)(manage.manage)
app.command("results", epilog=EXIT_CODES)(results.show_results)
app.command("docs", epilog=EXIT_CODES, hidden=True)(documents.write_documents)
app.add_typer(export.app, name="export")
app.add_typer(release.app, name="release")
app.add_typer(audit.app, name="audit")
app.add_typer(user.app, name="user")


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; wrong usage prints its sentence and gives 2."""
    try:
        app(arguments, prog_name="hotspots")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0
