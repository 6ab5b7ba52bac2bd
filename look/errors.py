"""What a form says instead of the framework's own sentences: what to do, with an example. For the forms of all rooms.

Known by its code and its words together: a form that gives a sentence of its own under the same code keeps it.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAY, TIME = "10/16/2021", "21:05"


def in_our_words(field: forms.Field, error: ValidationError) -> list[str]:
    """Return what one error of a field says, in our words where it is the framework's own."""
    ours = OURS.get(error.code or "") if _is_stock(field, error) else None
    said = ours(field, error.params or {}) if ours is not None else ""
    return [said] if said else [str(text) for text in error.messages]


def _is_stock(field: forms.Field, error: ValidationError) -> bool:
    """Say whether a sentence is the framework's own, and not one that the form was given."""
    if error.code == "max_length":  # a sentence in the plural: it is not a text before it has its number
        return error.message is validators.MaxLengthValidator.message
    frameworks = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    stock = [getattr(kind, "default_error_messages", {}).get(error.code) for kind in frameworks]
    return str(error.message) in {str(sentence) for sentence in stock if sentence}


def _required(field: forms.Field, params: dict[str, Any]) -> str:
    if isinstance(field.widget, forms.Select | forms.RadioSelect):
        return _("Choose one.")
    if isinstance(field, forms.MultipleChoiceField):
        return _("Choose at least one.")
    if isinstance(field, forms.FileField):
        return _("Choose a file.")
    return _moment(field, params) or _("This is needed.")


def _moment(field: forms.Field, params: dict[str, Any]) -> str:
    """Ask for a day, a time or both, with an example; nothing for another kind of field."""
    if isinstance(field, forms.DateTimeField):
        return _("Give a day and a time, such as %(day)s %(time)s.") % {"day": DAY, "time": TIME}
    if isinstance(field, forms.DateField):
        return _("Give a day, such as %(day)s.") % {"day": DAY}
    if isinstance(field, forms.TimeField):
        return _("Give a time of 24 hours, such as %(time)s.") % {"time": TIME}
    return ""


def _invalid(field: forms.Field, params: dict[str, Any]) -> str:
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField | forms.FloatField):
        return _("Give a whole number, such as 12.")
    return _moment(field, params)


def _too_long(field: forms.Field, params: dict[str, Any]) -> str:
    limit, length = f"{params['limit_value']:,}", f"{params['show_value']:,}"
    return _("Shorten this to %(limit)s characters: it has %(length)s.") % {"limit": limit, "length": length}


OURS: dict[str, Callable[[forms.Field, dict[str, Any]], str]] = {
    "required": _required,
    "invalid": _invalid,
    "max_length": _too_long,
}
