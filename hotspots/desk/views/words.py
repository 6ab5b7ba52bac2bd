"""How a history reads: what was done as a sentence, fields by their labels, codes and days as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hotspots.cases.rules.questions import QUESTIONS
from hotspots.desk.queries.history import ChangedField, HistoryEntry
from hotspots.desk.queries.log import action_words
from hotspots.desk.views.deeds import DEEDS
from hotspots.intake.rules.states import MarkSubject
from hotspots.intake.views.words import FLAGS, GROUNDS, REASONS
from look.formats import local_day, local_minute

FIELDS: Mapping[str, Any] = {
    "access": _("Account"),
    "age_band": _("Age"),
    "amended_from": _("Amended from"),
    "area_words": _("Area"),
    "basis": _("Basis"),
    "begins_on": _("Begins"),
    "began_at": _("Began"),
    "birth_on": _("Birth date"),
    "confirmed": _("Role confirmed"),
    "credited": _("Agency"),
    "custodian": _("Custodian"),
    "download": _("Why it was downloaded"),
    "ended_at": _("Ended"),
    "ends_on": _("Ends"),
    "filed_on": _("Filed"),
    "from": _("Received from"),
    "function": _("Contact"),
    "hearing_kind": _("Kind of hearing"),
    "identified_on": _("Identified"),
    "is_actual_minor": _("A real minor was solicited"),
    "is_portrayed_as_minor": _("Portrayed as a minor"),
    "joined_on": _("Joined the coalition"),
    "left_on": _("Left the coalition"),
    "literal": _("Number or word marked as meant"),
    "night_on": _("Operation night"),
    "occurred_at": _("When"),
    "officer_title": _("Officer"),
    "opened_on": _("Opened"),
    "ordinal": _("Which year of it"),
    "place_name": _("Place on the map"),
    "place_words": _("Where"),
    "referred": _("Referred to an advocate"),
    "rights_explained": _("Rights explained"),
    "starts_at": _("Begins"),
    "subject": _("Person"),
    "treated_as": _("Treated as"),
    "advocate": _("An advocate was offered"),
    "words": _("Note"),
    **{question.key: question.words for question in QUESTIONS},
    **{f"first_{subject}": FLAGS[subject] for subject in MarkSubject},
}
STATES = {"voided": _("Void"), "recorded": _("Stands")}
AGES = {"adult": _("18 or over"), "minor": _("Under 18"), "unknown": _("Unknown")}

# Fields that keep a code of a closed set: its words where a page has its own, the code in plain words else.
CODES: Mapping[str, Mapping[Any, Any]] = {
    "access": {},
    "advocate": {},
    "age_band": AGES,
    "basis": {},
    "confirmed": {},
    "dismissed": REASONS,
    "hearing_kind": {},
    "is_actual_minor": {},
    "is_portrayed_as_minor": {},
    "outcome": {},
    "referred": GROUNDS,
    "rights_explained": {},
    "role": {},
    "sign_in": {},
    "state": STATES,
    "status": {},
    "treated_as": {},
    **{question.key: {} for question in QUESTIONS},
}
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class WordedEntry:
    """One line of a history, as it is read."""

    entry: HistoryEntry
    words: Any
    changes: tuple[ChangedField, ...]


def worded(entry: HistoryEntry) -> WordedEntry:
    """Give a line of a history as a coordinator reads it."""
    words = DEEDS.get(entry.action) or action_words(entry.action)
    return WordedEntry(entry, words, tuple(_read(change) for change in entry.changes))


def field_label(name: str) -> str:
    """Give the label of a field: as pages have it, or its name in plain words."""
    told = FIELDS.get(name)
    plain = name.removesuffix("_on").removesuffix("_at").removesuffix("_words")
    return str(told) if told else plain.replace("_", " ").capitalize()


def value_words(name: str, value: str | None) -> str | None:
    """Give a value as people write it: a code by its words, a day as Oct 16, 2021."""
    if not value:
        return value
    if name.removeprefix("first_") in set(MarkSubject):
        return str(_("A message of the conversation"))
    if name in CODES:
        told = CODES[name].get(value)
        return str(told) if told else value.replace("_", " ").capitalize()
    if A_DAY.fullmatch(value):
        return local_day(date.fromisoformat(value))
    return local_minute(datetime.fromisoformat(value)) if A_MOMENT.fullmatch(value) else value


def _read(change: ChangedField) -> ChangedField:
    return ChangedField(
        field_label(change.name), value_words(change.name, change.old), value_words(change.name, change.new)
    )
