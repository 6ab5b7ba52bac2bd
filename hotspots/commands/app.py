"""`hotspots`: every command, assembled."""

from __future__ import annotations

import typer

from hotspots.commands import audit, demo, documents, export, manage, release, results, serve, user

app = typer.Typer(
    name="hotspots",
    help="The operating record of a county's counter-trafficking coalition.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    epilog="Exit codes: 0 done; 1 refused, or a check failed; 2 wrong usage or environment; 3 the file was refused.",
)
app.command("demo")(demo.run_demonstration)
app.command("serve")(serve.serve)
app.command("worker")(serve.work)
app.command("manage", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(manage.manage)
app.command("results")(results.show_results)
app.command("docs", hidden=True)(documents.write_documents)
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
