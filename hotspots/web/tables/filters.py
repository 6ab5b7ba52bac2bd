"""The form above a list."""

from __future__ import annotations

from typing import Any

from django import forms

from hotspots.access.actor import Actor


class FilterForm(forms.Form):
    """A form of optional fields that narrows the rows of a list.

    A subclass says how in `narrow`, from `cleaned_data`; it may use `self.actor` in its `__init__` to offer choices.
    """

    fields: dict[str, Any]  # a form offers choices and rows to its fields, each kind of which takes others
    use_required_attribute = False

    def __init__(self, data: Any = None, *, actor: Actor, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, auto_id="filter_%s")
        self.actor = actor

    def narrow(self, rows: Any) -> Any:
        """Keep the rows that were asked for."""
        return rows

    @property
    def is_narrowing(self) -> bool:
        """Tell whether anything was asked for."""
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)
