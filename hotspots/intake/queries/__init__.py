"""Reads of intake that have a shape of their own."""

from hotspots.intake.queries.answers import withheld_contacts
from hotspots.intake.queries.bytes import BytesWindow, bytes_window, place_in_sight
from hotspots.intake.queries.conversations import Conversation, MarkShown, Place, Said, contact_values, conversation_of
from hotspots.intake.queries.exports import (
    HARMLESS,
    NOT_READ,
    AnomalyShown,
    ExportReport,
    ImportProgress,
    export_report,
    import_progress,
)
from hotspots.intake.queries.hidden import anomalies_seen_by, has_hidden_records
from hotspots.intake.queries.search import find_responses

__all__ = [
    "HARMLESS",
    "NOT_READ",
    "AnomalyShown",
    "BytesWindow",
    "Conversation",
    "ExportReport",
    "ImportProgress",
    "MarkShown",
    "Place",
    "Said",
    "anomalies_seen_by",
    "bytes_window",
    "contact_values",
    "conversation_of",
    "export_report",
    "find_responses",
    "has_hidden_records",
    "import_progress",
    "place_in_sight",
    "withheld_contacts",
]
