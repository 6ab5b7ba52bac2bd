"""What the desk reads."""

from hotspots.desk.queries.access import AccessRow, VerbLine, access_matrix, verbs_list
from hotspots.desk.queries.history import HistoryEntry, find_record, history_entries
from hotspots.desk.queries.log import LogLine, LogPage, action_words, last_verification, log_page

__all__ = [
    "AccessRow",
    "HistoryEntry",
    "LogLine",
    "LogPage",
    "VerbLine",
    "access_matrix",
    "action_words",
    "find_record",
    "history_entries",
    "last_verification",
    "log_page",
    "verbs_list",
]
