"""Forms of sign-in, people and grants."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import Organization, User
from hotspots.access.rules import Role
from hotspots.accounts.adapter.account import AccountAdapter
from hotspots.accounts.adapter.second_factor import refuse_second_factor, use_code_once, use_recovery_code
from hotspots.accounts.models import RecoveryCode
from hotspots.accounts.rules import RECOVERY_CODE_BYTES, plain_code
from hotspots.web.why import role_name
from look.widgets import Mono

RECOVERY_CODE_CHARACTERS = RECOVERY_CODE_BYTES * 8 // 5
ERRORS = AccountAdapter.error_messages


class SignInForm(LoginForm):
    """Login and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].help_text = ""


class SecondFactorForm(AuthenticateForm):
    """A code of the second factor, or a recovery code in its place."""

    is_recovery = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("Six digits from your authenticator, or one of your recovery codes.")
        self.fields["code"].widget = Mono(attrs={"autocomplete": "one-time-code", "autofocus": True})

    def clean_code(self) -> str:
        """Accept a code that fits, once."""
        code = str(self.cleaned_data["code"])
        if len(plain_code(code)) != RECOVERY_CODE_CHARACTERS:
            super().clean_code()
            return _unused(self.user, code)
        clear_limit = check_rate_limit(self.user)
        if not use_recovery_code(self.user, code):
            refuse_second_factor(self.user)
            raise forms.ValidationError(ERRORS["incorrect_code"])
        clear_limit()
        self.is_recovery = True
        return code

    def save(self) -> None:
        """Keep in the session which factor was shown."""
        if self.is_recovery:
            record_authentication(context.request, self.user, "mfa", type=RecoveryCode._meta.model_name)
        else:
            super().save()

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        refuse_second_factor(self.user)


class EnrollForm(ActivateTOTPForm):
    """The first code of a new second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits it shows now")
        self.fields["code"].widget = Mono(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})

    def clean_code(self) -> str:
        """Accept a code that fits, once."""
        return _unused(self.user, str(super().clean_code()))


def _unused(user: User, code: str) -> str:
    if not use_code_once(user, code):
        refuse_second_factor(user)
        raise forms.ValidationError(ERRORS["incorrect_code"])
    return code


class OwnForm(forms.Form):
    """A form about the account of one person."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class NewPasswordForm(OwnForm):
    """A password, twice."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(str(text) for text in password_validators_help_texts())

    def clean_password(self) -> str:
        """Refuse a password that is short or common."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        cleaned = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class PasswordForm(OwnForm):
    """The password one has, asked again before something that matters."""

    current = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_current(self) -> str:
        """Refuse a wrong password, and too many of them."""
        clear_limit = check_rate_limit(self.user)
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("This is not your password."))
        clear_limit()
        return ""


class ChangePasswordForm(NewPasswordForm, PasswordForm):
    """The old password, and the new one twice."""

    field_order = ["current", "password", "again"]


class InviteForm(forms.Form):
    """Who is invited, and to which organization."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Organization"), empty_label=_("Choose one")
    )
    title = forms.CharField(
        label=_("What the person is"),
        max_length=80,
        help_text=_("A title, such as Officer 12. The record does not need a name."),
    )
    login = forms.CharField(
        label=_("Login"), max_length=60, help_text=_("Lower-case letters, digits, dots and hyphens: officer.12")
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ModelChoiceField, self.fields["organization"])
        chosen.queryset = organizations
        if organizations.count() == 1:
            chosen.initial = organizations.first()
            chosen.empty_label = None


class GrantForm(forms.Form):
    """The role that a person is given."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role_name(role).capitalize()) for role in roles
        ]
