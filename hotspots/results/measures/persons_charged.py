"""Persons charged, by family of statutes: distinct subjects with a filed charge."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Charge
from hotspots.cases.rules.kinds import StatuteFamily
from hotspots.results.measures.declaration import Denominator, Measure, Paths, Words, add_measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import keep_unrestricted
from hotspots.results.rules.measures import Side

PATHS = Paths(operation="matter__operation_id", organization="matter__credited_id")


def charges_filed(extent: Extent, family: StatuteFamily) -> Any:
    """Give the charges of a family that were filed by the data-as-of day, of matters that came out of the campaign.

    A charge that was amended by that day is counted as what it was amended into. A dismissed one was filed.
    """
    rows = Charge.objects.filter(
        matter__campaign=extent.campaign,
        matter__night_on__gte=extent.campaign.begins_on,
        matter__night_on__lte=extent.last_on,
    )
    return keep_unrestricted(rows.filed_by(extent.data_as_of_on).under(family), extent)


def add_persons_charged(family: StatuteFamily, words: Words, *, statutes: str, side: Side, order: int) -> Measure:
    """Register the measure of one family."""

    def rows_of(extent: Extent) -> Any:
        return charges_filed(extent, family)

    def denominators_of(extent: Extent) -> list[Denominator]:
        rows = made.rows(extent)
        return [Denominator("charges", str(_("Charges filed against them, of this family")), rows.count())]

    made = Measure(
        key=f"persons_charged.{family.value}",
        words=words,
        unit=_("person charged"),
        unit_note=_("A charge is an accusation. Each person is presumed innocent unless proven guilty in court."),
        population=_("Persons against whom a prosecutor filed charges in a matter that came out of the campaign."),
        definition=format_lazy(
            _(
                "Distinct persons with at least one filed charge under {statutes}. A person with two charges is one "
                "person."
            ),
            statutes=statutes,
        ),
        period=_("Filed by the data-as-of day; the conduct by operation night within the campaign."),
        not_counted=(
            _("Arrests and matters without a filed charge, and matters that the prosecutor declined."),
            _(
                "Charges that were amended into another statute by the data-as-of day. A charge that was dismissed "
                "later was filed, and counts."
            ),
            _("Charges filed after the data-as-of day."),
        ),
        rows_of=rows_of,
        paths=PATHS,
        distinct="subject_id",
        denominators_of=denominators_of,
        side=side,
        order=order,
    )
    return add_measure(made)


add_persons_charged(
    StatuteFamily.TRAFFICKING_OF_A_MINOR,
    Words(
        _("Charged with trafficking of a minor"),
        _("person charged with human trafficking of a minor"),
        _("persons charged with human trafficking of a minor"),
        _("persons, by filed charge"),
    ),
    statutes="PC 236.1(c)",
    side=Side.EXPLOITER,
    order=30,
)
add_persons_charged(
    StatuteFamily.PANDERING,
    Words(
        _("Charged with pandering"),
        _("person charged with pandering"),
        _("persons charged with pandering"),
        _("persons, by filed charge"),
    ),
    statutes="PC 266i",
    side=Side.EXPLOITER,
    order=31,
)
add_persons_charged(
    StatuteFamily.TRAFFICKING,
    Words(
        _("Charged with trafficking, other than of a minor"),
        _("person charged with human trafficking, other than of a minor"),
        _("persons charged with human trafficking, other than of a minor"),
    ),
    statutes="PC 236.1(a) or (b)",
    side=Side.EXPLOITER,
    order=50,
)
add_persons_charged(
    StatuteFamily.PIMPING,
    Words(_("Charged with pimping"), _("person charged with pimping"), _("persons charged with pimping")),
    statutes="PC 266h",
    side=Side.EXPLOITER,
    order=51,
)
add_persons_charged(
    StatuteFamily.SOLICITATION,
    Words(_("Charged with soliciting"), _("person charged with soliciting"), _("persons charged with soliciting")),
    statutes="PC 647(b)(2) or (3)",
    side=Side.BUYER,
    order=52,
)
