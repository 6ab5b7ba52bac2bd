"""The seller's side: persons cited or arrested under a statute that names the seller, shown beside the buyer's."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Arrest, ArrestCount, Citation, CitationCount, Subject
from hotspots.cases.rules.kinds import Side as StatuteSide
from hotspots.results.measures.declaration import Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import CASE_PATHS, keep_standing, keep_unrestricted
from hotspots.results.rules.measures import Side


def _of(rows: Any, counts: Any, extent: Extent) -> Exists:
    kept = keep_standing(rows.filter(Exists(counts)), extent).filter(subject=OuterRef("pk"))
    if extent.operation is not None:
        kept = kept.filter(**{CASE_PATHS.operation: extent.operation.pk})
    if extent.organization is not None:
        kept = kept.filter(**{CASE_PATHS.organization: extent.organization.pk})
    return Exists(kept)


@measure(
    key="seller_side_arrests",
    words=Words(
        _("Persons cited or arrested on the seller's side"),
        _("person cited or arrested on the seller's side"),
        _("persons cited or arrested on the seller's side"),
    ),
    unit=_("person"),
    unit_note=_(
        "A person, counted once. Some of those who sell are victims: this number is shown so that nobody has to ask "
        "for it."
    ),
    population=_("Subjects of citations and arrests of the campaign."),
    definition=_(
        "Distinct persons with a citation or an arrest that has at least one count under a statute that names the "
        "seller."
    ),
    period=_("By operation night within the campaign."),
    not_counted=(
        _("Void citations and arrests, whenever they were voided."),
        _("Minors: a minor is a victim, and cannot be a subject under these statutes."),
        _("Persons who were met, offered help and neither cited nor arrested."),
    ),
    side=Side.SELLER,
    is_protected=True,
    order=25,
    beside=("citations_for_soliciting",),
)
def persons_on_the_seller_side(extent: Extent) -> Any:
    """Give the persons who count."""
    seller = {"statute__side": StatuteSide.SELLER}
    cited = _of(Citation.objects, CitationCount.objects.filter(citation=OuterRef("pk"), **seller), extent)
    arrested = _of(Arrest.objects, ArrestCount.objects.filter(arrest=OuterRef("pk"), **seller), extent)
    return keep_unrestricted(Subject.objects.filter(Q(cited) | Q(arrested)), extent)
