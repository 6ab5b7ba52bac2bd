"""What a session has proven of the person who is signed in.

The adapter sets the mark when a sign-in has come to its end, for one person; a session that carries none, or the mark
of another person, was begun by something else and is worth nothing.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from hotspots.access.models import User
from hotspots.accounts.queries import has_demonstration_sign_in

PROOF = "proof"


class Proof(StrEnum):
    """How a person came in."""

    PASSWORD = "password"  # the first sign-in: what follows is the set-up of the second factor, and nothing else
    TWO_FACTORS = "two_factors"
    DEMONSTRATION = "demonstration"


def mark_proof(session: SessionBase, user: User, proof: Proof) -> None:
    """Keep in a session what a person has proven."""
    session[PROOF] = {"how": proof.value, "user": str(user.pk)}


def proof_of(request: HttpRequest) -> Proof | None:
    """Give what the session has proven of the person who is signed in, or None.

    The sign-in of the demonstration is a proof only where it is offered, and on each request anew.
    """
    kept, user = request.session.get(PROOF), request.user
    if not isinstance(kept, dict) or not isinstance(user, User) or kept.get("user") != str(user.pk):
        return None
    proof = next((one for one in Proof if one.value == kept.get("how")), None)
    return None if proof is Proof.DEMONSTRATION and not may_demonstrate(request) else proof


def may_demonstrate(request: HttpRequest) -> bool:
    """Answer whether this visitor may sign in without a password; whoever comes through a proxy may not."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    return has_demonstration_sign_in(address=request.META.get("REMOTE_ADDR", ""), host=request.get_host())
