"""Citations for soliciting: citations with a count under a solicitation statute of the buyer's side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Citation, CitationCount, Hearing
from hotspots.cases.rules.kinds import Side as StatuteSide
from hotspots.cases.rules.kinds import StatuteFamily
from hotspots.results.measures.declaration import Denominator, Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import CASE_PATHS, keep_standing
from hotspots.results.rules.measures import Side


def denominators_of(extent: Extent) -> Iterator[Denominator]:
    """Count the citations by the month of their first hearing, and those without one; a citation is in one line."""
    rows = cited_for_soliciting(extent)
    if extent.operation is not None:
        rows = rows.filter(operation=extent.operation)
    if extent.organization is not None:
        rows = rows.filter(credited=extent.organization)
    standing = Hearing.objects.standing().filter(citation__in=rows.order_by().values("pk"))
    first = standing.order_by().values_list("citation_id").annotate(on=Min("hearing_on"))
    months: Counter[date] = Counter(on.replace(day=1) for _citation, on in first)
    for month, count in sorted(months.items()):
        label = _("First hearing in %(month)s") % {"month": formats.date_format(month, "F Y")}
        yield Denominator(f"hearings.{month:%Y-%m}", str(label), count)
    without = rows.count() - months.total()
    if without:
        yield Denominator("hearings.none", str(_("No hearing date yet")), without)


@measure(
    key="citations_for_soliciting",
    words=Words(
        _("Citations for soliciting"), _("citation for soliciting"), _("citations for soliciting"), _("citations")
    ),
    unit=_("citation"),
    unit_note=_(
        "A document, with a promise to appear in court. A citation is an accusation: each person cited is presumed "
        "innocent."
    ),
    population=_("Citations of the campaign, of every agency that takes part."),
    definition=_(
        "Citations with at least one count under a solicitation statute that names the buyer, as it stood on the day "
        "(PC 647(b)(2); where the person solicited is a minor, PC 647(b)(3))."
    ),
    period=_("By operation night within the campaign; a citation without an operation by its local date."),
    not_counted=(
        _("Void citations, whenever they were voided."),
        _("Citations under other statutes, and those of the seller's side, which are counted apart."),
        _("A second count on the same citation."),
    ),
    paths=CASE_PATHS,
    denominators_of=denominators_of,
    side=Side.BUYER,
    order=20,
    beside=("seller_side_arrests",),
)
def cited_for_soliciting(extent: Extent) -> Any:
    """Give the citations that count."""
    counts = CitationCount.objects.filter(
        citation=OuterRef("pk"), statute__family=StatuteFamily.SOLICITATION, statute__side=StatuteSide.BUYER
    )
    return keep_standing(Citation.objects.filter(Exists(counts)), extent)
