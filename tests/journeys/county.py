"""The demonstration county, loaded once a run; whoever wants it gets a copy of their own, and may serve it.

It lives in processes of its own, with its own folder of data: transactional tests empty the database of this process.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOTSPOTS = [sys.executable, "-m", "hotspots"]

# A machine that runs other tests beside this one may be slow.
LOADING_SECONDS = 300
STARTING_SECONDS = 90
ENDING_SECONDS = 10

# What this process was given and a county of its own must not see.
UNWANTED = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


@dataclass(frozen=True, slots=True)
class County:
    """A folder of data, and the environment in which the program takes it for its own."""

    folder: Path

    def environment(self, **settings: str) -> dict[str, str]:
        """Give the environment of a process that runs this county."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in UNWANTED and not name.startswith("HOTSPOTS_")
        }
        own = {"HOTSPOTS_ENV": "demonstration", "HOTSPOTS_DATA_DIR": str(self.folder), "COLUMNS": "200"}
        return {**kept, **own, **settings}

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program to its end."""
        return subprocess.run(
            [*HOTSPOTS, *arguments],
            env=self.environment(**settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LOADING_SECONDS,
            check=False,
        )

    def copy_to(self, folder: Path) -> County:
        """Give a copy that may be changed."""
        shutil.copytree(self.folder, folder)
        return County(folder)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the county on this machine, and give its address."""
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with self._running("serve", "--port", str(port), HOTSPOTS_PUBLIC_URL=address) as server:
            self._wait_until_served(address, server)
            yield address

    @contextmanager
    def working(self) -> Iterator[None]:
        """Run the worker, which does the long work."""
        with self._running("worker"):
            yield

    @contextmanager
    def _running(self, *command: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        environment = self.environment(HOTSPOTS_DEMONSTRATION_SIGN_IN="1", **settings)
        with self._log(command[0]).open("wb") as log:
            process = subprocess.Popen([*HOTSPOTS, *command], env=environment, cwd=ROOT, stdout=log, stderr=log)
            try:
                yield process
            finally:
                end(process)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _wait_until_served(self, address: str, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until and server.poll() is None:
            try:
                with urlopen(f"{address}/help", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        pytest.fail(f"The county could not be served at {address}:\n{self._log('serve').read_text(errors='replace')}")


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here."""
    process.terminate()
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def load_once(shared: Path) -> County:
    """Load the demonstration, unless another process of this run has done it; then wait for that."""
    county = County(shared / "county")
    done = shared / "county-is-loaded"
    with (shared / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(county.folder, ignore_errors=True)
            county.folder.mkdir(mode=0o700)
            loading = county.run("demo", "--load-only")
            if loading.returncode != 0:
                pytest.fail(f"The demonstration could not be loaded:\n{loading.stdout}{loading.stderr}")
            done.touch()
    return county


@pytest.fixture(scope="session")
def loaded_county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Give the demonstration as it was loaded; take a copy before changing it.

    While writing a test, HOTSPOTS_TEST_COUNTY may name a folder in which it was loaded before.
    """
    if named := os.environ.get("HOTSPOTS_TEST_COUNTY"):
        return County(Path(named))
    own = tmp_path_factory.getbasetemp()
    # The workers of one run lie beside each other in the folder of that run.
    return load_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
