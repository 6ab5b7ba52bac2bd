"""Investigations opened, by family of statutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Investigation
from hotspots.cases.rules.kinds import StatuteFamily
from hotspots.results.measures.declaration import Denominator, Measure, Words, add_measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import CASE_PATHS, keep_unrestricted
from hotspots.results.rules.measures import Side


def investigations_in(extent: Extent, *families: StatuteFamily) -> Any:
    """Give the investigations that were opened in the campaign's days, into at least one statute of the families.

    A void one was opened in error and never counts, whenever it was voided.
    """
    rows = Investigation.objects.standing().filter(
        campaign=extent.campaign, opened_on__gte=extent.campaign.begins_on, opened_on__lte=extent.last_on
    )
    return keep_unrestricted(rows.under(*families), extent)


def add_investigations(
    key: str, families: tuple[StatuteFamily, ...], words: Words, *, statutes: str, order: int
) -> Measure:
    """Register the measure of one family."""

    def rows_of(extent: Extent) -> Any:
        return investigations_in(extent, *families)

    def denominators_of(extent: Extent) -> Iterator[Denominator]:
        closed = Count("pk", filter=Q(closed_on__lte=extent.data_as_of_on))
        found = made.rows(extent).order_by().aggregate(closed=closed, all_rows=Count("pk"))
        yield Denominator("open", str(_("Still open on the data-as-of day")), found["all_rows"] - found["closed"])
        yield Denominator("closed", str(_("Closed by then")), found["closed"])

    made = Measure(
        key=f"investigations_opened.{key}",
        words=words,
        unit=_("investigation"),
        unit_note=_("An investigation names no person here. It can lead to charges, or to none."),
        population=_("Investigations of the campaign, of every agency that takes part."),
        definition=format_lazy(
            _("Investigations that were opened into at least one offense under {statutes}."), statutes=statutes
        ),
        period=_("Opened on a day of the campaign, whatever became of it later."),
        not_counted=(
            _("Investigations into other statutes alone, and those opened before or after the campaign."),
            _("Arrests and charges: each is counted in its own measure."),
        ),
        rows_of=rows_of,
        paths=CASE_PATHS,
        denominators_of=denominators_of,
        side=Side.EXPLOITER,
        order=order,
    )
    return add_measure(made)


add_investigations(
    "pimping_and_pandering",
    (StatuteFamily.PIMPING, StatuteFamily.PANDERING),
    Words(
        _("Investigations into pimping and pandering"),
        _("investigation opened into pimping and pandering"),
        _("investigations opened into pimping and pandering"),
        _("investigations opened in the period"),
    ),
    statutes="PC 266h or 266i",
    order=40,
)
add_investigations(
    "trafficking",
    (StatuteFamily.TRAFFICKING, StatuteFamily.TRAFFICKING_OF_A_MINOR),
    Words(
        _("Investigations into trafficking"),
        _("investigation opened into human trafficking"),
        _("investigations opened into human trafficking"),
    ),
    statutes="PC 236.1",
    order=53,
)
