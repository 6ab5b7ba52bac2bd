"""The command line of Haven: `python -m haven check`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one of Django's commands with Haven's own settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "haven.config.settings"
    execute_from_command_line(["haven", *sys.argv[1:]])


if __name__ == "__main__":
    main()
