"""The second factor is compulsory: a session says what it has proven, and one that has proven nothing ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hotspots.access.models import User
from hotspots.accounts.adapter.entries import append_entry
from hotspots.accounts.adapter.proof import Proof, proof_of
from hotspots.web.audience import audience_of
from hotspots.web.links import sign_in_url

OPEN_WHILE_ENROLLING = frozenset({"accounts:enroll", "accounts:sign_out", "web:display"})


class SecondFactorFirst:
    """Let in who has shown two factors; send who has shown one to setting up the other, and end every other session.

    Whoever is still setting it up reads the public pages too. Once it is set up, in whichever session, the password
    alone is worth nothing any more: another session that began with it ends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and not _is_worth_something(proof_of(request), request.user):
            return _end_session(request, request.user)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run, or lead to the enrollment."""
        if not isinstance(request.user, User) or proof_of(request) is not Proof.PASSWORD:
            return None
        declared, match = audience_of(view), request.resolver_match
        if match is not None and match.view_name in OPEN_WHILE_ENROLLING:
            return None
        if declared is not None and declared.is_public:
            return None
        return redirect("accounts:enroll")


def _is_worth_something(proof: Proof | None, user: User) -> bool:
    if proof is Proof.PASSWORD:
        return not is_mfa_enabled(user, [Authenticator.Type.TOTP])
    return proof is not None


def _end_session(request: HttpRequest, user: User) -> HttpResponse:
    """End a session that proves too little, and lead to where one signs in."""
    logout(request)
    append_entry("accounts.session_refused", user)
    return redirect(sign_in_url(request))
