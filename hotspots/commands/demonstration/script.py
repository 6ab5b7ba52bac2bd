"""The script of the demonstration: Alder County, its agencies, the 5th annual campaign, ads and lines.

Alder County does not exist. No person has a name; telephone numbers are from the ranges reserved for fiction.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime

from hotspots.access.rules import OrganizationKind as Kind
from hotspots.operations.rules import OperationKind

COUNTY = "Alder County"
TIME_ZONE = "America/Los_Angeles"
ZONE = zoneinfo.ZoneInfo(TIME_ZONE)
CAMPAIGN_KEY = "hot-spots-2021"
CAMPAIGN_BEGINS_ON, CAMPAIGN_ENDS_ON = date(2021, 10, 1), date(2021, 10, 31)
DATA_AS_OF_ON, RELEASED_ON, CORRECTED_ON = date(2021, 11, 5), date(2021, 11, 9), date(2021, 11, 12)


def local(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Give a time of 2021 in the county's zone."""
    return datetime(2021, month, day, hour, minute, second, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Agency:
    """An organization of the county."""

    name: str
    short_name: str
    kind: Kind


DA = Agency("Alder County District Attorney", "DA", Kind.PROSECUTOR)
SHERIFF = Agency("Alder County Sheriff's Office", "Sheriff", Kind.SHERIFF)
ALDER_PD = Agency("Alder City Police Department", "Alder City PD", Kind.POLICE)
MILLBROOK_PD = Agency("Millbrook Police Department", "Millbrook PD", Kind.POLICE)
PAROLE = Agency("State Parole, Alder Office", "Parole", Kind.PAROLE)
PROBATION = Agency("Alder County Probation", "Probation", Kind.PROBATION)
HIGHWAY = Agency("State Highway Patrol, Alder Area", "Highway Patrol", Kind.HIGHWAY_PATROL)
FEDERAL = Agency("Federal Task Force Office, Alder", "Federal", Kind.FEDERAL)
PORT_LINDEN_PD = Agency("Port Linden Police Department", "Port Linden PD", Kind.POLICE)
COUNTY_OFFICE = Agency("Alder County", "County", Kind.COUNTY)

AGENCIES_OF_2021 = (DA, SHERIFF, ALDER_PD, MILLBROOK_PD, PAROLE, PROBATION, HIGHWAY, FEDERAL)
AGENCIES = (*AGENCIES_OF_2021, PORT_LINDEN_PD)

COMMUNITY = tuple(
    Agency(name, name, kind)
    for name, kind in (
        ("Harborlight Advocates", Kind.COMMUNITY),
        ("Second Morning", Kind.COMMUNITY),
        ("Open Door Services", Kind.COMMUNITY),
        ("Cedarwood House", Kind.COMMUNITY),
        ("Alder Legal Aid", Kind.COMMUNITY),
        ("Riverbend Community Clinic", Kind.HEALTH),
        ("Northside Family Resource Center", Kind.COMMUNITY),
        ("Bridge Interpreters Cooperative", Kind.COMMUNITY),
        ("Alder Child Advocacy Center", Kind.CHILD_WELFARE),
        ("County Child Welfare", Kind.CHILD_WELFARE),
        ("County Behavioral Health", Kind.HEALTH),
        ("County Public Health", Kind.HEALTH),
        ("County Office of Education", Kind.COUNTY),
        ("Alder City Unified Schools", Kind.COMMUNITY),
        ("Port Linden Youth Center", Kind.COMMUNITY),
        ("Millbrook Neighborhood Council", Kind.COMMUNITY),
        ("Sable Creek Merchants", Kind.COMMUNITY),
        ("Poplar Avenue Residents", Kind.COMMUNITY),
        ("Alder Hotel and Motel Association", Kind.COMMUNITY),
        ("Interfaith Shelter Network", Kind.COMMUNITY),
        ("Alder Food Bank", Kind.COMMUNITY),
        ("Workers' Rights Desk", Kind.COMMUNITY),
        ("Immigrant Family Services", Kind.COMMUNITY),
        ("Foster Youth Voices", Kind.COMMUNITY),
        ("Survivor Advisory Board", Kind.COMMUNITY),
    )
)


@dataclass(frozen=True, slots=True)
class Night:
    """An operation of the campaign, and how many citations it led to."""

    number: int
    night_on: date
    kinds: tuple[OperationKind, ...]
    place_words: str
    place_name: str
    lead: Agency
    partners: tuple[Agency, ...]
    citations_count: int
    began_at: datetime
    ended_at: datetime
    note: str = ""


STREET, HOTEL, ONLINE = OperationKind.STREET, OperationKind.HOTEL, OperationKind.ONLINE

NIGHTS = (
    Night(
        1, date(2021, 10, 6), (STREET,), "Poplar Avenue, Alder City", "Alder City", ALDER_PD,
        (SHERIFF, PROBATION, HIGHWAY), 5, local(10, 6, 18), local(10, 7, 1),
    ),
    Night(
        2, date(2021, 10, 8), (HOTEL,), "Inn 46, Foothill Road, Fern Hollow", "Fern Hollow", SHERIFF,
        (DA, PAROLE, FEDERAL), 4, local(10, 8, 17), local(10, 9, 2),
    ),
    Night(
        3, date(2021, 10, 13), (ONLINE, HOTEL), "Hotel 97, Levee Road, Alder City", "Alder City", DA,
        (ALDER_PD, FEDERAL), 3, local(10, 13, 14), local(10, 14, 0),
    ),
    Night(
        4, date(2021, 10, 15), (STREET,), "Walnut Avenue, Alder City", "Alder City", ALDER_PD,
        (PROBATION, PAROLE), 4, local(10, 15, 18), local(10, 16, 1, 30),
    ),
    Night(
        5, date(2021, 10, 20), (HOTEL,), "Lodge 85, Cottonwood Road, Millbrook", "Millbrook", MILLBROOK_PD,
        (SHERIFF, DA), 3, local(10, 20, 16), local(10, 21, 1),
    ),
    Night(
        6, date(2021, 10, 22), (ONLINE, HOTEL), "Inn 29, Sycamore Avenue, Alder City", "Alder City", SHERIFF,
        (ALDER_PD, HIGHWAY, FEDERAL), 2, local(10, 22, 16), local(10, 23, 1),
    ),
    Night(
        7, date(2021, 10, 28), (STREET,), "Poplar Avenue, Alder City", "Alder City", ALDER_PD,
        (SHERIFF, PROBATION), 1, local(10, 28, 19), local(10, 29, 0, 40), "Ended early.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A department phone line."""

    label: str
    number: str
    owner: Agency


LINES = {
    "A": PhoneLine("A", "+12095550104", ALDER_PD),
    "B": PhoneLine("B", "+12095550117", SHERIFF),
    "C": PhoneLine("C", "+15305550122", DA),
    "D": PhoneLine("D", "+19165550139", MILLBROOK_PD),
}


@dataclass(frozen=True, slots=True)
class DecoyAd:
    """A decoy ad, and what it led to: responses that count, dismissed ones, and a referred one."""

    number: int
    line: str
    placed_at: datetime
    withdrawn_at: datetime
    counted: int
    dismissed: int
    referred: str = ""


ADS = (
    DecoyAd(1, "A", local(10, 5, 14), local(10, 7, 2), 58, 9, "may_be_minor"),
    DecoyAd(2, "B", local(10, 7, 18), local(10, 9, 3), 47, 7, "in_need_of_help"),
    DecoyAd(3, "C", local(10, 12, 12), local(10, 14, 1), 33, 5),
    DecoyAd(4, "A", local(10, 14, 15), local(10, 16, 2, 30), 61, 8, "may_be_minor"),
    DecoyAd(5, "D", local(10, 19, 16), local(10, 21, 2), 38, 5, "in_need_of_help"),
    DecoyAd(6, "B", local(10, 21, 18), local(10, 23, 2), 24, 4),
)

# How many contact points answered two ads, by the pair of ads: 22 in all.
ANSWERED_TWO = {(1, 4): 8, (2, 6): 6, (1, 2): 4, (3, 5): 4}

# Why responses were dismissed: 38 in all.
DISMISSALS = {"wrong_number": 9, "spam": 14, "advertiser": 6, "officer": 4, "no_words": 5}
