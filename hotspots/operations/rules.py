"""States and kinds of campaigns and operations, and what must be true of them.

Source: the coalition's practice; an operation that was held before the record began enters as closed and is marked
for ever.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotspots import errors
from hotspots.access.rules import OrganizationKind


class OperationKind(StrEnum):
    """What an operation is; one may be several."""

    STREET = "street"
    HOTEL = "hotel"
    ONLINE = "online"
    OTHER = "other"


class OperationState(StrEnum):
    """Where an operation stands. Planning adds its states before `closed`."""

    CLOSED = "closed"
    DEBRIEFED = "debriefed"


class CampaignState(StrEnum):
    """Whether a campaign still takes records."""

    OPEN = "open"
    CLOSED = "closed"


# verb -> (states before, state after); None is "not there yet". Planning adds its verbs here.
TRANSITIONS: dict[str, tuple[frozenset[OperationState | None], OperationState]] = {
    "record_past_operation": (frozenset({None}), OperationState.CLOSED),
}

# Who can lead an operation or be a partner in it: agencies with the power to cite, arrest, supervise or charge.
AGENCY_KINDS = frozenset(
    {
        OrganizationKind.PROSECUTOR,
        OrganizationKind.SHERIFF,
        OrganizationKind.POLICE,
        OrganizationKind.HIGHWAY_PATROL,
        OrganizationKind.PAROLE,
        OrganizationKind.PROBATION,
        OrganizationKind.FEDERAL,
    }
)

CAMPAIGN_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CAMPAIGN_DAYS = 366
ORDINAL_LIMIT = 200
OPERATION_LONGEST = timedelta(hours=48)
REASON_LETTERS = 8


def ordinal_words(ordinal: int) -> str:
    """Write the ordinal of a yearly campaign.

    >>> ordinal_words(5), ordinal_words(11), ordinal_words(22)
    ('5th annual', '11th annual', '22nd annual')
    """
    ending = "th" if ordinal % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10, "th")
    return f"{ordinal}{ending} annual"


def state_after(verb: str, state: OperationState | None) -> OperationState:
    """Give the state after a verb.

    Raises RuleBroken where the table does not allow the step.
    """
    before, after = TRANSITIONS[verb]
    if state not in before:
        raise errors.RuleBroken("operations.state", f"An operation that is {state} cannot do this.")
    return after


def check_reason(reason: str) -> None:
    """Require a reason that says something.

    Source: domain, "corrected or voided by verbs with a reason".
    """
    if len(reason.strip()) < REASON_LETTERS:
        raise errors.RuleBroken("operations.reason", "Say the reason in a few words.", field="reason")


def check_campaign(*, name: str, area_words: str, ordinal: int | None, begins_on: date, ends_on: date) -> None:
    """Check what is said of a campaign: a name, an area in words, a period of at most a year."""
    if not name.strip():
        raise errors.RuleBroken("operations.campaign_name", "Say the name of the campaign.", field="name")
    if not area_words.strip():
        raise errors.RuleBroken("operations.campaign_area", "Say the area in words.", field="area_words")
    if ordinal is not None and not 1 <= ordinal <= ORDINAL_LIMIT:
        sentence = f"The ordinal is a number from 1 to {ORDINAL_LIMIT}."
        raise errors.RuleBroken("operations.campaign_ordinal", sentence, field="ordinal")
    if ends_on < begins_on:
        raise errors.RuleBroken("operations.campaign_period", "The campaign ends before it begins.", field="ends_on")
    if (ends_on - begins_on).days >= CAMPAIGN_DAYS:
        sentence = "A campaign lasts a year at most. Open one for each year."
        raise errors.RuleBroken("operations.campaign_length", sentence, field="ends_on")


def check_campaign_key(key: str) -> None:
    """Require a key that can stand in an address for ever: small letters, digits, hyphens."""
    if not CAMPAIGN_KEY.fullmatch(key):
        sentence = "Use small letters, digits and single hyphens, such as hot-spots-2021."
        raise errors.RuleBroken("operations.campaign_key_form", sentence, field="key")


def check_period_keeps(*, begins_on: date, ends_on: date, nights: Collection[date]) -> None:
    """Require that a corrected period still holds every operation night."""
    outside = sorted(night for night in nights if not begins_on <= night <= ends_on)
    if outside:
        sentence = f"An operation was held on {outside[0]:%b} {outside[0].day}, {outside[0].year}, outside these dates."
        raise errors.RuleBroken("operations.campaign_nights", sentence, field="begins_on")


def check_keeps_records(*, outside: int, uncredited: int) -> None:
    """Require that a corrected operation still holds its records: their night, and the agencies credited with them."""
    if outside:
        sentence = f"Records of this operation that stand in its night: {outside}. Void them first, or keep the night."
        raise errors.RuleBroken("operations.night_of_records", sentence, field="night_on")
    if uncredited:
        sentence = f"Records credited to an agency that would take no part any more: {uncredited}. Keep the agency."
        raise errors.RuleBroken("operations.agency_of_records", sentence, field="partners")


@dataclass(frozen=True, slots=True)
class Held:
    """What the rules look at of an operation that was held."""

    kinds: Sequence[str]
    night_on: date
    place_words: str
    place_name: str
    began_on: date | None  # the local date of `began_at`
    began_at: datetime | None
    ended_at: datetime | None
    lead_id: uuid.UUID
    partner_ids: Sequence[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an operation must lie within: its campaign's dates, today, the county's places (none: no map)."""

    begins_on: date
    ends_on: date
    today: date
    places: Collection[str]


