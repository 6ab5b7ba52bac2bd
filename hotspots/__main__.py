"""The command line's door: prepares the environment, runs a command, and turns refusals into one sentence."""

from __future__ import annotations

import errno
import importlib
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError, InterfaceError, OperationalError

from hotspots import errors
from hotspots.config.environment import UnfitEnvironment

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130

NOT_MIGRATED = ("no such table", "no such column", "does not exist")

# What a disk or its owner says no to. Any other error of the system is a fault of the program.
NO_FROM_THE_SYSTEM = frozenset(
    {errno.EACCES, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENOSPC, errno.EPERM, errno.EROFS}
)


def main() -> None:
    """Run a command, and exit with its code.

    0 done, 1 refused or not whole, 2 wrong usage or environment, 3 the file was refused, 130 stopped by Ctrl+C.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotspots.config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("HOTSPOTS_ENV", "demonstration")
    sys.exit(_run())


def _run() -> int:
    try:
        _set_up()
        code = int(importlib.import_module("hotspots.commands.app").run(sys.argv[1:]))
        return _say("Stopped.", code) if code == INTERRUPTED else code
    except (UnfitEnvironment, ImproperlyConfigured) as problem:
        return _say(str(problem), MISUSED)
    except errors.Refusal as refusal:
        return _say(str(refusal), REFUSED)
    except DatabaseError as problem:
        if sentence := _sentence_of(problem):
            return _say(sentence, MISUSED)
        raise
    except OSError as problem:
        if problem.errno not in NO_FROM_THE_SYSTEM:
            raise
        return _say(_words_of(problem), MISUSED)
    except KeyboardInterrupt:
        return _say("Stopped.", INTERRUPTED)


def _set_up() -> None:
    """Read the settings; the data folder is made here, and may not be where it was said to be."""
    try:
        django.setup()
    except OSError as problem:
        raise UnfitEnvironment(f"The data folder: {_words_of(problem)} Set HOTSPOTS_DATA_DIR.") from problem


def _sentence_of(problem: DatabaseError) -> str:
    """Say what is wrong with the database or with a value for it; nothing, where the program is at fault."""
    told = str(problem).strip() or type(problem).__name__
    first = told.splitlines()[0].rstrip(".")
    if any(sign in told for sign in NOT_MIGRATED):
        return "The database is not set up, or from an older version. Run: hotspots manage migrate"
    if isinstance(problem, DataError):
        return f"A value does not fit into the database: {first}."
    # The plain class is what SQLite raises for a file that is damaged or no database at all.
    if isinstance(problem, OperationalError | InterfaceError) or type(problem) is DatabaseError:
        return f"The database cannot be used: {first}. See DATABASE_URL and HOTSPOTS_DATA_DIR."
    return ""


def _words_of(problem: OSError) -> str:
    return f"{problem.filename}: {problem.strerror}." if problem.filename else f"{problem.strerror}."


def _say(sentence: str, code: int) -> int:
    print(f"hotspots: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
