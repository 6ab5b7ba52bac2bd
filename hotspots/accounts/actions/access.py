"""End a person's access, and let one start over who has lost password or phone."""

from __future__ import annotations

import base64
import uuid
from datetime import datetime

from allauth.mfa.models import Authenticator

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.models import Grant, User
from hotspots.access.rules import CONFIRMED_ROLES, Role
from hotspots.accounts.actions.invitations import NO_PASSWORD, LinkFacts, open_link
from hotspots.accounts.models import Invitation, RecoveryCode
from hotspots.accounts.queries import is_last_administrator
from hotspots.keys import actions as keys
from sealing import key_id_of


@action("accounts.end_access", roles=[Role.ADMINISTRATOR], subject="user", changes=["user"])
def end_access(*, by: Actor, user: User, clock: Clock = system_clock) -> User:
    """End a person's access at once: the account closes, every role ends, open sessions too."""
    _check_other(by, user, "Nobody closes their own account. Another administrator can.")
    if is_last_administrator(user):
        raise errors.RuleBroken("accounts.last_administrator", "This is the last administrator. Name another first.")
    now = clock()
    user.is_active, user.password = False, NO_PASSWORD
    user.save(update_fields=["is_active", "password"])
    ended = Grant.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now, revoked_by_id=by.user_id)
    _forget_factors(user, now)
    note_fact(roles_ended=ended)
    note_change(user, user.organization.history_key_id, access=("open", "closed"))
    return user


@action("accounts.renew_invitation", roles=[Role.ADMINISTRATOR], subject="user", changes=["user"])
def renew_invitation(*, by: Actor, user: User, facts: LinkFacts, clock: Clock = system_clock) -> Invitation:
    """Give a person a new link: password and second factor start over, and their roles wait for a second person again.

    The roles wait so that whoever makes the link cannot become that person by using it.
    """
    _check_other(by, user, "Nobody makes a new link for themselves. Another administrator can.")
    if not user.is_active:
        raise errors.RuleBroken("accounts.closed", "This account is closed.")
    now = clock()
    user.password = NO_PASSWORD
    user.save(update_fields=["password"])
    _forget_factors(user, now)
    held = list(Grant.objects.in_force().filter(user=user, role__in=CONFIRMED_ROLES))
    Grant.objects.filter(pk__in=[grant.pk for grant in held]).update(revoked_at=now, revoked_by_id=by.user_id)
    Grant.objects.bulk_create(
        Grant(
            user=user,
            role=grant.role,
            scope=grant.scope,
            scope_id=grant.scope_id,
            granted_by_id=by.user_id,
            granted_at=now,
        )
        for grant in held
    )
    note_fact(roles_waiting=len(held))
    note_change(user, user.organization.history_key_id, sign_in=("as before", "starts over"))
    return open_link(user, facts.token_digest, by.user_id, clock)


def _check_other(by: Actor, user: User, sentence: str) -> None:
    if by.user_id == user.pk:
        raise errors.RuleBroken("accounts.oneself", sentence)


def _forget_factors(user: User, now: datetime) -> None:
    Invitation.objects.filter(user=user, accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    RecoveryCode.objects.filter(user=user).delete()
    for factor in Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP):
        key_id = uuid.UUID(bytes=key_id_of(base64.b64decode(factor.data["secret"])))
        factor.delete()
        keys.destroy_key(key_id, at=now)
