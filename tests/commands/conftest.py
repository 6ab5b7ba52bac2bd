"""How the tests call the command line: inside this process where they can, else as a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotspots.__main__ import main
from tests.journeys.county import County, loaded_county

__all__ = ["loaded_county"]

BOX = str.maketrans("╭╮╰╯│─", " " * 6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, and what it printed. `out` and `err` are each in one line."""

    code: int
    raw: str
    raw_err: str

    @property
    def err(self) -> str:
        """Give what was complained of, in one line and without the box that is drawn around it."""
        return " ".join(self.raw_err.translate(BOX).split())

    @property
    def out(self) -> str:
        """Give what was printed, in one line."""
        return " ".join(self.raw.split())


Call = Callable[..., Outcome]


@pytest.fixture
def hotspots(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Offer `hotspots("export", "inspect", …)`, run in this process on the test's own database."""

    def call(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["hotspots", *(str(one) for one in arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Outcome(int(leaving.value.code or 0), printed.out, printed.err)

    return call


Run = Callable[..., Outcome]


@pytest.fixture
def in_county(loaded_county: County) -> Run:
    """Offer `in_county("results", …)`, run as a process on the loaded demonstration, which it must not change."""
    return lambda *arguments: outcome_of(loaded_county, *arguments)


def outcome_of(county: County, *arguments: str, **settings: str) -> Outcome:
    """Run a command as a process of its own, and see that it does not end in a traceback."""
    done = county.run(*arguments, **settings)
    assert "Traceback" not in done.stdout + done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)
