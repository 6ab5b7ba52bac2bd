"""What the pages and verbs of accounts read."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import OrganizationKind, Role, Scope
from hotspots.accounts.models import Invitation, RecoveryCode
from hotspots.accounts.rules import (
    DEMONSTRATION_ACCOUNTS,
    DEMONSTRATION_LOGINS,
    DemonstrationAccount,
    Standing,
    Waiting,
    Wanted,
    is_loopback,
    link_digest,
    may_confirm,
    may_revoke,
)
from hotspots.web.county import county_now


def standing_of(actor: Actor) -> Standing:
    """Give in what capacity an actor acts on grants."""
    if actor.user_id is None:
        raise errors.NotAllowed("accounts.standing", "A person does this.")
    return Standing(
        actor.user_id,
        is_administrator=actor.holds_any(Role.ADMINISTRATOR),
        is_coordinator=actor.holds_any(Role.COORDINATOR),
        liaison_of=frozenset(actor.organizations(Role.LIAISON)),
    )


def has_liaison(organization: Organization) -> bool:
    """Answer whether an organization has a liaison in force."""
    return bool(_organizations_with_liaison({organization.pk}))


def _organizations_with_liaison(organization_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    held = Grant.objects.in_force().filter(role=Role.LIAISON, scope=Scope.ORGANIZATION, scope_id__in=organization_ids)
    return set(held.filter(user__is_active=True).values_list("scope_id", flat=True))


def wanted_of(user: User, role: Role, grant: Grant | None = None) -> Wanted:
    """Give a role for a person, as the rules ask about it."""
    others = [(pk, held) for _user, pk, held in _roles_of([user.pk])]
    return _wanted(user, role, grant, has_liaison=has_liaison(user.organization), held=others)


def _wanted(
    user: User, role: Role, grant: Grant | None, *, has_liaison: bool, held: list[tuple[uuid.UUID, Role]]
) -> Wanted:
    return Wanted(
        user_id=user.pk,
        invited_by_id=user.invited_by_id,
        organization_id=user.organization_id,
        organization_kind=OrganizationKind(user.organization.organization_kind),
        has_liaison=has_liaison,
        role=role,
        scope=Scope(grant.scope) if grant else Scope.ORGANIZATION,
        scope_id=grant.scope_id if grant else user.organization_id,
        other_roles=frozenset(other for pk, other in held if grant is None or pk != grant.pk),
    )


def _roles_of(user_ids: Iterable[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID, Role]]:
    """Give the roles that people hold or wait for: whose, by which grant, which."""
    rows = Grant.objects.filter(user_id__in=set(user_ids), revoked_at__isnull=True)
    return [(user_id, pk, Role(role)) for user_id, pk, role in rows.values_list("user_id", "pk", "role")]


def confirming_problem(actor: Actor, grant: Grant) -> str:
    """Say why the actor may not confirm a grant, or nothing when they may."""
    return confirming_problems(actor, [grant])[grant.pk]


def confirming_problems(actor: Actor, grants: Iterable[Grant]) -> dict[uuid.UUID, str]:
    """Say of each grant why the actor may not confirm it, or nothing; as many queries for many as for one."""
    listed = list(grants)
    spoken_for = _organizations_with_liaison({grant.user.organization_id for grant in listed})
    held: dict[uuid.UUID, list[tuple[uuid.UUID, Role]]] = defaultdict(list)
    for user_id, pk, role in _roles_of(grant.user_id for grant in listed):
        held[user_id].append((pk, role))
    inviter_id = User.objects.filter(pk=actor.user_id).values_list("invited_by_id", flat=True).first()
    found = {}
    for grant in listed:
        user, is_spoken_for = grant.user, grant.user.organization_id in spoken_for
        wanted = _wanted(user, Role(grant.role), grant, has_liaison=is_spoken_for, held=held[user.pk])
        waiting = Waiting(grant.granted_by_id, inviter_id, wanted.role is Role.LIAISON and not wanted.has_liaison)
        found[grant.pk] = may_confirm(standing_of(actor), wanted, waiting)
    return found


def revoking_problem(actor: Actor, grant: Grant) -> str:
    """Say why the actor may not end a grant, or nothing when they may."""
    return may_revoke(
        standing_of(actor),
        organization_id=grant.user.organization_id,
        is_last_administrator=grant.role == Role.ADMINISTRATOR and is_last_administrator(grant.user),
    )


def is_last_administrator(user: User) -> bool:
    """Answer whether nobody would administer accounts without this person."""
    held = Grant.objects.in_force().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return held.filter(user=user).exists() and not held.exclude(user=user).exists()


def people_for(actor: Actor) -> QuerySet[Any]:
    """Give the people whose accounts the actor looks after, with whether each has a second factor."""
    people = User.objects.visible_to(actor)
    if not actor.holds_any(Role.ADMINISTRATOR, Role.COORDINATOR):
        people = people.filter(organization_id__in=actor.organizations(Role.LIAISON))
    waiting = Grant.objects.waiting().filter(user=OuterRef("pk"))
    return cast("QuerySet[Any]", people.select_related("organization")).annotate(
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)),
        has_waiting=Exists(waiting),
    )


def open_invitation(token: str) -> Invitation | None:
    """Find the open invitation of a link; whether it has expired is for the verb to say."""
    found = Invitation.objects.filter(
        token_digest=link_digest(token), withdrawn_at__isnull=True, accepted_at__isnull=True
    )
    return found.select_related("user__organization").first()


def codes_left(user: User) -> int:
    """Count the recovery codes that a person has left."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class DemonstrationChoice:
    """A role of the demonstration that can be signed in as."""

    account: DemonstrationAccount
    user: User


def demonstration_choices() -> list[DemonstrationChoice]:
    """Give the accounts of the demonstration that exist, in the order of the page."""
    people = {user.login: user for user in User.objects.filter(login__in=DEMONSTRATION_LOGINS, is_active=True)}
    return [
        DemonstrationChoice(account, people[account.login])
        for account in DEMONSTRATION_ACCOUNTS
        if account.login in people
    ]


def has_demonstration_sign_in(*, address: str, host: str) -> bool:
    """Answer whether a visitor from this address, at this host, may sign in without a password."""
    county = county_now()
    if not settings.HAS_DEMONSTRATION_SIGN_IN or county is None or not county.is_demonstration:
        return False
    return is_loopback(address) and is_loopback(host)


def check_demonstration_sign_in(bind_address: str) -> None:
    """Raise RuleBroken when people sign in without a password and more than this machine would be served."""
    if not settings.HAS_DEMONSTRATION_SIGN_IN:
        return
    county = county_now()
    if county is not None and not county.is_demonstration:
        sentence = _("This database is not a demonstration, so nobody signs in here without a password.")
        raise errors.RuleBroken("accounts.demonstration", sentence)
    if not is_loopback(bind_address):
        sentence = _(
            "The demonstration signs people in without a password, so it is served to this machine alone: "
            "bind it to 127.0.0.1, not to %(address)s."
        )
        raise errors.RuleBroken("accounts.demonstration", sentence % {"address": bind_address})


def organizations_without_liaison() -> QuerySet[Organization]:
    """Give the organizations for which nobody speaks yet."""
    held = Grant.objects.in_force().filter(role=Role.LIAISON, scope=Scope.ORGANIZATION, scope_id=OuterRef("pk"))
    return Organization.objects.filter(~Exists(held))
