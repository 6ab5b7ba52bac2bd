"""`hotspots results`: the live values of a campaign."""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from hotspots import errors
from hotspots.commands.terminal import AsUser, actor_named, console, print_json, say
from hotspots.operations.models import Campaign
from hotspots.results.queries.live import live_results, results_document
from hotspots.results.queries.rows import explain
from hotspots.web.county import county_zone
from hotspots.web.tables import neutralized

FIELDS = ("kind", "reference", "happened_on", "agency", "document")


class Format(StrEnum):
    """How values are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def show_results(
    campaign: Annotated[str, typer.Option(help="The key of the campaign, such as hot-spots-2021.", metavar="KEY")],
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    explained: Annotated[
        str, typer.Option("--explain", help="List the rows behind one measure; needs --as.", metavar="MEASURE")
    ] = "",
    as_user: AsUser = "",
) -> None:
    """Print the live value of every measure of a campaign.

    Examples:

        hotspots results --campaign hot-spots-2021 --format json

        hotspots results --campaign hot-spots-2021 --explain arrests.firearm --as coordinator --format csv
    """
    row = Campaign.objects.filter(key=campaign).first()
    if row is None:
        raise errors.NotFound("results.campaign", f"There is no campaign with the key {campaign}.")
    if explained:
        _explain(row, explained, as_user, output)
    elif output is Format.JSON:
        print_json(results_document(row))
    elif output is Format.CSV:
        _print_csv(row)
    else:
        _print_table(row)


def _print_csv(campaign: Campaign) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["key", "value", "unit", "label", "data_as_of", "definition"])
    for live in live_results(campaign):
        definition = str(live.measure.definition)
        writer.writerow([live.key, live.value, live.unit, str(live.label), live.data_as_of_on.isoformat(), definition])


def _print_table(campaign: Campaign) -> None:
    table = Table(title=f"{campaign}, live", title_justify="left")
    table.add_column("Value", justify="right")
    for heading in ("Measure", "Unit", "Key"):
        table.add_column(heading)
    for live in live_results(campaign):
        table.add_row(f"{live.value:,}", str(live.label), live.unit, live.key)
    console.print(table)


def _explain(campaign: Campaign, key: str, as_user: str, output: Format) -> None:
    if not as_user:
        raise typer.BadParameter("Rows are shown to a person: give --as USER.")
    actor = actor_named(as_user)
    if not Campaign.objects.visible_to(actor).filter(pk=campaign.pk).exists():
        raise errors.NotFound("results.campaign", f"There is no campaign with the key {campaign.key}.")
    rows, zone = explain(actor, campaign, key), county_zone().key
    values = [[getattr(one, name) for name in FIELDS] for one in rows]
    if output is Format.JSON:
        print_json([{**dict(zip(FIELDS, one, strict=True)), "time_zone": zone} for one in values])
    elif output is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([*FIELDS, "time_zone"])
        writer.writerows([neutralized(cell) for cell in one] + [zone] for one in values)
    else:
        table = Table("Record", "Reference", "Date", "Agency", "Document or place", title_justify="left")
        for one in values:
            table.add_row(*one)
        console.print(table)
        say(f"{len(values):,} rows. Dates are by the county's clock, {zone}.")
