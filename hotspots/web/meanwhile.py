"""Two people at one record: the second to send a form is told what came between, and keeps what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Max
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Record, User
from hotspots.audit.models import Change
from hotspots.audit.queries import HistoryLine, history_of
from look.formats import local_minute

SEEN = "seen"


def newest_change(record: Record) -> int:
    """Give the number of the entry that changed a record last; 0 while none has."""
    return Change.objects.filter(record_id=record.pk).aggregate(newest=Max("entry_id"))["newest"] or 0


def keep_seen(form: forms.Form, record: Record) -> None:
    """Let a form carry which change of the record was the last when it was drawn."""
    field = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=newest_change(record))
    form.fields[SEEN] = field


def check_unchanged(form: forms.Form, record: Record) -> None:
    """Refuse a form that was drawn before the record changed; a form that does not say when it was drawn may go on."""
    seen, newest = form.cleaned_data.get(SEEN), newest_change(record)
    if seen is not None and seen < newest:
        sentence = _("This record changed while you had the form open. What you typed is still here.")
        raise errors.Stale("web.meanwhile", sentence, theirs=newest, yours=seen)


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
