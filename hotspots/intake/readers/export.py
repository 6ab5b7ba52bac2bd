"""From the bytes of an export, plain or zipped, to its records."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from hotspots.intake.readers.head import read_head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.plain import read_backup
from hotspots.intake.readers.records import DEFAULT, Event, Limits, Member, RefusalKind, Refused, ResumePoint
from hotspots.intake.readers.zip_file import is_zip, read_zip

FORMAT = "sms_backup_restore"
READER_VERSION = "1"


def read_export(src: BinaryIO, *, resume: ResumePoint | None = None, limits: Limits = DEFAULT) -> Iterator[Event]:
    """Read an export from its beginning or from a record, or raise Refused.

    Gives each member, its header, and its records in the order of the file, with what was noted between them. What
    was given out before a refusal is not to be counted. `src` must seek, and must be at least as long as the place to
    resume at.
    """
    size = src.seek(0, io.SEEK_END)
    if size > limits.total_bytes:
        reason = f"The file has {size:,} bytes, more than the {limits.total_bytes:,} that are read."
        raise Refused(reason, RefusalKind.TOO_LARGE)
    src.seek(0)
    notes = Notes(limits.anomalies_of_a_kind)
    if is_zip(src.read(4)):
        yield from read_zip(src, notes, resume=resume, limits=limits)
    else:
        src.seek(0)
        head = read_head(src, member=0, limits=limits)
        yield from read_backup(src, head, Member(0, "", size), notes, resume=resume, limits=limits)
    yield from notes.summaries()
