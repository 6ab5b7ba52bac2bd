"""One backup, standing by itself or inside a zip."""

from collections.abc import Iterator
from typing import BinaryIO

from hotspots.intake.readers.head import Head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import Event, Limits, Member, ResumePoint
from hotspots.intake.readers.sms_xml import SmsXmlReader


def read_backup(
    src: BinaryIO, head: Head, member: Member, notes: Notes, *, resume: ResumePoint | None, limits: Limits
) -> Iterator[Event]:
    """Read one backup whose head has been read: what it is, what it says of itself, then its records.

    A resumed reading gives the member and the header again, then what would have followed.
    """
    notes.member = member.index
    yield member
    yield head.header
    start = resume or ResumePoint(member.index, 0, 0, 1)
    src.seek(start.offset)
    reader = SmsXmlReader(src, head, notes, limits=limits, start=start, is_resumed=resume is not None)
    yield from reader.events()
