"""@action: permission, transaction and log come with the verb.

Inside one durable transaction, in this order: the role anywhere; sight of every record in the arguments; authority
over the record named by `subject`; fresh rows, those named by `changes` locked; the body; the log entries, last.
A verb called by a verb joins. A refusal is logged in a transaction of its own, after the rollback. No flag
skips any of it. `unnamed` keeps from the entry which record an argument is, where that alone would tell too much.

Whoever calls a verb may add `request_id` (sent twice, it is done once) and `seen` (a record and its last change that
was looked at: that record is locked too, and the verb is refused where it changed since). Neither reaches the body.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.authority import check_authority, check_role
from hotspots.access.frame import Frame, current_frame
from hotspots.access.models import Record, SentRequest
from hotspots.access.requests import Sending, digest_of, result_of
from hotspots.access.rowset import RowSet
from hotspots.access.rules import Role
from hotspots.access.seen import Seen, check_unchanged
from hotspots.access.sight import find_records, read_fresh, swap_records
from hotspots.audit import actions as audit
from hotspots.audit.actions import PendingEntry
from hotspots.audit.turn import turn

P = ParamSpec("P")
R = TypeVar("R")

POSTGRESQL_DEADLOCK = "40P01"
POSTGRESQL_SECOND_ROW = ("23505", "23P01")  # unique, exclusion
SQLITE_SECOND_ROW = ("UNIQUE constraint failed", "two in force at once")


@dataclasses.dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the program, as the registry keeps it."""

    name: str
    roles: tuple[Role, ...]
    is_open_to_system: bool
    subject: str | None
    changes: tuple[str, ...]
    unnamed: tuple[str, ...]
    sentence: str
    module: str
    body: Callable[..., Any]


REGISTRY: dict[str, Verb] = {}


