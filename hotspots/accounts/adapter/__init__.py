"""Adapters of django-allauth: the one declared exception, where a library writes its own rows.

What a person holds of themselves alone (password, second factor, recovery codes, session) is written here, since
someone who has no role yet runs no verb; every such step appends its entry to the log.
"""

from hotspots.accounts.adapter.account import AccountAdapter
from hotspots.accounts.adapter.second_factor import MFAAdapter

__all__ = ["AccountAdapter", "MFAAdapter"]
