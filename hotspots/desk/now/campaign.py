"""The campaign of the year, as several first pages show it."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.cases.models import Citation
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Cell, Heading, Section
from hotspots.evidence.models import Item
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Export, Response
from hotspots.intake.queries import HARMLESS, NOT_READ, anomalies_seen_by
from hotspots.intake.rules.states import ReadingState
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import OperationState
from hotspots.results.measures import extent_of, measure_of
from hotspots.results.queries.campaign import HEADLINES
from look.formats import local_day, thousands

OPERATIONS_SHOWN = 10
EXPORTS_SHOWN = 5


def campaign_now(actor: Actor) -> Campaign | None:
    """Give the newest campaign that the actor sees."""
    return Campaign.objects.visible_to(actor).order_by("-begins_on").first()


def so_far(campaign: Campaign) -> Aside:
    """Give the headline values of a campaign, counted now."""
    extent = extent_of(campaign)
    measures = [measure_of(key) for key in HEADLINES]
    facts = tuple((measure.label, thousands(measure.value(extent))) for measure in measures)
    link = link_to("results:results", pk=campaign.pk)
    return Aside(
        "so-far", _("%(name)s so far") % {"name": campaign}, facts, link_label=_("Open the results"), link_url=link
    )


def operations_section(actor: Actor, operations: QuerySet[Operation], heading: str) -> Section:
    """List operations, with the responses and citations that the actor may see."""
    rows = list(operations.select_related("lead").order_by("-night_on", "-number")[:OPERATIONS_SHOWN])
    ids = [operation.pk for operation in rows]
    responses = _counts(
        Response.objects.visible_to(actor).counting().filter(ad__operation_id__in=ids), "ad__operation_id"
    )
    citations = _counts(Citation.objects.visible_to(actor).standing().filter(operation_id__in=ids), "operation_id")
    return Section(
        "operations",
        heading,
        (
            Heading(_("Operation")),
            Heading(_("Night")),
            Heading(_("Lead")),
            Heading(_("State")),
            Heading(_("Responses"), is_numeric=True),
            Heading(_("Citations"), is_numeric=True),
        ),
        tuple(_operation_row(one, responses.get(one.pk, 0), citations.get(one.pk, 0)) for one in rows),
        empty_heading=_("No operation yet"),
        empty_text=_("Operations of your agency appear here, with what came of them."),
        link_label=_("All operations"),
        link_url=link_to("operations:operations") if rows else "",
    )


def _counts(rows: QuerySet[Response] | QuerySet[Citation], path: str) -> dict[object, int]:
    return dict(rows.order_by().values_list(path).annotate(number=Count("pk", distinct=True)))


def _operation_row(operation: Operation, responses: int, citations: int) -> tuple[Cell, ...]:
    is_closed = operation.state == OperationState.CLOSED
    return (
        Cell(str(operation), link_to("operations:operation", pk=operation.pk)),
        Cell(local_day(operation.night_on)),
        Cell(operation.lead.short_name),
        Cell(operation.get_state_display().capitalize(), status="done" if is_closed else "waiting"),
        Cell(thousands(responses), is_numeric=True),
        Cell(thousands(citations), is_numeric=True),
    )


def exports_to_look_at(actor: Actor) -> list[Export]:
    """Give the newest exports of the actor's lines that are odd, or were not read, and that nobody has reviewed yet.

    One whose file a whole one has replaced is left out; so is one that adds nothing.
    """
    rows = Export.objects.visible_to(actor).filter(is_repeat=False, item__replaced_by__isnull=True)
    rows = rows.filter(anomalies_reviewed_at__isnull=True)
    if not actor.holds_countywide(*KEEPERS):  # a partner may read of it, and the line's own agency reviews it
        rows = rows.filter(line__owner_id__in=actor.organizations(*KEEPERS))
    # A partner knows of the export of a line they share; its file, and so its page, is open to those who see the item.
    rows = rows.filter(item__in=Item.objects.visible_to(actor).order_by().values("pk"))
    told = Count("reading__anomalies", filter=~Q(reading__anomalies__anomaly_kind__in=HARMLESS))
    is_odd = Q(reading__state=ReadingState.FINISHED, anomalies_count__gt=0)
    rows = rows.annotate(anomalies_count=told).filter(is_odd | Q(reading__state__in=NOT_READ))
    found = list(rows.select_related("item", "line", "reading").order_by("-received_at")[:EXPORTS_SHOWN])
    noted = anomalies_seen_by(actor, [export.reading_id for export in found]).exclude(anomaly_kind__in=HARMLESS)
    seen = Counter(noted.order_by().values_list("reading_id", flat=True))
    for export in found:
        export.anomalies_count = seen[export.reading_id]
    return [export for export in found if export.anomalies_count or export.reading.state in NOT_READ]


def first_anomalies(actor: Actor, exports: list[Export]) -> dict[object, str]:
    """Give the words of the first anomaly of each export's file that the actor may see, by its reading."""
    rows = anomalies_seen_by(actor, [export.reading_id for export in exports])
    rows = rows.exclude(anomaly_kind__in=HARMLESS).order_by("-member", "-offset_bytes", "-pk")
    return {row.reading_id: row.words for row in rows}
