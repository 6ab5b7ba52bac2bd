"""`hotspots`: every command, assembled."""

from __future__ import annotations

import click
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
    """Run one command; wrong usage gives its sentence and exit code 2."""
    try:
        result = app(arguments, prog_name="hotspots", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return 1
    return result if isinstance(result, int) else 0
