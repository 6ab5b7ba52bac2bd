"""Prepare the world before Django reads its settings; loaded with `-p tests.plugin` (see pyproject.toml).

Environment read here:

- HOTSPOTS_TEST_DATABASE: `sqlite` (the default) or `postgresql`
- HOTSPOTS_TEST_DATABASE_URL: a PostgreSQL server to use instead of one started for this run
- HOTSPOTS_FAIL_ON_SKIP: `1` turns skipped tests into a failed run
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres

MEMORY, ROOM_BYTES = Path("/dev/shm"), 4_000_000_000


def _folder() -> Path:
    """Make a folder for this process; in memory where there is room, since every verb waits for its disk."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return Path(tempfile.mkdtemp(prefix="hotspots-test-", dir=MEMORY if has_room else None))


FOLDER = _folder()
DATA = FOLDER / "data"
DATA.mkdir(mode=0o700)
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

SETTINGS = {
    "HOTSPOTS_ENV": "test",
    "HOTSPOTS_DATA_DIR": str(DATA),
    "HOTSPOTS_MASTER_KEY": "07" * 32,
    "HOTSPOTS_SECRET_KEY": "a key for tests only, never for a county",
    "HOTSPOTS_ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
}
# What a developer's shell may carry and a test must not see.
UNWANTED = ("HOTSPOTS_MASTER_KEY_FILE", "DJANGO_SETTINGS_MODULE", "DATABASE_URL")

for name in UNWANTED:
    os.environ.pop(name, None)
os.environ.update(SETTINGS)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(FOLDER))  # where pytest makes its own folders

LONGEST = ("tests/journeys/",)

# The one reason for a skip that is excused, and only while there is no such folder.
SAMPLES_ABSENT = "the samples are not beside the repository: they are not part of it"


def is_worker() -> bool:
    """Tell whether this process is one of pytest-xdist's workers."""
    return "PYTEST_XDIST_WORKER" in os.environ


def database_name() -> str:
    """Name the database of this run, `sqlite` or `postgresql`."""
    name = os.environ.get("HOTSPOTS_TEST_DATABASE", "sqlite")
    if name not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"HOTSPOTS_TEST_DATABASE is {name!r}; it can be sqlite or postgresql.")
    return name


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, Any]:
    """Choose the database; a wrapper runs before pytest-django reads the settings."""
    if database_name() == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{DATA / 'hotspots.sqlite3'}"
    else:
        # Only the controller starts a server; its workers inherit the address.
        if "HOTSPOTS_TEST_DATABASE_URL" not in os.environ and not is_worker():
            os.environ["HOTSPOTS_TEST_DATABASE_URL"] = postgres.start(FOLDER)
        os.environ["DATABASE_URL"] = os.environ["HOTSPOTS_TEST_DATABASE_URL"]
    return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each of two processes, which take a half of the list each, begin with half of the longest walks."""
    walks = [item for item in items if item.nodeid.startswith(LONGEST)]
    others = [item for item in items if not item.nodeid.startswith(LONGEST)]
    half = len(others) // 2
    items[:] = [*walks[::2], *others[:half], *walks[1::2], *others[half:]]


def pytest_report_header() -> str:
    """Say which database this run uses."""
    return f"database: {database_name()}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server that this run started."""
    if not is_worker():
        postgres.stop()


class SkipWatch:
    """Collects what was skipped, so that nothing goes unrun in silence."""

    def __init__(self) -> None:
        self.skipped: list[str] = []
        self.excused: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        line = f"{report.nodeid}: {reason.removeprefix('Skipped: ')}"
        # The sample files are not part of the repository, so a clone cannot be blamed for lacking them.
        is_excused = reason.removeprefix("Skipped: ") == SAMPLES_ABSENT and not samples_folder().exists()
        (self.excused if is_excused else self.skipped).append(line)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.excused:
            terminalreporter.write_line(f"NOT RUN, its samples are not part of the repository: {line}", yellow=True)
        for line in self.skipped:
            terminalreporter.write_line(f"SKIPPED, and HOTSPOTS_FAIL_ON_SKIP is set: {line}", red=True)


def samples_folder() -> Path:
    """Name the folder of sample files, which lies beside the repository and not in it."""
    return Path(__file__).resolve().parents[2] / "shared" / "samples"


def pytest_configure(config: pytest.Config) -> None:
    """Watch for skips where the run asks for it."""
    if os.environ.get("HOTSPOTS_FAIL_ON_SKIP") == "1" and not is_worker():
        config.pluginmanager.register(SkipWatch(), "hotspots-skip-watch")
