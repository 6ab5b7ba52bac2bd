"""The second factor is compulsory: a session without one leads to setting it up, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hotspots.access.models import User
from hotspots.accounts.adapter.account import ENROLLING
from hotspots.web.audience import audience_of

OPEN_WHILE_ENROLLING = frozenset({"accounts:enroll", "accounts:sign_out", "web:display"})


class SecondFactorFirst:
    """Send a person who has not set up the second factor to the page that does; public pages stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run, or lead to the enrollment."""
        if not isinstance(request.user, User) or not request.session.get(ENROLLING):
            return None
        declared, match = audience_of(view), request.resolver_match
        if match is not None and match.view_name in OPEN_WHILE_ENROLLING:
            return None
        if declared is not None and declared.is_public:
            return None
        return redirect("accounts:enroll")
