"""The base of every record: who sees it, and which grants cover it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

import uuid_utils.compat as uuid_utils
from django.apps import apps
from django.db import models
from django.db.models import Q

from hotspots.access.rules import Scope

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class RecordQuerySet(models.QuerySet[Any]):
    """Rows of a record."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows that the actor may see: none, where the room has not said."""
        if actor.is_system:
            return self
        seen = self.model.sight(actor)
        if seen is None:
            return self.none()
        return self.filter(seen).filter(self.model.unrestricted(actor))


class Record(models.Model):
    """A row that someone may see.

    A subclass says who in `sight`; silence means nobody. `scopes` gives the (kind, id) pairs of which one must be
    covered by the grant of whoever changes it. `RESTRICTED_BY` names the paths to the ids whose restriction hides
    this row too. `IS_SEALED` says that its words are shown through a verb with a purpose alone, so that its history
    shows that they changed and not what they were. `LOGGED` names the fields (references, numbers, dates, digests;
    never a text) that a log entry tells of a new row.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7, editable=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    RESTRICTED_BY: ClassVar[tuple[str, ...]] = ("pk",)
    LOGGED: ClassVar[tuple[str, ...]] = ()
    IS_SEALED: ClassVar[bool] = False

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        """Say which rows the actor may see; None is nobody."""
        return None

    @classmethod
    def unrestricted(cls, actor: Actor) -> Q:
        """Say which rows no live restriction hides from the actor.

        NOT IN over the few live restrictions is hashed once; NOT EXISTS was 130 times slower on a long list.
        """
        restriction = apps.get_model("access", "Restriction")
        live = restriction.objects.hiding_from(actor).values("record_id")
        kept = Q()
        for path in cls.RESTRICTED_BY:
            kept &= ~Q(**{f"{path}__in": live})
        return kept

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        """Give the scopes of which one must be covered to change this record."""
        return set()

    @property
    def kind(self) -> str:
        """Give the name under which the log refers to this kind of record."""
        return self._meta.label
