"""Give, confirm and end roles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import ClassVar

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Grant, Record, User
from hotspots.access.rules import CONFIRMED_ROLES, Role, Scope
from hotspots.accounts.queries import confirming_problem, revoking_problem, standing_of, wanted_of
from hotspots.accounts.rules import OPERATION_KIND, may_grant

GRANTING = (Role.ADMINISTRATOR, Role.LIAISON)
CLOSED = "This account is closed."


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """The role, and where it is held: for the county, or for an organization or operation by id."""

    role: Role
    scope: Scope
    scope_id: uuid.UUID | None = None

    LOGGED: ClassVar[tuple[str, ...]] = ("role", "scope", "scope_id")


@action("accounts.grant_role", roles=GRANTING, subject="user", changes=["user"])
def grant_role(
    *, by: Actor, user: User, facts: GrantFacts, operation: Record | None = None, clock: Clock = system_clock
) -> Grant:
    """Give a role to a person; where it needs a second person, it waits for them. One for an operation names it."""
    wanted = replace(
        wanted_of(user, facts.role),
        scope=facts.scope,
        scope_id=facts.scope_id,
        operation_agencies=_agencies_of(operation, facts),
    )
    if problem := may_grant(standing_of(by), wanted):
        raise errors.RuleBroken("accounts.grant", problem, field="role")
    if not user.is_active:
        raise errors.RuleBroken("accounts.closed", CLOSED)
    same = Grant.objects.filter(user=user, role=facts.role, scope=facts.scope, scope_id=facts.scope_id)
    if same.filter(revoked_at__isnull=True).exists():
        raise errors.RuleBroken("accounts.granted", "This person holds the role, or it waits already.", field="role")
    now = clock()
    note_change(user, user.organization.history_key_id, role=(None, facts.role.value))
    return Grant.objects.create(
        user=user,
        role=facts.role,
        scope=facts.scope,
        scope_id=facts.scope_id,
        granted_by_id=by.user_id,
        granted_at=now,
        confirmed_at=None if facts.role in CONFIRMED_ROLES else now,
    )


def _agencies_of(operation: Record | None, facts: GrantFacts) -> frozenset[uuid.UUID]:
    """Give the organizations that take part in the operation for which a role is given.

    Operations lie above this room: the verb is given the record, which the giver must see, and asks for its scopes.
    """
    if operation is not None and operation.kind != OPERATION_KIND:
        raise errors.BadInput("accounts.operation", "A role is held for an operation, not for another record.")
    scopes = operation.scopes() if operation is not None and operation.pk == facts.scope_id else set()
    if (Scope.OPERATION, facts.scope_id) not in scopes:
        return frozenset()
    return frozenset(pk for scope, pk in scopes if scope is Scope.ORGANIZATION)


@action(
    "accounts.confirm_grant",
    roles=[Role.LIAISON, Role.COORDINATOR, Role.ADMINISTRATOR],
    subject="grant",
    changes=["grant"],
)
def confirm_grant(*, by: Actor, grant: Grant, clock: Clock = system_clock) -> Grant:
    """Confirm, as a second person, a role that another gave; from now on it is in force."""
    if grant.confirmed_at or grant.revoked_at:
        raise errors.Stale("accounts.confirmed", "This role does not wait any more.", theirs=grant.confirmed_at)
    if problem := confirming_problem(by, grant):
        raise errors.RuleBroken("accounts.confirm", problem)
    grant.confirmed_by_id, grant.confirmed_at = by.user_id, clock()
    grant.save(update_fields=["confirmed_by", "confirmed_at"])
    note_change(grant.user, grant.user.organization.history_key_id, confirmed=(None, grant.role))
    return grant


@action("accounts.revoke_role", roles=GRANTING, subject="grant", changes=["grant"])
def revoke_role(*, by: Actor, grant: Grant, clock: Clock = system_clock) -> Grant:
    """End a role, or take back one that waits; it ends at once, in open sessions too."""
    if grant.revoked_at:
        raise errors.Stale("accounts.revoked", "This role has ended already.", theirs=grant.revoked_at)
    if problem := revoking_problem(by, grant):
        raise errors.RuleBroken("accounts.revoke", problem)
    grant.revoked_by_id, grant.revoked_at = by.user_id, clock()
    grant.save(update_fields=["revoked_by", "revoked_at"])
    note_change(grant.user, grant.user.organization.history_key_id, role=(grant.role, None))
    return grant