def check_operation(held: Held, bounds: Bounds) -> None:
    """Check what is said of an operation that was held."""
    check_kinds(held.kinds)
    check_night(held, bounds)
    check_place(held, bounds)
    check_times(held)
    check_agencies(held.lead_id, held.partner_ids)


def check_kinds(kinds: Sequence[str]) -> None:
    """Require at least one kind, each once."""
    if not kinds:
        raise errors.RuleBroken("operations.kinds", "Choose at least one kind.", field="kinds")
    if len(set(kinds)) != len(kinds):
        raise errors.RuleBroken("operations.kinds_once", "Each kind is named once.", field="kinds")


def check_night(held: Held, bounds: Bounds) -> None:
    """Require a night that is past and lies within the campaign."""
    if held.night_on > bounds.today:
        sentence = "This night lies in the future. Only an operation that was held is recorded here."
        raise errors.RuleBroken("operations.night_to_come", sentence, field="night_on")
    if not bounds.begins_on <= held.night_on <= bounds.ends_on:
        raise errors.RuleBroken(
            "operations.night_outside", "This night lies outside the dates of the campaign.", field="night_on"
        )


def check_place(held: Held, bounds: Bounds) -> None:
    """Require a place in words, and a city or community that the county has: an area, never a point."""
    if not held.place_words.strip():
        raise errors.RuleBroken("operations.place", "Say the place in words.", field="place_words")
    if not held.place_name.strip():
        raise errors.RuleBroken("operations.place_name", "Choose the city or community.", field="place_name")
    if bounds.places and held.place_name not in bounds.places:
        raise errors.RuleBroken("operations.place_unknown", "The county has no place of this name.", field="place_name")


def check_times(held: Held) -> None:
    """Check the times: the night is the local date on which it began, also when it ended past midnight."""
    if held.began_at is None:
        if held.ended_at is not None:
            raise errors.RuleBroken("operations.began", "Say when it began, too.", field="began_at")
        return
    if held.began_on != held.night_on:
        sentence = "The operation night is the date on which it began. One of the two is wrong."
        raise errors.RuleBroken("operations.began_elsewhere", sentence, field="began_at")
    if held.ended_at is None:
        return
    if held.ended_at <= held.began_at:
        raise errors.RuleBroken("operations.ended", "It ends before it begins.", field="ended_at")
    if held.ended_at - held.began_at > OPERATION_LONGEST:
        sentence = "An operation of more than 48 hours is recorded night by night."
        raise errors.RuleBroken("operations.length", sentence, field="ended_at")


def check_agencies(lead_id: uuid.UUID, partner_ids: Sequence[uuid.UUID]) -> None:
    """Require that the lead is not its own partner, and that each partner is named once."""
    if lead_id in partner_ids:
        raise errors.RuleBroken("operations.lead_partner", "The lead agency is not its own partner.", field="partners")
    if len(set(partner_ids)) != len(partner_ids):
        raise errors.RuleBroken("operations.partner_once", "Each partner is named once.", field="partners")


def check_agency(kind: str, *, is_active: bool, field: str) -> None:
    """Require that an organization is an agency, and not suspended."""
    if kind not in AGENCY_KINDS:
        raise errors.RuleBroken("operations.agency", "Only agencies lead operations or are partners.", field=field)
    if not is_active:
        raise errors.RuleBroken("operations.suspended", "A suspended agency takes part in nothing new.", field=field)


def check_takes_records(state: str) -> None:
    """Require that the campaign still takes records."""
    if state != CampaignState.OPEN:
        raise errors.RuleBroken("operations.campaign_closed", "The campaign is closed and takes no records.")
