"""`hotspots audit`: is the log whole?"""

from __future__ import annotations

from typing import Annotated

import typer

from hotspots.audit.actions import Verdict, verify
from hotspots.audit.rules import Head, head_of
from hotspots.commands.terminal import EXIT_CODES, AsJson, print_json, say

app = typer.Typer(help="Check the log.", no_args_is_help=True)


def _noted_head(text: str) -> Head:
    try:
        return head_of(text)
    except ValueError as problem:
        raise typer.BadParameter(f"{problem}.") from problem


NotedHead = Annotated[
    Head | None,
    typer.Option(
        "--head",
        parser=_noted_head,
        metavar="SEQ:HASH",
        help="A head that was noted earlier: the log must still hold that entry with that hash.",
    ),
]


@app.command("verify", epilog=EXIT_CODES)
def verify_log(head: NotedHead = None, as_json: AsJson = False) -> None:
    """Recompute the chain of the log with all that hangs on it, and say that it is whole or name the first bad entry.

    Example:

        hotspots audit verify --json
    """
    verdict = verify(noted=head)
    if as_json:
        print_json(
            {
                "whole": verdict.is_whole,
                "entries": verdict.entries_count,
                "head": verdict.head.hex(),
                "first_bad_entry": verdict.first_bad_seq,
                "problem": verdict.problem or None,
                "note": verdict.noted_as,
                "noted": str(head) if head else None,
                "unguarded": list(verdict.unguarded),
            }
        )
    else:
        _tell(verdict, head)
    if not verdict.is_whole or verdict.unguarded:
        raise typer.Exit(1)


def _tell(verdict: Verdict, noted: Head | None) -> None:
    if verdict.is_whole:
        say(f"Whole: {verdict.entries_count:,} entries. Head {verdict.noted_as}")
        say(_what_is_proven(verdict, noted))
    else:
        say(f"Not whole: {verdict.problem}.")
        say(f"The {verdict.entries_count:,} entries before it fit together. Their head {verdict.noted_as}")
    for table in verdict.unguarded:
        what = "entries" if table == "audit_entry" else "its rows"
        say(f"The guard of {table} is gone: {what} can be changed unseen from now on.")


def _what_is_proven(verdict: Verdict, noted: Head | None) -> str:
    if noted is None:
        return (
            "That none was cut off at the end or written anew is not proven by this alone: give a noted head (--head)."
        )
    return (
        f"Entry {noted.seq:,} is the one that was noted. The {verdict.entries_count - noted.seq:,} entries after it "
        "are not proven by this alone."
    )


@app.callback()
def _group() -> None:
    """Check the log."""
