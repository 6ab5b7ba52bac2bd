"""Who may give a role to whom, who confirms it, and what a link, a password and a code must be.

Sources: the coalition's rule of grants (never for oneself, confirmed by a second person, the first liaison named by
the administrator and confirmed by the coordinator); CJIS Security Policy AC-5 (separation of duties), IA-5 (recovery
codes of at least 20 bits, kept salted and hashed, used once).
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

from hotspots import errors
from hotspots.access.rules import CASE_ROLES, COUNTY_ROLES, OrganizationKind, Role, Scope
from sealing import pae

INVITATION_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(hours=12)  # CJIS Security Policy IA-5: authenticate again after 12 hours
RECOVERY_CODES_COUNT = 10
RECOVERY_CODE_BYTES = 10  # 80 bits; a code of so many bits needs no slow hash
SALT_BYTES = 16
LOGIN_FORM = re.compile(r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$")

AGENCIES = frozenset(
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
ALL_KINDS = frozenset(OrganizationKind)

# Where a person must work to hold a role: a police department cannot make its own coordinator of the county.
KINDS_OF_ROLE: dict[Role, frozenset[OrganizationKind]] = {
    Role.ADMINISTRATOR: frozenset({OrganizationKind.COUNTY}),
    Role.AUDITOR: frozenset({OrganizationKind.COUNTY, OrganizationKind.COURT}),
    Role.COORDINATOR: frozenset({OrganizationKind.PROSECUTOR}),
    Role.PROSECUTOR: frozenset({OrganizationKind.PROSECUTOR}),
    Role.PUBLISHER: frozenset({OrganizationKind.PROSECUTOR}),
    Role.ADVOCATE_LIAISON: frozenset({OrganizationKind.PROSECUTOR}),
    Role.OPERATION_LEAD: AGENCIES,
    Role.OFFICER: AGENCIES,
    Role.CUSTODIAN: AGENCIES,
    Role.LIAISON: ALL_KINDS,
    Role.COALITION_MEMBER: ALL_KINDS,
}

# Victim services and the task force are never one person: what is referred leaves the task force's view.
APART: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({Role.ADVOCATE_LIAISON}), CASE_ROLES - {Role.ADVOCATE_LIAISON}),
    (frozenset({Role.AUDITOR}), CASE_ROLES | {Role.ADMINISTRATOR}),
)

# Roles that can be held for one operation instead of the whole organization.
OPERATION_ROLES = frozenset({Role.OPERATION_LEAD, Role.OFFICER})
OPERATION_KIND = "operations.Operation"  # operations lie above this room: their record is known here by its kind


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """An account of the demonstration county that one click signs in."""

    login: str
    name: str
    says: str


# The order is that of the page: two columns, read across.
DEMONSTRATION_ACCOUNTS = (
    DemonstrationAccount("coordinator", "Coordinator", "District Attorney. Watches the campaign and its results."),
    DemonstrationAccount("lead.alder-city", "Operation lead", "Alder City PD. Runs the street operations."),
    DemonstrationAccount("officer.sheriff", "Officer in the field", "Sheriff. Records a citation in under a minute."),
    DemonstrationAccount("custodian.sheriff", "Evidence custodian", "Sheriff. Receives phone exports, keeps custody."),
    DemonstrationAccount("prosecutor", "Prosecutor", "District Attorney. Reviews, charges, follows court dates."),
    DemonstrationAccount(
        "advocate-liaison", "Advocate liaison", "Victim services. Alone sees a sender who was referred."
    ),
    DemonstrationAccount("publisher", "Publisher", "District Attorney. Approves a release written by someone else."),
    DemonstrationAccount("member.poplar", "Coalition member", "Poplar Avenue Residents. Reads what was published."),
    DemonstrationAccount("auditor", "Auditor", "Alder County. Reads the log and the proofs, no content."),
    DemonstrationAccount("administrator", "Administrator", "Alder County. Accounts and roles. Sees no case."),
    DemonstrationAccount("liaison.sheriff", "Liaison", "Sheriff. Invites its people and grants their roles."),
)
DEMONSTRATION_LOGINS = tuple(account.login for account in DEMONSTRATION_ACCOUNTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Someone who acts on grants: who they are, and in what capacity."""

    user_id: uuid.UUID
    is_administrator: bool = False
    is_coordinator: bool = False
    liaison_of: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role for a person: the person, where they work, and whether that organization has a liaison in force."""

    user_id: uuid.UUID
    invited_by_id: uuid.UUID | None
    organization_id: uuid.UUID
    organization_kind: OrganizationKind
    has_liaison: bool
    role: Role
    scope: Scope
    scope_id: uuid.UUID | None
    other_roles: frozenset[Role] = frozenset()
    operation_agencies: frozenset[uuid.UUID] = frozenset()  # who takes part, where the role is for one operation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A grant that waits for a second person: who gave it, and who invited whoever would confirm."""

    granted_by_id: uuid.UUID | None
    confirmer_invited_by_id: uuid.UUID | None
    is_first_liaison: bool


NOT_ONESELF = "Nobody gives a role to themselves. Another liaison, or the administrator, can."


