"""The county that this database is the record of."""

from __future__ import annotations

from django.db import models


class County(models.Model):
    """One row: the county's name and zone, and whether this database was born as a demonstration."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40)
    is_demonstration = models.BooleanField(default=False)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_county", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.name
