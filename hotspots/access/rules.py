"""Roles, scopes and restrictions, and which of them need a second person.

Source: the coalition's role list; CJIS Security Policy AC-5 (separation of duties) and AC-6 (least privilege).
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is granted to do; each is held by a grant with a scope."""

    ADMINISTRATOR = "administrator"
    LIAISON = "liaison"
    COORDINATOR = "coordinator"
    OPERATION_LEAD = "operation_lead"
    OFFICER = "officer"
    CUSTODIAN = "evidence_custodian"
    PROSECUTOR = "prosecutor"
    PUBLISHER = "publisher"
    COALITION_MEMBER = "coalition_member"
    AUDITOR = "auditor"
    ADVOCATE_LIAISON = "advocate_liaison"


class Scope(StrEnum):
    """What a grant covers."""

    ORGANIZATION = "organization"
    OPERATION = "operation"
    COUNTY = "county"


class RestrictionKind(StrEnum):
    """Why a record is kept from those who would otherwise see it."""

    SEALED = "sealed"
    REFERRED = "referred"
    PROTECTED = "protected"
    HELD = "held"


class OrganizationKind(StrEnum):
    """What an organization of the county is."""

    PROSECUTOR = "prosecutor"
    SHERIFF = "sheriff"
    POLICE = "police"
    HIGHWAY_PATROL = "highway_patrol"
    PAROLE = "parole"
    PROBATION = "probation"
    FEDERAL = "federal"
    COMMUNITY = "community"
    HEALTH = "health"
    CHILD_WELFARE = "child_welfare"
    COURT = "court"
    COUNTY = "county"


class OrganizationStatus(StrEnum):
    """Whether an organization takes part."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


# Kinds of restriction that hide a record. A hold stops destruction and hides nothing.
HIDING_KINDS = frozenset({RestrictionKind.SEALED, RestrictionKind.REFERRED, RestrictionKind.PROTECTED})

# A referred sender is seen by victim services in the prosecutor's office alone, until an advocate has taken over.
SEEN_IN_SPITE_OF: dict[RestrictionKind, frozenset[Role]] = {
    RestrictionKind.REFERRED: frozenset({Role.ADVOCATE_LIAISON}),
    RestrictionKind.SEALED: frozenset(),
    RestrictionKind.PROTECTED: frozenset(),
}

# Roles that open a case, a response or the bytes of an export: a grant takes effect when a second person confirms it.
CASE_ROLES = frozenset(
    {
        Role.COORDINATOR,
        Role.OPERATION_LEAD,
        Role.OFFICER,
        Role.CUSTODIAN,
        Role.PROSECUTOR,
        Role.PUBLISHER,
        Role.ADVOCATE_LIAISON,
    }
)

# A liaison grants roles and an administrator makes accounts: each is confirmed as well (CJIS AC-5).
CONFIRMED_ROLES = CASE_ROLES | {Role.LIAISON, Role.ADMINISTRATOR, Role.AUDITOR}

# Roles that are held for the whole county, and for nothing smaller.
COUNTY_ROLES = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.COORDINATOR,
        Role.PROSECUTOR,
        Role.PUBLISHER,
        Role.AUDITOR,
        Role.ADVOCATE_LIAISON,
    }
)

BULK_ROWS_LIMIT = 20_000
