"""Try a verb with what a form says, and write its refusal beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from hotspots import errors
from hotspots.evidence.forms import tell


def attempt(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """Give what the verb gives; None, and the form tells why, where a rule or a value stands against it."""
    try:
        return verb()
    except (errors.RuleBroken, errors.BadInput, errors.Stale) as refusal:
        tell(form, refusal)
        return None
