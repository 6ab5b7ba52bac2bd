"""The readable history of a record, for those who may see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Role
from hotspots.audit.queries import HistoryLine, history_of
from hotspots.evidence.models import Upload
from hotspots.jobs.models import Job


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field, before and now."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a history; pages give the words of the action, of the fields and of their codes."""

    seq: int
    at: datetime
    action: str
    who: str
    changes: tuple[ChangedField, ...]
    is_forgotten: bool
    has_hidden_words: bool


def find_record(actor: Actor, kind: str, pk: uuid.UUID) -> Record:
    """Find a record of any kind that the actor may see; raise NotFound for all else, told apart by nothing."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        model = None
    record = model.objects.visible_to(actor).filter(pk=pk).first() if model and issubclass(model, Record) else None
    if record is None or (isinstance(record, User) and not may_see_account(actor, record)):
        raise errors.NotFound("desk.history", "There is no such record.")
    return record


def may_see_account(actor: Actor, person: User) -> bool:
    """Answer whether the actor may know when a person signed in and which roles they had; others know the title."""
    return (
        actor.user_id == person.pk
        or actor.holds_any(Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR)
        or person.organization_id in actor.organizations(Role.LIAISON)
    )


def may_read_words(actor: Actor, record: Record) -> bool:
    """Answer whether the actor sees the record otherwise than as an auditor, who reads references and no contents."""
    if record.IS_SEALED:
        return False
    held = tuple(grant for grant in actor.grants if grant.role is not Role.AUDITOR)
    if len(held) == len(actor.grants):
        return True
    return bool(type(record).objects.visible_to(replace(actor, grants=held)).filter(pk=record.pk).exists())


def history_entries(actor: Actor, record: Record) -> list[HistoryEntry]:
    """Give a record's history, newest first."""
    lines = _told_to(actor, record, history_of(record.pk))
    ids = {line.actor_id for line in lines if line.actor_id}
    people = {user.pk: user.full_title for user in User.objects.filter(pk__in=ids).select_related("organization")}
    has_words = may_read_words(actor, record)
    return [_entry_of(line, people, has_words=has_words) for line in lines]


# What is told of an organization or a person: how they joined and what they may do, not what they did in cases.
ROOMS_TOLD: dict[type[Record], tuple[str, ...]] = {
    Organization: ("coalition.", "accounts."),
    User: ("accounts.",),
}

# What a verb was done by means of, and which hides nobody: a sending and a job are seen by who asked for them alone.
MEANS: tuple[type[Record], ...] = (Upload, Job)


def _told_to(actor: Actor, record: Record, lines: list[HistoryLine]) -> list[HistoryLine]:
    """Keep the entries of which every record is visible to the reader: a hidden one shows in no other's history."""
    rooms = ROOMS_TOLD.get(type(record))
    if rooms is not None:
        lines = [line for line in lines if line.action.startswith(rooms)]
    named: dict[str, set[uuid.UUID]] = {}
    for line in lines:
        for kind, pk in line.refs:
            named.setdefault(kind, set()).add(pk)
    seen: set[tuple[str, uuid.UUID]] = {(record.kind, record.pk)}
    for kind, ids in named.items():
        model = apps.get_model(kind)
        if not issubclass(model, Record) or model in MEANS:
            seen |= {(kind, pk) for pk in ids}
        else:
            visible = model.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)
            seen |= {(kind, pk) for pk in visible}
    return [line for line in lines if set(line.refs) <= seen]


def _entry_of(line: HistoryLine, people: dict[uuid.UUID, str], *, has_words: bool) -> HistoryEntry:
    changes = tuple(ChangedField(name, old, new) for name, (old, new) in line.fields.items())
    return HistoryEntry(
        seq=line.seq,
        at=line.at,
        action=line.action,
        who=people.get(line.actor_id, "A person") if line.actor_id else "The system",
        changes=changes if has_words else (),
        is_forgotten=line.is_forgotten,
        has_hidden_words=bool(changes) and not has_words,
    )
