"""Arrests, by the family of the most serious statute; arrests for a firearm apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Arrest, ArrestCount
from hotspots.cases.rules.kinds import StatuteFamily
from hotspots.results.measures.declaration import Denominator, Measure, Words, add_measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import CASE_PATHS, keep_standing
from hotspots.results.rules.measures import Side

UNIT_NOTE = _(
    "An arrest is an accusation: each person arrested is presumed innocent. One person can be arrested twice."
)
POPULATION = _("Arrests of the campaign, of every agency that takes part.")
PERIOD = _("By operation night within the campaign; an arrest without an operation by its local date.")
VOID = _("Void arrests, whenever they were voided.")


def by_statute(extent: Extent) -> Iterator[Denominator]:
    """Count the arrests by the firearm statute that they name, so that "loaded" is said only of those that were."""
    rows = FIREARM.rows(extent).order_by().values("pk")
    counts = ArrestCount.objects.filter(arrest__in=rows, statute__family=StatuteFamily.FIREARM)
    found = counts.order_by("statute__code").values_list("statute__code", "statute__short_title")
    for code, title, count in found.annotate(counted=Count("arrest", distinct=True)):
        yield Denominator(f"statute.{code}", f"{code}, {title}", count)


def arrested_for_a_firearm(extent: Extent) -> Any:
    """Give the arrests with a count under a firearm statute."""
    return keep_standing(Arrest.objects.under(StatuteFamily.FIREARM), extent)


FIREARM = add_measure(
    Measure(
        key="arrests.firearm",
        words=Words(
            _("Arrests for a firearm"),
            _("arrest for carrying a firearm registered to another person"),
            _("arrests for carrying a firearm registered to another person"),
            _("arrests; registered to another person"),
        ),
        unit=_("arrest"),
        unit_note=UNIT_NOTE,
        population=POPULATION,
        definition=_(
            "Arrests with at least one count of carrying a firearm that is registered to another person: loaded, PC "
            "25850(c)(6), "
            "or concealed, PC 25400(c)(6). Counted apart: an arrest whose most serious statute is another counts "
            "there too."
        ),
        period=PERIOD,
        not_counted=(VOID, _("Firearms that were seized without an arrest, and a second count on the same arrest.")),
        rows_of=arrested_for_a_firearm,
        paths=CASE_PATHS,
        denominators_of=by_statute,
        order=45,
    )
)


def add_arrests(key: str, families: tuple[StatuteFamily, ...], words: Words, *, side: Side, order: int) -> Measure:
    """Register the measure of one family."""

    def rows_of(extent: Extent) -> Any:
        return keep_standing(Arrest.objects.filter(family__in=families), extent)

    made = Measure(
        key=f"arrests.{key}",
        words=words,
        unit=_("arrest"),
        unit_note=UNIT_NOTE,
        population=POPULATION,
        definition=_(
            "Arrests whose most serious statute is of this family. An arrest is in one family only; firearms are "
            "counted apart."
        ),
        period=PERIOD,
        not_counted=(VOID, _("Citations: they are counted in their own measure.")),
        rows_of=rows_of,
        paths=CASE_PATHS,
        side=side,
        order=order,
    )
    return add_measure(made)


add_arrests(
    "soliciting",
    (StatuteFamily.SOLICITATION, StatuteFamily.CONTACT_WITH_A_MINOR),
    Words(_("Arrests for soliciting"), _("arrest for soliciting"), _("arrests for soliciting")),
    side=Side.BUYER,
    order=60,
)
add_arrests(
    "pimping_and_pandering",
    (StatuteFamily.PIMPING, StatuteFamily.PANDERING),
    Words(
        _("Arrests for pimping and pandering"),
        _("arrest for pimping or pandering"),
        _("arrests for pimping or pandering"),
    ),
    side=Side.EXPLOITER,
    order=61,
)
add_arrests(
    "trafficking",
    (StatuteFamily.TRAFFICKING, StatuteFamily.TRAFFICKING_OF_A_MINOR),
    Words(_("Arrests for trafficking"), _("arrest for human trafficking"), _("arrests for human trafficking")),
    side=Side.EXPLOITER,
    order=62,
)
