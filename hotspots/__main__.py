"""The command line's door: prepares the environment, runs a command, and turns refusals into one sentence."""

from __future__ import annotations

import importlib
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from hotspots import errors
from hotspots.config.environment import UnfitEnvironment

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def main() -> None:
    """Run a command, and exit with 0 done, 1 refused or not whole, 2 wrong usage or environment, 3 file refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotspots.config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("HOTSPOTS_ENV", "demonstration")
    sys.exit(_run())


def _run() -> int:
    try:
        django.setup()
        return int(importlib.import_module("hotspots.commands.app").run(sys.argv[1:]))
    except (UnfitEnvironment, ImproperlyConfigured) as problem:
        return _say(str(problem), MISUSED)
    except errors.Refusal as refusal:
        return _say(str(refusal), REFUSED)
    except DatabaseError as problem:
        if not _is_not_migrated(problem):
            raise
        return _say("The database is not set up, or from an older version. Run: hotspots manage migrate", MISUSED)
    except KeyboardInterrupt:
        return _say("Stopped.", INTERRUPTED)


def _is_not_migrated(problem: DatabaseError) -> bool:
    return any(sign in str(problem) for sign in ("no such table", "no such column", "does not exist"))


def _say(sentence: str, code: int) -> int:
    print(f"hotspots: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
