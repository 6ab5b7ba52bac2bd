"""Builders for results: citations, arrests, investigations, matters and charges of a small campaign."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime
from typing import Any

from hotspots.cases.models import (
    Arrest,
    ArrestCount,
    Charge,
    Citation,
    CitationCount,
    Hearing,
    Investigation,
    InvestigationStatute,
    Matter,
    Statute,
    Subject,
)
from hotspots.cases.rules.kinds import Side, StatuteFamily
from hotspots.intake.models import ContactPoint
from hotspots.intake.rules import reference_of
from tests import build
from tests.build_campaign import World, local

_numbers = itertools.count(1)

STATUTES = {
    "PC 647(b)(2)": (StatuteFamily.SOLICITATION, Side.BUYER),
    "PC 647(b)(1)": (StatuteFamily.SELLER, Side.SELLER),
    "PC 236.1(c)(1)": (StatuteFamily.TRAFFICKING_OF_A_MINOR, Side.EXPLOITER),
    "PC 266i(a)(1)": (StatuteFamily.PANDERING, Side.EXPLOITER),
    "PC 266h(a)": (StatuteFamily.PIMPING, Side.EXPLOITER),
    "PC 25850(c)(6)": (StatuteFamily.FIREARM, Side.OTHER),
}


def statute(code: str) -> Statute:
    """Give the row of a statute."""
    family, side = STATUTES[code]
    row, _made = Statute.objects.get_or_create(
        code=code,
        effective_from=date(2017, 1, 1),
        defaults={
            "short_title": code,
            "family": family,
            "side": side,
            "statute_class": "felony",
            "maximum_words": "As the statute says",
            "source": "Test",
        },
    )
    return row


def subject(world: World, *, contact: ContactPoint | None = None) -> Subject:
    """Make a person who was identified."""
    pk = uuid.uuid4()
    return Subject.objects.create(
        id=pk,
        reference=reference_of("S", pk),
        title=f"Subject {next(_numbers):03}",
        owner=world.agency,
        credited=world.agency,
        operation=world.operation,
        contact_point=contact,
        basis="document",
        age_band="adult",
        identified_on=date(2021, 10, 6),
        key_id=uuid.uuid4(),
        recorded_at=build.NOON,
    )


def _case(world: World, prefix: str, given: dict[str, Any]) -> dict[str, Any]:
    pk = uuid.uuid4()
    said = {
        "id": pk,
        "reference": reference_of(prefix, pk),
        "campaign": world.campaign,
        "operation": world.operation,
        "owner": world.agency,
        "credited": world.agency,
        "night_on": date(2021, 10, 6),
        "recorded_at": build.NOON,
    }
    return {**said, **given}


def _stop(world: World, prefix: str, given: dict[str, Any]) -> dict[str, Any]:
    said = _case(world, prefix, {"occurred_at": local(10, 6, 22), "officer": world.officer, **given})
    said.setdefault("subject", None)
    said["subject"] = said["subject"] or subject(world)
    return {"place_words": "Poplar Avenue", "document_number": f"{prefix}-{next(_numbers)}", **said}


def citation(world: World, *codes: str, **given: Any) -> Citation:
    """Make a citation, for soliciting unless other statutes are named."""
    made = Citation.objects.create(**_stop(world, "C", given))
    for number, code in enumerate(codes or ("PC 647(b)(2)",), start=1):
        CitationCount.objects.create(citation=made, number=number, statute=statute(code))
    return made


def arrest(world: World, *codes: str, **given: Any) -> Arrest:
    """Make an arrest, for a firearm unless other statutes are named; the first is the most serious."""
    codes = codes or ("PC 25850(c)(6)",)
    made = Arrest.objects.create(family=STATUTES[codes[0]][0], **_stop(world, "A", given))
    for number, code in enumerate(codes, start=1):
        ArrestCount.objects.create(arrest=made, number=number, statute=statute(code))
    return made


def investigation(world: World, *codes: str, **given: Any) -> Investigation:
    """Make an investigation, into pimping and pandering unless other statutes are named."""
    said = _case(world, "I", {"opened_on": date(2021, 10, 8), "officer": world.officer, **given})
    made = Investigation.objects.create(**said)
    for number, code in enumerate(codes or ("PC 266h(a)", "PC 266i(a)(1)"), start=1):
        InvestigationStatute.objects.create(investigation=made, number=number, statute=statute(code))
    return made


def matter(world: World, of: Arrest, **given: Any) -> Matter:
    """Make a matter that an arrest led to, filed unless the test says otherwise."""
    said = {"subject": of.subject, "arrest": of, "submitted_on": date(2021, 10, 12), "state": "filed"}
    said = _case(world, "M", {**said, "filed_on": date(2021, 10, 20), **given})
    return Matter.objects.create(**said)


def charge(of: Matter, code: str, *, filed_on: date = date(2021, 10, 20), **given: Any) -> Charge:
    """Make a filed charge."""
    row = statute(code)
    said = {"offense_on": date(2021, 10, 6), "number": of.charges.count() + 1, "side": row.side, **given}
    return Charge.objects.create(
        matter=of, subject=of.subject, statute=row, filed_on=filed_on, recorded_at=build.NOON, **said
    )


def hearing(of: Citation, on: date) -> Hearing:
    """Make a hearing on a citation."""
    return Hearing.objects.create(
        citation=of,
        court="Superior Court",
        department="24",
        hearing_kind="arraignment",
        hearing_on=on,
        starts_at=datetime(on.year, on.month, on.day, 17, tzinfo=UTC),
        recorded_at=build.NOON,
    )
