"""`hotspots audit`: is the log whole?"""

from __future__ import annotations

import typer

from hotspots.audit.actions import verify
from hotspots.commands.terminal import EXIT_CODES, AsJson, print_json, say

app = typer.Typer(help="Check the log.", no_args_is_help=True)


@app.command("verify", epilog=EXIT_CODES)
def verify_log(as_json: AsJson = False) -> None:
    """Recompute the chain of the log, and say that it is whole or name the first bad entry.

    Example:

        hotspots audit verify --json
    """
    verdict = verify()
    if as_json:
        print_json(
            {
                "whole": verdict.is_whole,
                "entries": verdict.entries_count,
                "head": verdict.head.hex(),
                "first_bad_entry": verdict.first_bad_seq,
                "problem": verdict.problem or None,
            }
        )
    elif verdict.is_whole:
        say(f"Whole: {verdict.entries_count:,} entries. Last hash {verdict.head.hex()}.")
    else:
        say(f"Not whole: {verdict.problem}. The {verdict.entries_count:,} entries before it stand.")
    if not verdict.is_whole:
        raise typer.Exit(1)


@app.callback()
def _group() -> None:
    """Check the log."""
