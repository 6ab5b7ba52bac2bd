"""Signing in and out, and accepting an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hotspots.access.actor import SYSTEM
from hotspots.accounts.actions import AcceptFacts, accept_invitation
from hotspots.accounts.adapter import AccountAdapter, MFAAdapter
from hotspots.accounts.adapter.proof import may_demonstrate
from hotspots.accounts.adapter.second_factor import start_second_factor
from hotspots.accounts.forms import EnrollForm, NewPasswordForm, SecondFactorForm, SignInForm
from hotspots.accounts.queries import open_invitation
from hotspots.accounts.rules import grouped_code
from hotspots.accounts.views.parts import door_steps
from hotspots.accounts.views.qr import qr_address
from hotspots.web.audience import EVERYBODY, SIGNED_IN, audience, user_of


class SignInView(LoginView):
    """The library's view with our form and page."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the demonstration's sign-in is there."""
        return {**super().get_context_data(**kwargs), "has_demonstration": may_demonstrate(self.request)}


sign_in = audience(who=EVERYBODY)(SignInView.as_view())
show_second_factor = audience(who=EVERYBODY)(
    AuthenticateView.as_view(form_class=SecondFactorForm, template_name="accounts/second_factor.html")
)


@audience(who=EVERYBODY)
def show_closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed."""
    return render(request, "accounts/closed.html", status=403)


@require_POST
@audience(who=EVERYBODY)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request, show_message=False)
    return redirect("accounts:sign_in")


@sensitive_post_parameters()
@never_cache
@audience(who=EVERYBODY)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person set their password, and go on to the second factor."""
    invitation = open_invitation(token)
    if invitation is None or invitation.expires_at <= timezone.now():
        return render(request, "accounts/link_ended.html", status=404)
    form = NewPasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        facts = AcceptFacts(make_password(form.cleaned_data["password"]))
        user = accept_invitation(by=SYSTEM, invitation=invitation, facts=facts)
        logout(request, show_message=False)
        AccountAdapter(request).login(request, user)
        return redirect("accounts:enroll")
    context = {"form": form, "invitation": invitation, "steps": door_steps(0)}
    return render(request, "accounts/accept.html", context)


@never_cache
@audience(who=SIGNED_IN)
def enroll(request: HttpRequest) -> HttpResponse:
    """Set up the second factor, and show the recovery codes once."""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return redirect("accounts:account")
    form = EnrollForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        codes = [grouped_code(code) for code in start_second_factor(request, user_of(request), form.secret)]
        return render(request, "accounts/codes.html", {"codes": codes, "steps": door_steps(2)})
    address = MFAAdapter().build_totp_url(request.user, form.secret)
    context = {"qr": qr_address(address), "secret": grouped_code(form.secret), "steps": door_steps(1)}
    return render(request, "accounts/enroll.html", {"form": form, **context})
