"""Two people at one record: the second to send a form is told what came between, and keeps what was typed.

The form carries which change it was drawn after; the verb compares, inside its own transaction (access/seen.py).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Record, User
from hotspots.access.seen import Seen, newest_change
from hotspots.audit.queries import HistoryLine, history_of
from look.formats import local_minute

SEEN = "seen"


class SeenField(forms.IntegerField):
    """Which change of a record was the last when the form was drawn; a form that does not say may go on."""

    widget = forms.HiddenInput

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__(required=False, initial=newest_change(record))

    def clean(self, value: Any) -> Seen | None:
        """Give the record and its change, as a verb takes them."""
        entry_seq = super().clean(value)
        return Seen(self.record, entry_seq) if entry_seq is not None else None


def keep_seen(form: forms.Form, record: Record) -> None:
    """Let a form carry which change of the record was the last when it was drawn."""
    form.fields[SEEN] = SeenField(record)


def add_conflict(form: forms.Form, refusal: errors.Stale, *, actor: Actor, record: Record | None, url: str) -> None:
    """Say on top of a form that someone else was first, who and when, and where the record stands as it is now."""
    told = _who_and_when(actor, record) if record is not None else ""
    link = format_html('<a href="{}">{}</a>', url, _("See it as it is now"))
    advice = _("compare, and send this form again if it still holds.")
    form.add_error(None, format_html("{} {} {}; {}", refusal.sentence, told, link, advice))
    if record is not None:
        sent: Any = form.data
        form.data = sent.copy()
        form.data[form.add_prefix(SEEN)] = str(newest_change(record))  # type: ignore[index]


def _who_and_when(actor: Actor, record: Record) -> str:
    """Say who changed the record last and when, unless that entry names a record that the actor does not see."""
    line = next((one for one in history_of(record.pk) if one.fields or one.is_forgotten), None)
    if line is None or not _is_told(actor, record, line):
        return ""
    person = User.objects.filter(pk=line.actor_id).select_related("organization").first() if line.actor_id else None
    who = person.full_title if person else _("The system")
    return _("%(who)s changed it on %(when)s.") % {"who": who, "when": local_minute(line.at)}


def _is_told(actor: Actor, record: Record, line: HistoryLine) -> bool:
    for kind, pk in line.refs:
        model = apps.get_model(kind)
        if pk == record.pk or not issubclass(model, Record):
            continue
        if not model.objects.visible_to(actor).filter(pk=pk).exists():
            return False
    return True
