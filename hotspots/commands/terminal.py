"""What the commands share: who acts, how output is printed, progress bars."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from hotspots import errors
from hotspots.access.actor import Actor, actor_by_login

# What a person or a file is called is text: square brackets in it are no markup.
console = Console(markup=False, highlight=False)
errors_console = Console(stderr=True, markup=False, highlight=False)

AsUser = Annotated[
    str, typer.Option("--as", help="The login of the person who acts; it goes into the log.", metavar="USER")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

FILE_REFUSED = 3
EXIT_CODES = (
    "Exit codes: 0 done; 1 refused, or a check failed; 2 wrong usage or environment; 3 the file was refused; "
    "130 stopped by Ctrl+C."
)


def actor_named(login: str) -> Actor:
    """Give the actor for --as; the login name of the operating system goes into the log beside it."""
    return actor_by_login(login, channel="command line", os_login=os_login())


def os_login() -> str:
    """Give the login name of the operating system."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def say(sentence: str) -> None:
    """Print one line to standard output, as long as it is: a hash that is cut in two cannot be copied."""
    console.print(sentence, soft_wrap=True)


def print_json(value: Any) -> None:
    """Print JSON to standard output, the same on a terminal and in a pipe."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


class CountingReader:
    """A file that tells a progress bar how far it was read."""

    def __init__(self, file: BinaryIO, progress: Progress, task: Any) -> None:
        self._file, self._progress, self._task = file, progress, task
        self._name = getattr(file, "name", "The file")

    def read(self, size: int = -1, /) -> bytes:
        """Read on, and move the bar."""
        try:
            data = self._file.read(size)
        except OSError as problem:
            raise errors.Unavailable("file.read", f"{self._name}: {problem.strerror}.") from problem
        self._progress.update(self._task, completed=self._file.tell())
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a byte."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Say at which byte reading goes on."""
        return self._file.tell()

    def seekable(self) -> bool:
        """Tell that it can seek."""
        return True

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True


@contextmanager
def progress_bar(label: str, total_bytes: int, *, is_quiet: bool = False) -> Iterator[tuple[Progress, Any]]:
    """Show a bar on standard error while something long goes on; nothing, where nobody looks."""
    is_off = is_quiet or not errors_console.is_terminal
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors_console, transient=True, disable=is_off) as progress:
        yield progress, progress.add_task(label, total=total_bytes)
