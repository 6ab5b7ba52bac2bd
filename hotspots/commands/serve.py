"""`hotspots serve` and `hotspots worker`: the two processes."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import threading
import time
from typing import Annotated

import typer
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces

from hotspots import errors
from hotspots.accounts.queries import check_demonstration_sign_in
from hotspots.commands.terminal import say
from hotspots.evidence.actions import sweep_bytes
from hotspots.jobs.actions import FAULTS, run_ready_jobs

log = logging.getLogger("hotspots.worker")

IDLE_SECONDS = 0.5
FAULT_SECONDS = 5
SWEEP_SECONDS = 3600
BLOCKING_THREADS = 4
LAST_PORT = 65535


def check_port(address: str, port: int) -> None:
    """Raise Unavailable with a sentence when the port is taken, or cannot be listened on for another reason."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            raise errors.Unavailable("serve.port", _no_port(address, port, problem)) from problem


def _no_port(address: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else port - 1
        return f"Port {port} is in use by another program. Stop it, or choose another with --port {other}."
    if problem.errno == errno.EACCES:
        return f"Port {port} may not be opened by this account. Choose one from 1024 up with --port."
    return f"The address {address} is none of this machine's ({problem.strerror}). Choose another with --address."


def check_program() -> None:
    """Raise Unavailable when Django's checks find an error, or when the database is of an older version."""
    found = [message for message in run_checks() if message.is_serious(ERROR)]
    if found:
        raise errors.Unavailable("serve.checks", "; ".join(f"{one.id}: {one.msg}" for one in found))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sentence = "The database is not set up, or from an older version. Run: hotspots manage migrate"
        raise errors.Unavailable("serve.migrations", sentence)


Address = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=LAST_PORT)]


def serve(address: Address = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages. Long work needs `hotspots worker` beside it.

    Example:

        hotspots serve --address 127.0.0.1 --port 8000
    """
    check_program()
    if settings.HAS_DEMONSTRATION_SIGN_IN:
        check_demonstration_sign_in(address)
    check_port(address, port)
    Granian(
        "hotspots.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def work(
    once: Annotated[bool, typer.Option("--once", help="Run what is ready now, and stop.")] = False,
) -> None:
    """Run long work: imports of phone exports, and releases that are due.

    A worker that is killed loses nothing: another goes on from the last whole record. Once an hour it lets go the
    bytes that an upload left behind when its process was killed.

    Example:

        hotspots worker
    """
    check_program()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not once:
        say("The worker waits for long work.")
    sweeps_at = 0.0
    while not stop.is_set():
        sweeps_at = _sweep_when_due(sweeps_at)
        ran = _run_one(stop)
        if once and not ran:
            break
        if not ran:
            close_old_connections()
            stop.wait(IDLE_SECONDS)


def _run_one(stop: threading.Event) -> int:
    """Run a job that is ready. When not even taking or giving back one works, the worker rests, and goes on."""
    try:
        return run_ready_jobs(limit=1)
    except FAULTS:  # the lease of what it ran is over in a while
        log.exception("The worker could not take or end a job; it goes on in %s seconds", FAULT_SECONDS)
        close_old_connections()
        stop.wait(FAULT_SECONDS)
        return 0


def _sweep_when_due(due_at: float) -> float:
    """Sweep the store once it is time, and give the time of the next sweep. A fault waits for that one too."""
    if time.monotonic() < due_at:
        return due_at
    try:
        sweep_bytes()
    except (errors.Refusal, *FAULTS):
        log.exception("The store could not be swept; it is tried again in %s seconds", SWEEP_SECONDS)
        close_old_connections()
    return time.monotonic() + SWEEP_SECONDS
