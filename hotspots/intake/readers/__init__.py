"""Readers of phone exports: pure, from bytes to records with their places."""

from hotspots.intake.readers.export import FORMAT, READER_VERSION, read_export
from hotspots.intake.readers.inspection import Inspection, inspect_export
from hotspots.intake.readers.records import (
    DEFAULT,
    Anomaly,
    AnomalyKind,
    Attachment,
    Direction,
    Event,
    Header,
    Limits,
    Member,
    Record,
    RecordKind,
    RefusalKind,
    Refused,
    ResumePoint,
)

__all__ = [
    "DEFAULT",
    "FORMAT",
    "READER_VERSION",
    "Anomaly",
    "AnomalyKind",
    "Attachment",
    "Direction",
    "Event",
    "Header",
    "Inspection",
    "Limits",
    "Member",
    "Record",
    "RecordKind",
    "RefusalKind",
    "Refused",
    "ResumePoint",
    "inspect_export",
    "read_export",
]
