"""`hotspots export`: read a phone export without storing it, or receive it into custody."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast

import typer
from django.utils import timezone
from rich.table import Table

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.commands.terminal import (
    EXIT_CODES,
    FILE_REFUSED,
    AsJson,
    AsUser,
    CountingReader,
    actor_named,
    console,
    print_json,
    progress_bar,
    say,
)
from hotspots.evidence.actions import UploadFacts, keep_file
from hotspots.intake.actions.exports import ExportFacts, receive_export
from hotspots.intake.models import Export, Line
from hotspots.intake.readers import Inspection, inspect_export
from hotspots.intake.rules import normalize_address
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import run_ready_jobs
from hotspots.jobs.models import Job

app = typer.Typer(help="Read or receive phone exports.", no_args_is_help=True)

WAIT_SECONDS = 0.5

ExportFile = Annotated[Path, typer.Argument(help="The export file: XML, or a zip of XML files.", metavar="FILE")]

LABELS = {
    "records": "Whole records",
    "sms": "Texts",
    "mms": "Picture messages",
    "calls": "Calls",
    "inbound": "Inbound",
    "outbound": "Outbound",
    "other": "Drafts, failed and others",
    "inbound_contact_points": "Distinct inbound contact points",
    "withheld": "Inbound without a number",
    "duplicates": "Extra copies of a same record",
    "first_at": "First (UTC)",
    "last_at": "Last (UTC)",
}


def open_file(path: Path) -> BinaryIO:
    """Open a file that the user named, or say in a sentence why not."""
    try:
        if path.exists() and not path.is_dir() and not path.is_file():  # a pipe would wait, a device never end
            raise errors.BadInput("export.file", f"{path}: Not a file. Save it as one first.")
        return path.open("rb")
    except OSError as problem:
        raise errors.BadInput("export.file", f"{path}: {problem.strerror}.") from problem


def _bytes_of(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _name_of(path: Path) -> str:
    """Give a file's name as text; a byte in it that is no text is shown as one that is missing."""
    return os.fsencode(path.name).decode(errors="replace")


@app.command("inspect", epilog=EXIT_CODES)
def inspect(file: ExportFile, as_json: AsJson = False) -> None:
    """Read an export without storing anything: its counts, and what is odd in it, each with its place.

    Exit code 0 when it was read (a truncated file too, with its anomaly), 3 when it was refused.

    Example:

        hotspots export inspect sms-20211016.xml --json
    """
    with (
        open_file(file) as source,
        progress_bar(_name_of(file), _bytes_of(source), is_quiet=as_json) as (bar, task),
    ):
        inspection = inspect_export(cast(BinaryIO, CountingReader(source, bar, task)))
    if as_json:
        print_json(inspection.as_json())
    else:
        _print_inspection(file, inspection)
    if inspection.as_json()["refused"]:
        raise typer.Exit(FILE_REFUSED)


def _print_inspection(file: Path, inspection: Inspection) -> None:
    found: dict[str, Any] = inspection.as_json()
    format_words = found["format"] or "no format that is known"
    say(f"{_name_of(file)}: {format_words}, {found['bytes']:,} bytes, SHA-256 {found['sha256']}")
    if found["refused"]:
        say(f"{_name_of(file)} is not read: {found['refused']}")
        return
    table = Table(show_header=False, box=None)
    for key, label in LABELS.items():
        value = found[key]
        table.add_row(label, f"{value:,}" if isinstance(value, int) else str(value or "none"))
    console.print(table)
    for anomaly in found["anomalies"]:
        say(f"  {_place_of(anomaly)}{anomaly['text']}")


def _place_of(anomaly: dict[str, Any]) -> str:
    """Say where something stands; of a whole member of a zip its sentence says it."""
    if not anomaly["line"]:
        return f"byte {anomaly['offset']:,}: " if anomaly["offset"] else ""
    member = f"{anomaly['member']!r}, " if anomaly["member"] else ""
    return f"{member}line {anomaly['line']:,}, byte {anomaly['offset']:,}: "


