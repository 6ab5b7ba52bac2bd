"""Who can see what and who can do what, found out by asking the code that decides it."""

from __future__ import annotations

import functools
import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.urls import get_resolver

from hotspots.access.action import REGISTRY, Verb
from hotspots.access.actor import PUBLIC, Actor, Held
from hotspots.access.models import Record
from hotspots.access.rules import COUNTY_ROLES, Role, Scope
from hotspots.desk.rules import Sight

ROLES = (
    Role.COORDINATOR,
    Role.OPERATION_LEAD,
    Role.OFFICER,
    Role.CUSTODIAN,
    Role.PROSECUTOR,
    Role.PUBLISHER,
    Role.ADVOCATE_LIAISON,
    Role.AUDITOR,
    Role.LIAISON,
    Role.COALITION_MEMBER,
    Role.ADMINISTRATOR,
)

# The order of the rooms, from what everybody knows to what is looked after behind it.
ROOMS = ("coalition", "operations", "evidence", "intake", "cases", "results", "accounts", "access", "jobs")


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A kind of record: what each role sees of it, and what somebody who is not signed in sees."""

    room: str
    kind: str
    name: str
    by_role: dict[Role, Sight]
    public: Sight


@functools.cache
def access_matrix() -> tuple[AccessRow, ...]:
    """Give who sees which kind of record, by asking each kind's own `sight`; it depends on the code alone."""
    rows = [_row_of(model) for model in apps.get_models() if issubclass(model, Record)]
    return tuple(sorted(rows, key=lambda row: (ROOMS.index(row.room) if row.room in ROOMS else len(ROOMS), row.name)))


def _row_of(model: type[Record]) -> AccessRow:
    name = str(model._meta.verbose_name_plural)
    # Nobody sees more of what a room leaves out for everybody, such as a file that is still being read.
    whole = {_everything(model), _question(model, _probe(Role.COORDINATOR, 1))}
    return AccessRow(
        room=model._meta.app_label,
        kind=model._meta.label,
        name=name[:1].upper() + name[1:],
        by_role={role: _sight_of(model, _probe(role, 1), _probe(role, 2), whole) for role in ROLES},
        public=_sight_of(model, PUBLIC, PUBLIC, whole),
    )


def _probe(role: Role, number: int) -> Actor:
    """Give somebody who holds one role, of an organization that exists nowhere."""
    person, organization = uuid.UUID(int=number), uuid.UUID(int=number << 64)
    scope = Scope.COUNTY if role in COUNTY_ROLES else Scope.ORGANIZATION
    held = Held(role, scope, organization if scope is Scope.ORGANIZATION else None)
    return Actor(person, "A probe", organization_id=organization, grants=(held,))


def _sight_of(model: type[Record], one: Actor, another: Actor, whole: set[str | None]) -> Sight:
    """Compare two people with the same role: where the question is the same for both, it depends on the role alone."""
    first, second = _question(model, one), _question(model, another)
    if first is None or second is None:
        return Sight.NOTHING
    if first != second:
        return Sight.OWN
    return Sight.ALL if first in whole else Sight.PART


def _everything(model: type[Record]) -> str:
    return str(model.objects.order_by().query)


def _question(model: type[Record], actor: Actor) -> str | None:
    seen: Any = model.sight(actor)
    if seen is None:
        return None
    try:
        return str(model.objects.filter(seen).order_by().query)
    except EmptyResultSet:
        return None


@dataclass(frozen=True, slots=True)
class VerbLine:
    """A verb: its name, what it does, and who may do it."""

    name: str
    room: str
    sentence: str
    roles: tuple[Role, ...]
    is_open_to_system: bool
    subject: str

    def sight_for(self, role: Role) -> Sight:
        """Say whether a role may do this everywhere, for its own, or not."""
        if role not in self.roles:
            return Sight.NOTHING
        return Sight.ALL if role in COUNTY_ROLES or not self.subject else Sight.OWN


def verbs_list() -> list[VerbLine]:
    """Give every verb of the program, room by room."""
    # Reading the addresses imports every room, and with it every verb.
    assert get_resolver().url_patterns
    verbs = [_line_of(verb) for verb in REGISTRY.values() if verb.module.startswith("hotspots.")]
    return sorted(verbs, key=lambda line: line.name)


def _line_of(verb: Verb) -> VerbLine:
    return VerbLine(
        name=verb.name,
        room=verb.name.partition(".")[0],
        sentence=verb.sentence,
        roles=tuple(role for role in ROLES if role in verb.roles),
        is_open_to_system=verb.is_open_to_system,
        subject=verb.subject or "",
    )
