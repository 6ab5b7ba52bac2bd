"""Verbs of accounts."""

from hotspots.accounts.actions.access import end_access, renew_invitation
from hotspots.accounts.actions.county import CountyFacts, found_county
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
    "CountyFacts",
    "FirstOrganization",
    "FoundingFacts",
    "GrantFacts",
    "InviteFacts",
    "LinkFacts",
    "accept_invitation",
    "confirm_grant",
    "end_access",
    "found_county",
    "grant_role",
    "invite_first",
    "invite_user",
    "renew_invitation",
    "revoke_role",
]
