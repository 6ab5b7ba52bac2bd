"""The parts of the import benchmark, each in a process of its own: read, receive, import."""

import cProfile
import json
import pstats
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from hotspots.intake.models import ContactPoint
from hotspots.intake.readers import Record, read_export
from hotspots.jobs.actions import run_ready_jobs
from hotspots.jobs.models import Job
from tests import build_intake

FIRST_AT = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)  # where the generated messages begin


def read_alone(path: Path) -> dict[str, object]:
    """Read the records and do nothing with them."""
    with path.open("rb") as source:
        return {"rows": sum(1 for event in read_export(source) if type(event) is Record)}


def receive(path: Path) -> dict[str, object]:
    """Found the agency and receive the file; its import waits."""
    call_command("migrate", verbosity=0)
    bench = build_intake.bench()
    bench.campaign.begins_on = date(2020, 1, 1)
    bench.campaign.save()
    bench.ad(FIRST_AT + timedelta(days=2), FIRST_AT + timedelta(days=5))
    bench.receive(path.read_bytes(), path.name)
    return {}


def import_waiting(_path: Path) -> dict[str, object]:
    """Run the import that waits, to its end."""
    run_ready_jobs()
    job = Job.objects.get()
    assert job.state == "done", job.problem
    return {
        "rows": job.rows_count,
        "contact_points": ContactPoint.objects.count(),
        "database": connection.vendor,
    }


PARTS: dict[str, Callable[[Path], dict[str, object]]] = {
    "read": read_alone,
    "receive": receive,
    "import": import_waiting,
}


def main() -> None:
    """Run one part and print what it measured as the last line."""
    part, path = PARTS[sys.argv[1]], Path(sys.argv[2])
    profile = cProfile.Profile(time.process_time) if "--profile" in sys.argv else None
    begun, cpu_begun = time.perf_counter(), time.process_time()
    found = profile.runcall(part, path) if profile else part(path)
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - cpu_begun
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**found, "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_megabytes": peak}))