def may_grant(who: Standing, wanted: Wanted) -> str:
    """Say why this person may not give this role, or nothing when they may."""
    if wanted.user_id == who.user_id:
        return NOT_ONESELF
    if problem := _place_problem(wanted):
        return problem
    if _is_apart(wanted):
        return "This role does not go together with one that the person holds. Another person can hold it."
    speaks_for = wanted.organization_id in who.liaison_of
    if wanted.role is Role.LIAISON and not wanted.has_liaison:
        return "" if who.is_administrator else "The first liaison of an organization is named by the administrator."
    if not speaks_for and not who.is_administrator:
        return "A liaison gives roles to the people of their own organization."
    if who.is_administrator and wanted.role in CASE_ROLES and wanted.invited_by_id == who.user_id:
        return (
            "An administrator gives no role that sees a case to a person they invited. The organization's liaison can."
        )
    return ""


def _is_apart(wanted: Wanted) -> bool:
    return any(
        (wanted.role in one and wanted.other_roles & other) or (wanted.role in other and wanted.other_roles & one)
        for one, other in APART
    )


def _place_problem(wanted: Wanted) -> str:
    if wanted.organization_kind not in KINDS_OF_ROLE[wanted.role]:
        return "People of this kind of organization do not hold this role."
    if wanted.role in COUNTY_ROLES:
        return "" if wanted.scope is Scope.COUNTY else "This role is held for the whole county."
    if wanted.scope is Scope.OPERATION:
        return _operation_problem(wanted)
    if wanted.scope is not Scope.ORGANIZATION or wanted.scope_id != wanted.organization_id:
        return "This role is held for the person's own organization."
    return ""


def _operation_problem(wanted: Wanted) -> str:
    if wanted.role not in OPERATION_ROLES:
        return "This role is not held for one operation."
    if wanted.scope_id is None or wanted.organization_id not in wanted.operation_agencies:
        return "The person's organization takes no part in this operation."
    return ""


def may_confirm(who: Standing, wanted: Wanted, waiting: Waiting) -> str:
    """Say why this person may not confirm this grant, or nothing when they may."""
    if who.user_id == wanted.user_id:
        return "Nobody confirms a role of their own."
    if who.user_id == waiting.granted_by_id:
        return "A second person confirms: someone other than who gave the role."
    if waiting.confirmer_invited_by_id is not None and waiting.confirmer_invited_by_id in {
        waiting.granted_by_id,
        wanted.user_id,
    }:
        return "Whoever confirms was not invited by the person who gave the role, nor by the one who gets it."
    if waiting.is_first_liaison:
        return "" if who.is_coordinator else "The first liaison of an organization is confirmed by the coordinator."
    if who.is_coordinator or wanted.organization_id in who.liaison_of:
        return ""
    if who.is_administrator and wanted.role not in CASE_ROLES:
        return ""
    return "The coordinator or a liaison of the organization confirms this."


def confirming_roles(role: Role, *, is_first_liaison: bool) -> tuple[Role, ...]:
    """Give the roles of whoever may confirm a role, as `may_confirm` decides: the liaison is of the organization."""
    if is_first_liaison:
        return (Role.COORDINATOR,)
    both = (Role.LIAISON, Role.COORDINATOR)
    return both if role in CASE_ROLES else (*both, Role.ADMINISTRATOR)


def may_revoke(who: Standing, *, organization_id: uuid.UUID, is_last_administrator: bool) -> str:
    """Say why this person may not end a grant, or nothing when they may."""
    if is_last_administrator:
        return "This is the last administrator. Name another before this one ends."
    if who.is_administrator or organization_id in who.liaison_of:
        return ""
    return "The administrator, or a liaison of the organization, ends a role."


def grantable_roles(who: Standing, wanted: Wanted) -> list[Role]:
    """Give the roles that this person may give, whatever role `wanted` names."""
    return [role for role in Role if not may_grant(who, for_role(wanted, role))]


def for_role(wanted: Wanted, role: Role) -> Wanted:
    """Give the same person with another role, in the scope in which that role is held."""
    scope = Scope.COUNTY if role in COUNTY_ROLES else Scope.ORGANIZATION
    return Wanted(
        user_id=wanted.user_id,
        invited_by_id=wanted.invited_by_id,
        organization_id=wanted.organization_id,
        organization_kind=wanted.organization_kind,
        has_liaison=wanted.has_liaison,
        role=role,
        scope=scope,
        scope_id=wanted.organization_id if scope is Scope.ORGANIZATION else None,
        other_roles=wanted.other_roles,
    )


def check_login(login: str) -> None:
    """Raise BadInput unless a login is made of lower-case letters, digits, dots and hyphens."""
    if not LOGIN_FORM.fullmatch(login) or len(login) > 60:
        sentence = "A login has lower-case letters, digits, dots and hyphens, and begins with a letter."
        raise errors.BadInput("accounts.login", sentence, locator="field login")


def link_digest(token: str) -> bytes:
    """Give what is kept of the secret in an invitation's link."""
    return hashlib.sha256(pae(b"accounts/invitation/1", token.encode())).digest()


def code_digest(code: str, salt: bytes) -> bytes:
    """Give what is kept of a recovery code."""
    return hashlib.sha256(pae(b"accounts/recovery/1", salt, plain_code(code).encode())).digest()


def plain_code(code: str) -> str:
    """Give a code without spaces and hyphens, in capitals.

    >>> plain_code("abcd-efgh ")
    'ABCDEFGH'
    """
    return re.sub(r"[\s-]", "", code).upper()


def grouped_code(code: str) -> str:
    """Write a code in groups of four.

    >>> grouped_code("ABCDEFGH")
    'ABCD-EFGH'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def is_loopback(address: str) -> bool:
    """Answer whether an address or a host name is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]:8000"), is_loopback("localhost:8000"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    host = address.rpartition(":")[0] if re.search(r"^(\[.*\]|[^:]+):\d+$", address) else address
    host = host.strip("[]").lower()
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
