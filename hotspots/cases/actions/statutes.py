"""The rows of statutes that ship with the program."""

from __future__ import annotations

from dataclasses import asdict

from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.frame import note_fact
from hotspots.access.rules import Role
from hotspots.cases.models import Statute
from hotspots.cases.rules.statute_rows import STATUTES


@action("cases.load_statutes", roles=[Role.COORDINATOR, Role.PROSECUTOR], system=True)
def load_statutes(*, by: Actor) -> int:
    """Load the statutes that ship with the program and are not there yet; none is approved by counsel."""
    loaded = 0
    for row in STATUTES:
        place = {"code": row.code, "effective_from": row.effective_from}
        _statute, is_new = Statute.objects.get_or_create(**place, defaults=asdict(row))
        loaded += is_new
    note_fact(loaded_count=loaded)
    return loaded
