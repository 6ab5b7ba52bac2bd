"""Who sees a case: those who see the county, the agencies of the record, and those who take part in its operation."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotspots.access.models import Organization, Record, RecordQuerySet, Restriction, User
from hotspots.access.rules import RestrictionKind, Role, Scope
from hotspots.cases.rules.kinds import words_of
from hotspots.operations.models import Campaign, Operation

if TYPE_CHECKING:
    from hotspots.access.actor import Actor

COUNTYWIDE = (Role.COORDINATOR, Role.PROSECUTOR, Role.AUDITOR)
IN_THE_AGENCY = (Role.OFFICER, Role.OPERATION_LEAD, Role.CUSTODIAN)


def choices_of(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    """Give a closed set as the choices of a column."""
    return [(kind.value, words_of(kind.value)) for kind in kinds]


def of_agency_or_operation(actor: Actor) -> Q | None:
    """Say which rows with an owner, a credited agency and an operation the actor sees."""
    if actor.holds_countywide(*COUNTYWIDE):
        return Q()
    mine, granted = actor.organizations(*IN_THE_AGENCY), actor.operations(*IN_THE_AGENCY)
    if not mine and not granted:
        return None
    shared = Operation.objects.filter(Operation.taking_part(mine) | Q(pk__in=granted), pk=OuterRef("operation_id"))
    return Q(owner_id__in=mine) | Q(credited_id__in=mine) | Q(Exists(shared))


def paths_through(link: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Give the paths of another record, as they are reached through a link to it."""
    return tuple(f"{link}_id" if path == "pk" else f"{link}__{path}" for path in paths)


# Whoever is referred leaves with everything that leads to them: by the person, and by the response.
BY_PERSON = ("subject_id", "subject__contact_point_id")
BY_RESPONSE = ("response_id", "response__contact_point_id")


class CaseQuerySet(RecordQuerySet):
    """Rows of cases."""

    def unreferred(self) -> Self:
        """Leave out the rows of people who were referred to an advocate, as every total of the task force does."""
        referred = Restriction.objects.live().filter(restriction_kind=RestrictionKind.REFERRED).values("record_id")
        kept = self
        for path in self.model.RESTRICTED_BY:
            kept = kept.exclude(**{f"{path}__in": referred})
        return kept


class CaseRecord(Record):
    """What every record of a case carries: its reference, whose it is, who is credited, and the operation night."""

    reference = models.CharField(max_length=12, db_index=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="%(class)ss")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="%(class)ss_owned")
    credited = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="%(class)ss_credited")
    night_on = models.DateField(db_index=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return of_agency_or_operation(actor)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        operation = {(Scope.OPERATION, self.operation_id)} if self.operation_id else set()
        return {(Scope.ORGANIZATION, self.owner_id), (Scope.ORGANIZATION, self.credited_id), *operation}
