"""Who may do a verb, and to which record: asked by the verb itself, and before it by the page that offers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Record
from hotspots.access.rules import Role


class VerbLike(Protocol):
    """What is read of a verb to answer who may do it."""

    @property
    def roles(self) -> tuple[Role, ...]: ...

    @property
    def is_open_to_system(self) -> bool: ...

    @property
    def subject(self) -> str | None: ...


def check_role(verb: VerbLike, actor: Actor) -> None:
    """Refuse an actor who holds none of the verb's roles anywhere."""
    if actor.is_system:
        if not verb.is_open_to_system:
            raise errors.NotAllowed("access.system", "The system does not do this; a person does.")
    elif not actor.holds_any(*verb.roles):
        raise errors.NotAllowed("access.role", "Your roles do not include this.")


def check_authority(verb: VerbLike, actor: Actor, record: Any) -> None:
    """Refuse an actor whose roles do not cover the record that the verb is about."""
    if actor.is_system or verb.subject is None:
        return
    scopes = record.scopes() if isinstance(record, Record) else set()
    if not actor.covers(verb.roles, scopes):
        raise errors.NotAllowed("access.authority", "Your role does not cover this record.")


def check_may(perform: Callable[..., Any], *, by: Actor, record: Record) -> None:
    """Refuse what the verb would refuse for who asks alone, without doing it; nothing is logged."""
    verb: VerbLike = perform.verb  # type: ignore[attr-defined]
    check_role(verb, by)
    check_authority(verb, by, record)
