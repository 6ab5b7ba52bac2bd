"""The forms of a campaign's results: up to which day, and what is frozen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.results.actions.figures import FreezeAllFacts
from hotspots.results.measures import all_measures
from look.widgets import DayInput


class AsOfForm(forms.Form):
    """Up to which day the page counts."""

    use_required_attribute = False
    as_of = forms.DateField(required=False, widget=DayInput, label=_("Data as of"))


class FreezeForm(forms.Form):
    """Which figures are frozen, and their data-as-of day."""

    use_required_attribute = False
    measures = forms.MultipleChoiceField(
        label=_("Figures to freeze"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one figure to freeze.")},
    )
    data_as_of_on = forms.DateField(
        label=_("Data as of"),
        widget=DayInput,
        help_text=_("The last day whose facts are counted: what happened on or before it, whenever it was entered."),
        error_messages={"required": _("Say up to which day the figures count.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measures"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(measure.key, measure.label) for measure in all_measures()]

    def facts(self) -> FreezeAllFacts:
        """Give what the form says."""
        said = self.cleaned_data
        return FreezeAllFacts(tuple(said["measures"]), said["data_as_of_on"])