@app.command("receive", epilog=EXIT_CODES)
def receive(
    file: ExportFile,
    line: Annotated[str, typer.Option(help="The line's label or its number.")],
    as_user: AsUser,
    from_words: Annotated[str, typer.Option("--from", help="Who handed the file in.")] = "Message operator",
    wait: Annotated[bool, typer.Option("--wait", help="Read the file now, not by the worker.")] = False,
    as_json: AsJson = False,
) -> None:
    """Receive an export into custody: kept untouched, hashed, and read.

    With --wait: exit code 0 when it was read, 1 when the import failed or was stopped, 3 when the file was refused.

    Example:

        hotspots export receive sms-20211016.xml --line A --as custodian.alder-city --wait --json
    """
    actor = actor_named(as_user)
    row = _line_named(actor, line)
    with open_file(file) as source, progress_bar(_name_of(file), _bytes_of(source), is_quiet=as_json) as (bar, task):
        kept = cast(BinaryIO, CountingReader(source, bar, task))
        facts = UploadFacts(_name_of(file), _bytes_of(source))
        upload = keep_file(by=actor, owner=row.owner, source=kept, facts=facts)
    received = ExportFacts(received_at=timezone.now(), from_words=from_words)
    export = receive_export(by=actor, line=row, upload=upload, facts=received)
    if not as_json:
        say(f"{export.item.file_name} is in custody: {export.item.size_bytes:,} bytes, SHA-256 {export.item.sha256}")
    job = _wait_for(export.job_id) if wait and export.job_id else None
    told = Export.objects.select_related("reading", "line", "item").get(pk=export.pk)
    if as_json:
        print_json(_as_json(told, job))
    elif wait:
        _print_outcome(told, job)
    if wait and told.reading.state != ReadingState.FINISHED:
        raise typer.Exit(FILE_REFUSED if told.reading.refused_reason else 1)


def _wait_for(job_id: uuid.UUID) -> Job:
    """Run what is ready until this job is over, or wait while a worker has it."""
    while (job := Job.objects.get(pk=job_id)).is_open:
        if not run_ready_jobs(limit=1):
            time.sleep(WAIT_SECONDS)
    return job


def _line_named(actor: Actor, name: str) -> Line:
    wanted = normalize_address(name).key
    rows = Line.objects.visible_to(actor).select_related("owner")
    row = rows.filter(label=name).first() or rows.filter(address=wanted).first()
    if row is None:
        raise errors.NotFound("export.line", f"There is no line {name}.")
    return row


def _as_json(export: Export, job: Job | None) -> dict[str, Any]:
    """Give what became of an export: docs/contracts.md says what the fields mean."""
    reading = export.reading
    return {
        "export": str(export.pk),
        "line": export.line.label,
        "file": export.item.file_name,
        "bytes": export.item.size_bytes,
        "sha256": export.item.sha256,
        "repeat": export.is_repeat,
        "state": reading.state,
        "records": reading.rows_count,
        "new_messages": export.new_messages_count,
        "refused": reading.refused_reason or None,
        "problem": _problem_of(export, job) or None,
    }


def _problem_of(export: Export, job: Job | None) -> str:
    """Say why the file was not read; the reason of a refusal names its place already."""
    if reason := export.reading.refused_reason:
        return f"{export.item.file_name}: {reason}"
    return job.problem if job else ""


def _print_outcome(export: Export, job: Job | None) -> None:
    reading = export.reading
    if reading.refused_reason:
        say(f"{export.item.file_name} is kept and hashed, and not read: {reading.refused_reason}")
    elif reading.state != ReadingState.FINISHED:
        told = _problem_of(export, job) or "The file is kept, and nothing of it is counted."
        say(f"Not read, the import is {job.state if job else reading.state}: {told}")
    else:
        say(f"Read: {reading.rows_count or 0:,} records, {export.new_messages_count or 0:,} new messages.")


@app.callback()
def _group() -> None:
    """Read or receive phone exports."""
