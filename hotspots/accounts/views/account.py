"""What a person sees and changes of their own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from hotspots.access.models import Grant
from hotspots.accounts.adapter.account import change_password
from hotspots.accounts.adapter.proof import Proof, proof_of
from hotspots.accounts.adapter.second_factor import make_recovery_codes
from hotspots.accounts.forms import ChangePasswordForm, PasswordForm
from hotspots.accounts.queries import codes_left
from hotspots.accounts.rules import RECOVERY_CODES_COUNT, grouped_code
from hotspots.accounts.views.parts import grant_lines
from hotspots.web.audience import SIGNED_IN, actor_for, audience, user_of
from hotspots.web.navigation import in_navigation


@in_navigation(gettext_lazy("My account"), url_name="accounts:account", order=10, place="menu")
@audience(who=SIGNED_IN)
def show_account(request: HttpRequest) -> HttpResponse:
    """Show a person's own account."""
    actor = actor_for(request)
    factor = Authenticator.objects.filter(user=user_of(request), type=Authenticator.Type.TOTP).first()
    context = {
        "factor": factor,
        "codes_left": codes_left(user_of(request)),
        "codes_count": RECOVERY_CODES_COUNT,
        "grants": grant_lines(actor, Grant.objects.visible_to(actor).filter(user_id=actor.user_id)),
        "is_demonstration_session": proof_of(request) is Proof.DEMONSTRATION,
        "ends_at": request.session.get_expiry_date(),
    }
    return render(request, "accounts/account.html", context)


@sensitive_post_parameters()
@never_cache
@audience(who=SIGNED_IN)
def show_password(request: HttpRequest) -> HttpResponse:
    """Change a person's own password."""
    form = ChangePasswordForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        change_password(request, user_of(request), form.cleaned_data["password"])
        messages.success(request, _("Your password is changed. Your other sessions have ended."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@audience(who=SIGNED_IN)
def show_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them once."""
    if not Authenticator.objects.filter(user=user_of(request), type=Authenticator.Type.TOTP).exists():
        return redirect("accounts:account")
    form = PasswordForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        codes = [grouped_code(code) for code in make_recovery_codes(user_of(request))]
        return render(request, "accounts/codes.html", {"codes": codes})
    return render(request, "accounts/new_codes.html", {"form": form, "codes_left": codes_left(user_of(request))})
