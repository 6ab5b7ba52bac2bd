"""Subjects: people identified on a lawful basis. Their identity is sealed under a key of their own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from hotspots.access.models import Organization, Record, User
from hotspots.access.rules import Scope
from hotspots.cases.models.sight import CaseQuerySet, choices_of, of_agency_or_operation
from hotspots.cases.rules.kinds import AgeBand, IdentificationBasis
from hotspots.intake.models import ContactPoint
from hotspots.operations.models import Operation

if TYPE_CHECKING:
    from hotspots.access.actor import Actor


class Subject(Record):
    """A person identified on a lawful basis, never from a message alone; known on pages by a title, not by a name."""

    IS_SEALED = True

    reference = models.CharField(max_length=12, db_index=True)
    title = models.CharField(max_length=40)  # "Subject 014"
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="subjects_owned")
    credited = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="subjects_credited")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="subjects")
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.PROTECT, related_name="subjects")
    basis = models.CharField(max_length=14, choices=choices_of(IdentificationBasis))
    age_band = models.CharField(max_length=8, choices=choices_of(AgeBand))
    identified_on = models.DateField()
    key_id = models.UUIDField()
    sealed = models.BinaryField(null=True)  # JSON of name, birth date and words, under the subject's own key
    identity_digest = models.BinaryField(max_length=32, null=True, db_index=True)  # keyed: name and birth date
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar = CaseQuerySet.as_manager()

    LOGGED = ("reference", "basis", "age_band", "identified_on")
    # Whoever is referred to an advocate leaves the view of the task force, as a subject too.
    RESTRICTED_BY = ("pk", "contact_point_id")

    class Meta:
        ordering = ["-identified_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="subject_digest_of_an_identity",
                condition=Q(identity_digest__isnull=True) | Q(sealed__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def sight(cls, actor: Actor) -> Q | None:
        return of_agency_or_operation(actor)

    def scopes(self) -> set[tuple[Scope, uuid.UUID]]:
        operation = {(Scope.OPERATION, self.operation_id)} if self.operation_id else set()
        return {(Scope.ORGANIZATION, self.owner_id), (Scope.ORGANIZATION, self.credited_id), *operation}

    @property
    def has_identity(self) -> bool:
        return self.sealed is not None
