"""The examples of the help texts work: all of them parse, and those that do no harm run on the demonstration."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from hotspots.commands.app import app
from tests import build_intake as intake
from tests.commands.conftest import outcome_of
from tests.journeys.county import County, loaded_county

__all__ = ["loaded_county"]

TOP: Any = typer.main.get_command(app)
EXAMPLE = re.compile(r"^ {4}hotspots (.+)$", re.MULTILINE)

# They serve until they are stopped, found a county, or name an agency of another one.
ONLY_PARSED = ("demo", "serve", "worker", "user invite")


def commands_of(command: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give every command with the words that call it, of the groups too."""
    for name, inner in getattr(command, "commands", {}).items():
        yield (*names, name), inner
        yield from commands_of(inner, (*names, name))


EXAMPLES = [
    (" ".join(names), line) for names, command in commands_of(TOP) for line in EXAMPLE.findall(command.help or "")
]
HARMLESS = [line for names, line in EXAMPLES if names not in ONLY_PARSED]


def test_every_command_has_an_example() -> None:
    alone = {" ".join(names) for names, command in commands_of(TOP) if not hasattr(command, "commands")}

    assert {names for names, _line in EXAMPLES} == alone


@pytest.mark.parametrize(("names", "line"), EXAMPLES, ids=[line for _names, line in EXAMPLES])
def test_an_example_is_one_of_its_command_and_parses(names: str, line: str) -> None:
    given, command, words = names.split(), TOP, shlex.split(line)

    for name in given:
        command = command.commands[name]
    context = command.make_context(names, words[len(given) :])

    assert words[: len(given)] == given
    assert context.info_name == names


@pytest.fixture(scope="module")
def own_county(loaded_county: County, tmp_path_factory: pytest.TempPathFactory) -> County:
    """Give a copy of the demonstration, for an example that writes."""
    return loaded_county.copy_to(tmp_path_factory.mktemp("examples") / "county")


@pytest.mark.demonstration
@pytest.mark.parametrize("line", HARMLESS)
def test_an_example_runs_on_the_demonstration(own_county: County, tmp_path: Path, line: str) -> None:
    backup = tmp_path / "sms-20211016.xml"
    backup.write_bytes(intake.backup(intake.sms(intake.number(1), intake.after(1))))
    places = {backup.name: str(backup), "out": str(tmp_path / "out")}

    outcome = outcome_of(own_county, *(places.get(word, word) for word in shlex.split(line)))

    assert outcome.code == 0, outcome.err
