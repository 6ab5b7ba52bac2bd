"""Signing in and out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import User
from hotspots.accounts.adapter.entries import append_entry
from hotspots.accounts.adapter.proof import Proof, mark_proof
from hotspots.accounts.rules import SESSION_LASTS
from hotspots.audit.turn import turn
from hotspots.web.middleware import count_refused_visit

BOTH_FACTORS = frozenset({"password", "mfa"})


class AccountAdapter(DefaultAccountAdapter):
    """Closes the open sign-up, ends each session after twelve hours, and tells the log who came and went."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The login or the password is not right."),
        "too_many_login_attempts": _("Too many tries. Wait 15 minutes, or ask your administrator for a new link."),
        "incorrect_code": _("This code is not right, or it was used already. Wait for the next one."),
        "rate_limited": _("Too many tries. Wait 15 minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer that nobody signs up; people are invited."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing of the library's own; our pages say what happened."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session; one without a second factor leads to setting it up, and nowhere else."""
        super().login(request, user)
        methods = {record["method"] for record in get_authentication_records(request, user)}
        mark_proof(request.session, user, Proof.TWO_FACTORS if methods >= BOTH_FACTORS else Proof.PASSWORD)
        end_session_in_time(request)
        append_entry("accounts.signed_in", user, actor_id=user.pk, factors=len(methods))

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            append_entry("accounts.signed_out", user, actor_id=user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password for a person; one for a login that nobody has is counted, as any refused visit is."""
        user = User.objects.filter(login=str(credentials.get("username", ""))).first()
        if user is None:
            count_refused_visit(request)
        else:
            append_entry("accounts.sign_in_failed", user, factor="password")


def end_session_in_time(request: HttpRequest) -> None:
    """End the session twelve hours from now, whatever is done in it."""
    request.session.set_expiry(timezone.now() + SESSION_LASTS)


def sign_in_demonstration(request: HttpRequest, user: User) -> None:
    """Begin a session of the demonstration, without a password; whoever was signed in leaves first."""
    adapter = AccountAdapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    super(AccountAdapter, adapter).login(request, user)
    mark_proof(request.session, user, Proof.DEMONSTRATION)
    end_session_in_time(request)
    append_entry("accounts.demonstration_signed_in", user, actor_id=user.pk)


def change_password(request: HttpRequest, user: User, password: str) -> None:
    """Set a new password; the person's other sessions end."""
    user.password = make_password(password)
    with turn():
        user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    end_session_in_time(request)
    append_entry("accounts.password_changed", user, actor_id=user.pk)
