"""Help, wrong usage, and what the command line does not do."""

from __future__ import annotations

import errno
import io
import os
import re
from pathlib import Path

import pytest

from hotspots import errors
from hotspots.commands.terminal import CountingReader, progress_bar
from tests.commands.conftest import Call

COMMANDS = ("demo", "serve", "worker", "manage", "results", "export", "release", "audit", "user")
WITH_EXAMPLES = (
    ("demo",),
    ("serve",),
    ("worker",),
    ("manage",),
    ("results",),
    ("export", "inspect"),
    ("export", "receive"),
    ("release", "build"),
    ("audit", "verify"),
    ("user", "invite"),
    ("docs",),
)
PRINT_JSON = (
    ("export", "inspect"),
    ("export", "receive"),
    ("release", "build"),
    ("audit", "verify"),
    ("user", "invite"),
)


def plain(text: str) -> str:
    """Take the colors out of a text."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_help_lists_the_commands_and_the_exit_codes(hotspots: Call) -> None:
    outcome = hotspots("--help")

    told = plain(outcome.out)
    assert outcome.code == 0
    assert all(command in told for command in COMMANDS)
    assert "0 done" in told
    assert "3 the file was refused" in told


@pytest.mark.parametrize("command", WITH_EXAMPLES, ids=" ".join)
def test_each_command_gives_an_example(hotspots: Call, command: tuple[str, ...]) -> None:
    outcome = hotspots(*command, "--help")

    assert outcome.code == 0
    assert f"hotspots {' '.join(command)}" in plain(outcome.out).split("Example")[1]


@pytest.mark.parametrize("command", WITH_EXAMPLES, ids=" ".join)
def test_each_command_tells_its_exit_codes(hotspots: Call, command: tuple[str, ...]) -> None:
    told = plain(hotspots(*command, "--help").out)

    assert "Exit codes: 0 done; 1 refused" in told


@pytest.mark.parametrize("command", PRINT_JSON, ids=" ".join)
def test_what_prints_facts_prints_them_for_programs(hotspots: Call, command: tuple[str, ...]) -> None:
    assert "--json" in plain(hotspots(*command, "--help").out)


def test_ctrl_c_gives_130_and_a_word(hotspots: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_ctrl_c(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hotspots.commands.export.inspect_export", press_ctrl_c)
    (tmp_path / "sms.xml").touch()

    outcome = hotspots("export", "inspect", tmp_path / "sms.xml")

    assert (outcome.code, outcome.err) == (130, "hotspots: Stopped.")


def test_a_file_that_breaks_while_it_is_read_is_named() -> None:
    class Broken(io.BytesIO):
        name = "sms.xml"

        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with (
        progress_bar("sms.xml", 1, is_quiet=True) as (bar, task),
        pytest.raises(errors.Unavailable, match=r"sms\.xml: Input/output error\."),
    ):
        CountingReader(Broken(), bar, task).read()


@pytest.mark.parametrize(
    "command", ["shell", "dbshell", "flush", "loaddata", "createsuperuser", "runserver", "sqlflush"]
)
def test_manage_runs_nothing_that_would_write_past_the_verbs(hotspots: Call, command: str) -> None:
    outcome = hotspots("manage", command)

    assert outcome.code == 2
    assert f"{command} is not one of" in plain(outcome.err)


@pytest.mark.django_db
def test_manage_checks(hotspots: Call) -> None:
    assert hotspots("manage", "check").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("export", "no-such"),
        ("export", "inspect"),
        ("results", "--no-such-option"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "http"),
        ("audit", "verify", "extra"),
        ("release", "build", "some", "--version", "0"),
        ("manage", "migrate", "--no-such"),
    ],
    ids=" ".join,
)
def test_wrong_usage_gives_2_and_says_what(hotspots: Call, arguments: tuple[str, ...]) -> None:
    outcome = hotspots(*arguments)

    assert outcome.code == 2
    assert outcome.err
    assert outcome.raw == ""
