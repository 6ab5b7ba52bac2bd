"""Verbs of accounts."""

from hotspots.accounts.actions.access import end_access, renew_invitation
from hotspots.accounts.actions.grants import GrantFacts, confirm_grant, grant_role, revoke_role
from hotspots.accounts.actions.invitations import (
    AcceptFacts,
    FirstOrganization,
    FoundingFacts,
    InviteFacts,
    LinkFacts,
    accept_invitation,
    invite_first,
    invite_user,
)

__all__ = [
    "AcceptFacts",
    "FirstOrganization",
    "FoundingFacts",
    "GrantFacts",
    "InviteFacts",
    "LinkFacts",
    "accept_invitation",
    "confirm_grant",
    "end_access",
    "grant_role",
    "invite_first",
    "invite_user",
    "renew_invitation",
    "revoke_role",
]
