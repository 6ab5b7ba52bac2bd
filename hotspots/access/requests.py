"""A verb that is sent twice under one request id is done once."""

from __future__ import annotations

import dataclasses
import enum
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Record, SentRequest
from hotspots.access.rowset import RowSet
from hotspots.audit.rules import canonical_json
from hotspots.keys.actions import index_digest

SENT_BEFORE = "access.request_id"  # the rule that a request id stands for one content


def digest_of(verb: str, arguments: Mapping[str, Any]) -> bytes:
    """Give the keyed digest of the canonical JSON of the verb and its arguments.

    Keyed, because a plain one over names and dates of birth could be guessed from a stolen database.
    """
    return index_digest("access.request", canonical_json([verb, _described(arguments)]))


def _described(value: Any) -> Any:
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    if isinstance(value, RowSet):
        return [value.model._meta.label, value.count, value.root.hex()]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _described(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _described(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_described(inner) for inner in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Sending:
    """One request id of one sender, with the digest of what it asks."""

    sender_id: uuid.UUID
    request_id: uuid.UUID
    verb: str
    digest: bytes

    def earlier(self) -> SentRequest | None:
        """Give the request if it was done before; refuse the same id with another content."""
        row = SentRequest.objects.filter(sender_id=self.sender_id, request_id=self.request_id).first()
        if row is not None and (row.verb != self.verb or bytes(row.digest) != self.digest):
            raise errors.BadInput(SENT_BEFORE, "This request id was used before, for something else.")
        return row

    def keep(self, result: Any) -> None:
        """Keep what the request led to."""
        record = result if isinstance(result, Record) else None
        SentRequest.objects.create(
            sender_id=self.sender_id,
            request_id=self.request_id,
            verb=self.verb,
            digest=self.digest,
            result_kind=record.kind if record else "",
            result_id=record.pk if record else None,
            sent_at=timezone.now(),
        )


def result_of(row: SentRequest, actor: Actor) -> Record | None:
    """Give the first result of a request that was done before, if the sender may still see it."""
    if not row.result_kind:
        return None
    model = apps.get_model(row.result_kind)
    return model.objects.visible_to(actor).filter(pk=row.result_id).first()


def found_under(request_id: uuid.UUID | None, actor: Actor) -> Record | None:
    """Give what the actor's request under this id made, if the actor may still see it."""
    if request_id is None or actor.user_id is None:
        return None
    row = SentRequest.objects.filter(sender_id=actor.user_id, request_id=request_id).first()
    return result_of(row, actor) if row is not None else None
