"""What a person saw of a record before they sent a verb: it may ask that nobody changed the record since."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.models import Record
from hotspots.audit.models import Change


@dataclass(frozen=True, slots=True)
class Seen:
    """A record, and the number of the entry that had changed it last when it was looked at; 0 while none had."""

    record: Record
    entry_seq: int


def newest_change(record: Record) -> int:
    """Give the number of the entry that changed a record last; 0 while none has."""
    return Change.objects.filter(record_id=record.pk).aggregate(newest=Max("entry_id"))["newest"] or 0


def check_unchanged(seen: Seen) -> None:
    """Refuse what was decided before the record changed; the caller has locked the record."""
    newest = newest_change(seen.record)
    if seen.entry_seq < newest:
        sentence = _("This record changed while you had the form open. What you typed is still here.")
        raise errors.Stale("access.meanwhile", sentence, theirs=newest, yours=seen.entry_seq)
