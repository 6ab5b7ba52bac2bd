"""The filter of the log."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.access.action import REGISTRY
from hotspots.access.models import User
from hotspots.desk.queries.log import action_words
from hotspots.desk.rules import DOOR_WORDS
from hotspots.evidence.forms import PersonChoice
from look.widgets import DayInput


class LogFilterForm(forms.Form):
    """Which entries."""

    action = forms.ChoiceField(label=_("What was done"), required=False)
    person = PersonChoice(User.objects.none(), label=_("By whom"), required=False, empty_label=_("Anyone"))
    on = forms.DateField(label=_("On"), required=False, widget=DayInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = people.select_related("organization").order_by(
            "title", "organization__short_name"
        )
        verbs = [name for name, verb in REGISTRY.items() if verb.module.startswith("hotspots.")]
        words = sorted((action_words(name), name) for name in [*verbs, *DOOR_WORDS])
        cast(forms.ChoiceField, self.fields["action"]).choices = [
            ("", _("Anything")),
            *((name, text) for text, name in words),
        ]
