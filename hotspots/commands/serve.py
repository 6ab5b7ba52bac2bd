"""`hotspots serve` and `hotspots worker`: the two processes."""

from __future__ import annotations

import signal
import socket
import threading
from typing import Annotated

import typer
from django.conf import settings
from django.core.checks import run_checks
from django.db import close_old_connections
from granian import Granian
from granian.constants import Interfaces

from hotspots import errors
from hotspots.accounts.queries import check_demonstration_sign_in
from hotspots.commands.terminal import console
from hotspots.jobs.actions import run_ready_jobs

IDLE_SECONDS = 0.5
BLOCKING_THREADS = 4


def is_port_free(address: str, port: int) -> bool:
    """Answer whether the port can be listened on."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def check_port(address: str, port: int) -> None:
    """Raise Unavailable with a sentence when the port is taken."""
    if not is_port_free(address, port):
        sentence = f"Port {port} is in use by another program. Stop it, or choose another: make demo PORT={port + 1}"
        raise errors.Unavailable("serve.port", sentence)


Address = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]


def serve(address: Address = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages. Long work needs `hotspots worker` beside it.

    Example: hotspots serve --address 127.0.0.1 --port 8000
    """
    run_checks()
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

    A worker that is killed loses nothing: another goes on from the last whole record.
    Example: hotspots worker
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not once:
        console.print("The worker waits for long work.")
    while not stop.is_set():
        ran = run_ready_jobs(limit=1)
        if once and not ran:
            break
        if not ran:
            close_old_connections()
            stop.wait(IDLE_SECONDS)
