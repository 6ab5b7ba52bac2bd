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
from hotspots.results.measures import extent_of, measure_of
from hotspots.results.queries.live import live_results, results_document
from hotspots.results.queries.rows import explain
from hotspots.web.county import county_now, county_zone
from hotspots.web.tables import neutralized

FIELDS = ("kind", "reference", "happened_on", "agency", "document")
BESIDE_KEY = 36  # columns that value, measure and unit need beside a key


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
    writer.writerow(["key", "value", "unit", "label", "data_as_of", "definition", "note"])
    note = demonstration_note()
    for live in live_results(campaign):
        definition = str(live.measure.definition)
        row = [live.key, live.value, live.unit, str(live.label), live.data_as_of_on.isoformat(), definition, note]
        writer.writerow(row)


def _print_table(campaign: Campaign) -> None:
    table = Table(title=f"{campaign}, live", title_justify="left")
    table.add_column("Value", justify="right")
    values = live_results(campaign)
    table.add_column("Measure", overflow="fold")
    table.add_column("Unit", overflow="fold")
    # A key is asked for as it is written: it is never cut, and stands in one line wherever there is room.
    longest = max((len(live.key) for live in values), default=0)
    table.add_column("Key", overflow="fold", no_wrap=console.width >= longest + BESIDE_KEY)
    for live in values:
        table.add_row(f"{live.value:,}", str(live.label), live.unit, live.key)
    console.print(table)
    if note := demonstration_note():
        say(f"{note}.")


def demonstration_note() -> str:
    """Say that the county does not exist, where it does not; the JSON of a stable contract has no place for it."""
    county = county_now()
    return f"Demonstration data: {county} does not exist" if county and county.is_demonstration else ""


def _explain(campaign: Campaign, key: str, as_user: str, output: Format) -> None:
    if not as_user:
        raise typer.BadParameter("Rows are shown to a person: give --as USER.")
    actor = actor_named(as_user)
    if not Campaign.objects.visible_to(actor).filter(pk=campaign.pk).exists():
        raise errors.NotFound("results.campaign", f"There is no campaign with the key {campaign.key}.")
    rows, zone, note = explain(actor, campaign, key), county_zone().key, demonstration_note()
    values = [[getattr(one, name) for name in FIELDS] for one in rows]
    if output is Format.JSON:
        print_json([{**dict(zip(FIELDS, one, strict=True)), "time_zone": zone} for one in values])
    elif output is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([*FIELDS, "time_zone", "note"])
        writer.writerows([neutralized(cell) for cell in one] + [zone, note] for one in values)
    else:
        table = Table("Record", "Reference", "Date", "Agency", "Document or place", title_justify="left")
        for one in values:
            table.add_row(*one)
        console.print(table)
        say(f"{len(values):,} rows. Dates are by the county's clock, {zone}.{f' {note}.' if note else ''}")
    _tell_what_is_closed(_count_rows(campaign, key), len(values), as_user)


def _count_rows(campaign: Campaign, key: str) -> int:
    """Count the rows behind a measure, whoever may see them."""
    rows = measure_of(key).rows(extent_of(campaign))
    return int(rows.order_by().values("pk").distinct().count())


def _tell_what_is_closed(counted: int, seen: int, as_user: str) -> None:
    """Say how many of the rows are not listed, so that a short list is not taken for all; fail if it is empty."""
    if seen >= counted:
        return
    open_rows = f"{seen:,} of the rows are" if seen else "none of the rows is"
    typer.echo(f"hotspots: {counted:,} are counted; {open_rows} open to {as_user}.", err=True)
    if not seen:
        raise typer.Exit(1)