def action(
    name: str,
    *,
    roles: Iterable[Role] = (),
    system: bool = False,
    subject: str | None = None,
    changes: Iterable[str] = (),
    unnamed: Iterable[str] = (),
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a verb: who may do it, about which argument authority is asked, and which arguments it locks."""

    def declare(body: Callable[P, R]) -> Callable[P, R]:
        sentence = (body.__doc__ or "").strip().partition("\n")[0]
        module = body.__module__
        verb = _register(
            Verb(name, tuple(roles), system, subject, tuple(changes), tuple(unnamed), sentence, module, body)
        )

        @functools.wraps(body)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes keyword arguments")
            outer = current_frame.get()
            return _join(outer, verb, dict(kwargs)) if outer is not None else _begin(verb, dict(kwargs))

        perform.verb = verb  # type: ignore[attr-defined]
        return perform

    return declare


def _register(verb: Verb) -> Verb:
    name, parameters = verb.name, inspect.signature(verb.body).parameters
    if name in REGISTRY:
        raise TypeError(f"there are two verbs named {name}")
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{name} takes `by` and keyword arguments only")
    if not verb.sentence or not (verb.roles or verb.is_open_to_system):
        raise TypeError(f"{name} says what it does, and who may do it")
    for argument in (*((verb.subject,) if verb.subject else ()), *verb.changes, *verb.unnamed):
        if argument not in parameters:
            raise TypeError(f"{name} has no argument {argument}")
    REGISTRY[name] = verb
    return verb


def _join(outer: Frame, verb: Verb, kwargs: dict[str, Any]) -> Any:
    by: Actor = kwargs.pop("by")
    if outer.refusal is not None:
        raise RuntimeError("a verb that was refused inside this one was swallowed") from outer.refusal
    if (by.user_id, by.is_system) != (outer.actor.user_id, outer.actor.is_system):
        raise RuntimeError("one transaction has one actor")
    kwargs.pop("request_id", None)
    seen: Seen | None = kwargs.pop("seen", None)
    try:
        return _run(outer, verb, kwargs, seen)
    except BaseException as refusal:
        outer.refusal = refusal
        raise


def _begin(verb: Verb, kwargs: dict[str, Any]) -> Any:
    by: Actor = kwargs.pop("by")
    request_id: uuid.UUID | None = kwargs.pop("request_id", None)
    seen: Seen | None = kwargs.pop("seen", None)
    found = find_records(kwargs)
    sending = _sending_of(verb, by, request_id, kwargs)
    try:
        for row_set in found.row_sets:
            row_set.check_unchanged()
        return _retried(lambda: _transact(verb, by, kwargs, sending, seen))
    except errors.Refusal as refusal:
        # Sent again before the first was done, it waited for the first, and was refused for what the first did.
        if isinstance(refusal, errors.Stale | errors.RuleBroken) and (earlier := _earlier(sending)) is not None:
            return result_of(earlier, by.fresh())
        _log_refusal(verb, by, kwargs, refusal)
        raise


def _sending_of(verb: Verb, by: Actor, request_id: uuid.UUID | None, kwargs: dict[str, Any]) -> Sending | None:
    if request_id is None or by.user_id is None:
        return None
    return Sending(by.user_id, request_id, verb.name, digest_of(verb.name, kwargs))


def _earlier(sending: Sending | None) -> SentRequest | None:
    return sending.earlier() if sending is not None else None


def _retried(attempt: Callable[[], Any]) -> Any:
    """Try a second time after a deadlock; a row that someone else wrote in between is a refusal, not a bug."""
    try:
        try:
            return attempt()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != POSTGRESQL_DEADLOCK:
                raise
            return attempt()
    except IntegrityError as error:
        if not _is_second_row(error):
            raise  # a check, a foreign key or an append-only table: the program is wrong, nobody was first
        raise errors.Stale("access.race", "Someone else was first. Look at it again.") from error


def _is_second_row(error: IntegrityError) -> bool:
    """Tell whether the database refused a row because there is one already."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state is not None:
        return state in POSTGRESQL_SECOND_ROW
    return any(words in str(error) for words in SQLITE_SECOND_ROW)


def _transact(verb: Verb, by: Actor, kwargs: dict[str, Any], sending: Sending | None, seen: Seen | None) -> Any:
    token = None
    try:
        with turn(), transaction.atomic(durable=True):
            frame = Frame(by.fresh())
            token = current_frame.set(frame)
            if (earlier := _earlier(sending)) is not None:
                return result_of(earlier, frame.actor)
            result = _run(frame, verb, kwargs, seen)
            if frame.refusal is not None:
                raise RuntimeError("a verb that was refused inside this one was swallowed") from frame.refusal
            if sending is not None:
                sending.keep(result)
            audit.append(frame.entries, list(frame.changes.values()))
            return result
    finally:
        if token is not None:
            current_frame.reset(token)


def _run(frame: Frame, verb: Verb, kwargs: dict[str, Any], seen: Seen | None) -> Any:
    actor = frame.actor
    check_role(verb, actor)
    found = find_records(kwargs)
    locked = {type(record) for record in find_records([seen, *map(kwargs.get, verb.changes)]).records}
    fresh = read_fresh(frame, find_records([kwargs, seen]), locked)
    given = {name: swap_records(value, fresh) for name, value in kwargs.items()}
    check_authority(verb, actor, given.get(verb.subject or ""))
    if seen is not None:
        check_unchanged(seen)
    outer_facts, frame.facts = frame.facts, {}
    result = verb.body(by=actor, **given)
    if isinstance(result, Record):
        frame.seen.add((type(result), result.pk))
    frame.entries.append(_entry_of(verb, actor, found.row_sets, kwargs, result, frame.facts))
    frame.facts = outer_facts
    return result


def _entry_of(
    verb: Verb, actor: Actor, row_sets: list[RowSet], asked: dict[str, Any], result: Any, facts: dict[str, Any]
) -> PendingEntry:
    refs = _refs_of(verb, asked)
    body: dict[str, Any] = {}
    if row_sets:
        body["sets"] = [
            {"kind": rows.model._meta.label, "count": rows.count, "root": rows.root.hex()} for rows in row_sets
        ]
    if told := _logged(asked.get("facts")):
        body["facts"] = told
    if isinstance(result, Record):
        refs.append((result.kind, result.pk))
        body["result"] = f"{result.kind}:{result.pk}"
        if made := _logged(result):
            body["made"] = made
    if facts:
        body["noted"] = dict(facts)
    return PendingEntry(actor.user_id, verb.name, tuple(refs), {**body, **_channel_of(actor)})


def _refs_of(verb: Verb, arguments: dict[str, Any]) -> list[tuple[str, uuid.UUID]]:
    """Give what an entry refers to: every record among the arguments but those that the verb leaves unnamed."""
    kept = {name: value for name, value in arguments.items() if name not in verb.unnamed}
    return [(record.kind, record.pk) for record in find_records(kept).records]


def _channel_of(actor: Actor) -> dict[str, str]:
    return {"channel": actor.channel, **({"os_login": actor.os_login} if actor.os_login else {})}


def _logged(source: Any) -> dict[str, Any]:
    names: tuple[str, ...] = getattr(source, "LOGGED", None) or ()
    return {name: _loggable(getattr(source, name)) for name in names}


def _loggable(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


def _log_refusal(verb: Verb, by: Actor, kwargs: dict[str, Any], refusal: errors.Refusal) -> None:
    body = {"verb": verb.name, "family": refusal.family, "rule": refusal.rule, **_channel_of(by)}
    with turn(), transaction.atomic(durable=True):
        refs = _refs_seen_by(by.fresh(), _refs_of(verb, kwargs), kwargs)
        audit.append([PendingEntry(by.user_id, "refused", tuple(refs), body)])


def _refs_seen_by(
    actor: Actor, refs: list[tuple[str, uuid.UUID]], kwargs: dict[str, Any]
) -> list[tuple[str, uuid.UUID]]:
    """Keep the references to what the actor sees now: a record that has gone out of sight is not named."""
    seen: set[tuple[str, uuid.UUID]] = set()
    for model, ids in find_records(kwargs).keys_by_model().items():
        rows = model.objects.visible_to(actor).filter(pk__in=ids)
        seen.update((model._meta.label, pk) for pk in rows.values_list("pk", flat=True))
    return [ref for ref in refs if ref in seen]
