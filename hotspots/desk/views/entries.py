"""How an entry of the log reads: in words, each beside the code that is in the entry's bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.desk.queries.log import LogLine
from hotspots.desk.rules import DOOR_WORDS, verb_label
from hotspots.desk.views.deeds import DEEDS
from hotspots.desk.views.words import A_DAY, A_MOMENT, CODES, field_label, value_words
from hotspots.intake.rules.states import MarkSubject
from hotspots.intake.views.words import SUBJECTS

REFUSED = "refused"

# What names in an entry mean where a history means something else by them, or has no such name.
LOG_FIELDS: Mapping[str, Any] = {
    "changes.count": gettext_lazy("Readable changes kept beside it"),
    "changes.root": gettext_lazy("Root over those changes"),
    "channel": gettext_lazy("By way of"),
    "count": gettext_lazy("Rows of the set"),
    "entries_count": gettext_lazy("Entries verified"),
    "family": gettext_lazy("Kind of refusal"),
    "first_bad_seq": gettext_lazy("First entry that is not whole"),
    "kind": gettext_lazy("Records of the set"),
    "os_login": gettext_lazy("Login at the computer"),
    "result": gettext_lazy("Made or changed"),
    "root": gettext_lazy("Root of the set"),
    "rule": gettext_lazy("Rule"),
    "scope": gettext_lazy("Held for"),
    "scope_id": gettext_lazy("Held for, by reference"),
    "sha256": gettext_lazy("SHA-256"),
    "subject": gettext_lazy("What it is about"),
    "verb": gettext_lazy("What was asked"),
}
CHANNELS: Mapping[str, Any] = {
    "web": gettext_lazy("The pages"),
    "job": gettext_lazy("Long work in the background"),
    "command line": gettext_lazy("The command line"),
    "demonstration": gettext_lazy("The demonstration, as it was made"),
}
PLAIN: Mapping[str, Any] = {"True": gettext_lazy("Yes"), "False": gettext_lazy("No")}
A_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
A_REFERENCE = re.compile(r"([a-z]+\.[A-Za-z]+):([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Told:
    """Something of an entry in words, and what stands for it in the bytes."""

    words: str
    raw: str

    @property
    def is_same(self) -> bool:
        return self.words == self.raw


def deed_words(action: str) -> str:
    """Say in one short sentence without its period what an entry tells."""
    told = str(DEEDS.get(action) or DOOR_WORDS.get(action, action))
    return told.partition(". ")[0].rstrip(".")


def line_words(line: LogLine) -> str:
    """Say what an entry tells; of a refusal, what was asked."""
    asked = dict(line.facts).get("verb", "") if line.action == REFUSED else ""
    return f"{deed_words(line.action)}: {verb_label(asked).lower()}" if asked else deed_words(line.action)


def entry_words(line: LogLine) -> dict[str, Any]:
    """Give an entry and what its page tells in words."""
    return {"line": line, "words": line_words(line), "facts": facts_told(line), "refs": refs_told(line)}


def facts_told(line: LogLine) -> list[tuple[Told, Told]]:
    """Give the facts of an entry as label and value, each once."""
    return [(Told(_label(name), name), Told(_value(name, value), value)) for name, value in dict.fromkeys(line.facts)]


def refs_told(line: LogLine) -> list[Told]:
    """Give the records that an entry names."""
    return [Told(_record_words(ref), ref) for ref in line.refs]


def _label(name: str) -> str:
    return str(LOG_FIELDS.get(name) or field_label(name))


def _value(name: str, value: str) -> str:
    if name == "channel":
        return str(CHANNELS.get(value, value))
    if name == "verb":
        return verb_label(value)
    if name == "subject" and value in set(MarkSubject):
        return str(SUBJECTS[MarkSubject(value)])
    if name in {"result", "kind"}:
        return _record_words(value)
    if name in CODES or A_DAY.fullmatch(value) or A_MOMENT.fullmatch(value):
        return str(value_words(name, value))
    return str(PLAIN.get(value) or (value.replace("_", " ").capitalize() if A_CODE.fullmatch(value) else value))


def _record_words(ref: str) -> str:
    """Say what kind of record a reference names."""
    found = A_REFERENCE.fullmatch(ref)
    kind = found[1] if found else ref
    try:
        return str(apps.get_model(kind)._meta.verbose_name).capitalize()
    except (LookupError, ValueError):
        return _("A record of a kind that is no more") if found else ref
