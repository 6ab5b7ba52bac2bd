"""The campaign of the demonstration, its operations, lines and ads."""

from __future__ import annotations

from dataclasses import dataclass, field

from hotspots.commands.demonstration.people import SHORT, People
from hotspots.commands.demonstration.script import (
    ADS,
    CAMPAIGN_BEGINS_ON,
    CAMPAIGN_ENDS_ON,
    CAMPAIGN_KEY,
    DA,
    LINES,
    NIGHTS,
    local,
)
from hotspots.intake.actions.ads import AdFacts, place_ad
from hotspots.intake.actions.lines import LineFacts, open_line
from hotspots.intake.models import Ad, Line
from hotspots.intake.rules.states import digest_of_text
from hotspots.operations.actions import CampaignFacts, OperationFacts, open_campaign, record_past_operation
from hotspots.operations.models import Campaign, Operation

AD_CHARACTERS = 214
PORTRAYED_AGE = 24


@dataclass(slots=True)
class Records:
    """What the later parts of the loading refer to."""

    campaign: Campaign
    operations: dict[int, Operation] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    ads: dict[int, Ad] = field(default_factory=dict)


def record_campaign(people: People) -> Records:
    """Open the campaign, and record the operations that were held."""
    coordinator = people.actor("coordinator")
    facts = CampaignFacts(
        name="5th annual Operation: Hot Spots",
        begins_on=CAMPAIGN_BEGINS_ON,
        ends_on=CAMPAIGN_ENDS_ON,
        area_words="Alder City, Millbrook, Fern Hollow and the unincorporated county",
        ordinal=5,
    )
    campaign = open_campaign(by=coordinator, lead=people.of(DA), key=CAMPAIGN_KEY, facts=facts)
    records = Records(campaign)
    for night in NIGHTS:
        records.operations[night.number] = record_past_operation(
            by=coordinator,
            campaign=campaign,
            lead=people.of(night.lead),
            facts=OperationFacts(
                kinds=night.kinds,
                night_on=night.night_on,
                place_words=night.place_words,
                place_name=night.place_name,
                partners=tuple(people.of(partner) for partner in night.partners),
                began_at=night.began_at,
                ended_at=night.ended_at,
                note=night.note,
            ),
        )
    return records


def run_ads(people: People, records: Records) -> None:
    """Open the lines, and record the ads that ran on them: their texts by digest alone."""
    for label, line in LINES.items():
        records.lines[label] = open_line(
            by=people.actor(f"custodian.{SHORT[line.owner.short_name]}"),
            owner=people.of(line.owner),
            facts=LineFacts(label=label, address=line.number, opened_at=local(9, 20, 9)),
        )
    for ad in ADS:
        # The text itself is kept as evidence and shown nowhere; what stands in for it has its length.
        kept = digest_of_text(f"Demonstration ad {ad.number}. ".ljust(AD_CHARACTERS, "."))
        records.ads[ad.number] = place_ad(
            by=people.actor("coordinator"),
            line=records.lines[ad.line],
            campaign=records.campaign,
            approved_by=people.users["prosecutor"],
            operation=records.operations[ad.number],
            facts=AdFacts(
                site_words="A site for adult classified ads",
                text_sha256=kept.sha256,
                text_characters_count=kept.characters_count,
                portrayed_age=PORTRAYED_AGE,
                placed_at=ad.placed_at,
                withdrawn_at=ad.withdrawn_at,
                number=ad.number,
            ),
        )
