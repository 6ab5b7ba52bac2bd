"""Who acts: a person with grants, the system, or the public."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hotspots import errors
from hotspots.access.models import Grant, User
from hotspots.access.rules import Role, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A grant in force, as the actor carries it."""

    role: Role
    scope: Scope
    scope_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `channel` is web, command line, job or test; `os_login` is the operating system's login name."""

    user_id: Any  # a UUID; None for the system and the public, which no verb for people lets in
    title: str
    organization_id: uuid.UUID | None = None
    grants: tuple[Held, ...] = ()
    is_system: bool = False
    channel: str = "web"
    os_login: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    def holds_any(self, *roles: Role) -> bool:
        """Answer whether the actor holds one of the roles anywhere."""
        return any(held.role in roles for held in self.grants)

    def holds_countywide(self, *roles: Role) -> bool:
        """Answer whether the actor holds one of the roles for the whole county."""
        return any(held.role in roles and held.scope is Scope.COUNTY for held in self.grants)

    def covers(self, roles: Iterable[Role], scopes: set[tuple[Scope, uuid.UUID]]) -> bool:
        """Answer whether a grant of one of the roles covers the county or one of the scopes."""
        wanted = set(roles)
        return any(
            held.role in wanted and (held.scope is Scope.COUNTY or (held.scope, held.scope_id) in scopes)
            for held in self.grants
        )

    def organizations(self, *roles: Role) -> list[uuid.UUID]:
        """Give the organizations for which the actor holds one of the roles (any role, if none is named)."""
        return self._ids(Scope.ORGANIZATION, roles)

    def operations(self, *roles: Role) -> list[uuid.UUID]:
        """Give the operations for which the actor holds one of the roles (any role, if none is named)."""
        return self._ids(Scope.OPERATION, roles)

    def _ids(self, scope: Scope, roles: tuple[Role, ...]) -> list[uuid.UUID]:
        return list(
            dict.fromkeys(
                held.scope_id
                for held in self.grants
                if held.scope is scope and held.scope_id is not None and (not roles or held.role in roles)
            )
        )

    def fresh(self) -> Actor:
        """Read the grants again; an account that was closed in the meantime holds none."""
        if not self.is_signed_in:
            return self
        return replace(self, grants=_grants_of(self.user_id))


SYSTEM = Actor(None, "The system", is_system=True, channel="job")
PUBLIC = Actor(None, "The public")


def _grants_of(user_id: uuid.UUID | None) -> tuple[Held, ...]:
    rows = Grant.objects.in_force().filter(user_id=user_id, user__is_active=True)
    return tuple(
        Held(Role(role), Scope(scope), scope_id)
        for role, scope, scope_id in rows.values_list("role", "scope", "scope_id")
    )


def actor_of(user: User, *, channel: str = "web", os_login: str = "") -> Actor:
    """Give the actor for a person, with the grants that are in force now."""
    return Actor(
        user_id=user.pk,
        title=user.title,
        organization_id=user.organization_id,
        grants=_grants_of(user.pk),
        channel=channel,
        os_login=os_login,
    )


def actor_by_login(login: str, *, channel: str, os_login: str = "") -> Actor:
    """Give the actor for a login name, as the command line's --as does.

    Raises NotFound when no active account has that login.
    """
    user = User.objects.filter(login=login, is_active=True).first()
    if user is None:
        raise errors.NotFound("access.login", f"No active account has the login {login}.")
    return actor_of(user, channel=channel, os_login=os_login)
