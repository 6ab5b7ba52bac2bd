"""Invite people by a link, and let them in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import COUNTY_ROLES, OrganizationKind, Role, Scope
from hotspots.accounts.models import Invitation
from hotspots.accounts.rules import INVITATION_LASTS, check_login
from hotspots.keys import actions as keys

NO_PASSWORD = "!"  # no hasher makes this, so nothing a person types fits it


@dataclass(frozen=True, slots=True)
class InviteFacts:
    """Who is invited; the digest is that of the secret in the link (rules.link_digest)."""

    login: str
    title: str
    token_digest: bytes


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A new link."""

    token_digest: bytes


@dataclass(frozen=True, slots=True)
class AcceptFacts:
    """What an invited person sets: the password, already hashed."""

    password_hash: str


@dataclass(frozen=True, slots=True)
class FirstOrganization:
    """An organization that is founded with the first accounts, and the person invited for it."""

    name: str
    short_name: str
    person: InviteFacts


@dataclass(frozen=True, slots=True)
class FoundingFacts:
    """The county's administration with its administrator, and the prosecutor's office with its coordinator."""

    administration: FirstOrganization
    prosecutor: FirstOrganization


@action(
    "accounts.invite_user",
    roles=[Role.ADMINISTRATOR, Role.LIAISON],
    subject="organization",
)
def invite_user(
    *, by: Actor, organization: Organization, facts: InviteFacts, clock: Clock = system_clock
) -> Invitation:
    """Invite a person to an account by a link; the account opens when they accept."""
    return _invite(organization, facts, by.user_id, clock)


def _invite(organization: Organization, facts: InviteFacts, by_id: uuid.UUID | None, clock: Clock) -> Invitation:
    check_login(facts.login)
    title = " ".join(facts.title.split())
    if not title:
        raise errors.BadInput("accounts.title", "Say what this person is, such as Officer 12.", locator="field title")
    if User.objects.filter(login=facts.login).exists():
        raise errors.RuleBroken("accounts.login_taken", "This login is taken. Choose another.", field="login")
    user = User.objects.create(
        login=facts.login,
        title=title,
        organization=organization,
        invited_by_id=by_id,
        created_at=clock(),
        password=NO_PASSWORD,
    )
    note_change(user, organization.history_key_id, login=(None, user.login), title=(None, user.title))
    return open_link(user, facts.token_digest, by_id, clock)


def open_link(user: User, token_digest: bytes, by_id: uuid.UUID | None, clock: Clock) -> Invitation:
    """Make the invitation of a person, inside the verb that asks for it."""
    now = clock()
    return Invitation.objects.create(
        user=user, token_digest=token_digest, made_by_id=by_id, made_at=now, expires_at=now + INVITATION_LASTS
    )


@action("accounts.accept_invitation", system=True, changes=["invitation"])
def accept_invitation(*, by: Actor, invitation: Invitation, facts: AcceptFacts, clock: Clock = system_clock) -> User:
    """Accept an invitation for whoever has its link: set the password; the second factor follows at once."""
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= clock():
        sentence = "This link has ended. Ask whoever invited you for a new one."
        raise errors.RuleBroken("accounts.link_ended", sentence)
    user = invitation.user
    if not user.is_active:
        raise errors.RuleBroken("accounts.closed", "This account is closed.")
    user.password = facts.password_hash
    user.save(update_fields=["password"])
    invitation.accepted_at = clock()
    invitation.save(update_fields=["accepted_at"])
    return user


@action("accounts.invite_first", system=True)
def invite_first(*, by: Actor, facts: FoundingFacts, clock: Clock = system_clock) -> tuple[Invitation, Invitation]:
    """Found the first accounts while there is none: an administrator, and a coordinator of the prosecutor's office."""
    if User.objects.exists():
        sentence = "There are accounts already. The administrator and the liaisons invite people now."
        raise errors.RuleBroken("accounts.not_first", sentence)
    return (
        _found(facts.administration, OrganizationKind.COUNTY, Role.ADMINISTRATOR, clock),
        _found(facts.prosecutor, OrganizationKind.PROSECUTOR, Role.COORDINATOR, clock),
    )


def _found(facts: FirstOrganization, kind: OrganizationKind, role: Role, clock: Clock) -> Invitation:
    organization = Organization.objects.filter(name=facts.name).first()
    if organization is None:
        key_id, _key = keys.make_key("history")
        organization = Organization.objects.create(
            name=facts.name, short_name=facts.short_name, organization_kind=kind, history_key_id=key_id
        )
    invitation = _invite(organization, facts.person, None, clock)
    scope = Scope.COUNTY if role in COUNTY_ROLES else Scope.ORGANIZATION
    Grant.objects.create(user=invitation.user, role=role, scope=scope, granted_at=clock(), confirmed_at=clock())
    note_change(invitation.user, organization.history_key_id, role=(None, role.value))
    return invitation
