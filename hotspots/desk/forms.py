"""The filter of the log."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hotspots.access.action import REGISTRY
from hotspots.access.models import User
from hotspots.desk.rules import DOOR_WORDS, verb_label
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
        cast(forms.ChoiceField, self.fields["action"]).choices = [("", _("Anything")), *_choices()]


def _choices() -> list[tuple[Any, Any]]:
    """Give what can be done, in as few words as there are, by room; refusals stand alone."""
    verbs = [name for name, verb in REGISTRY.items() if verb.module.startswith("hotspots.")]
    names = sorted([*verbs, *DOOR_WORDS], key=lambda name: (room_of(name), verb_label(name)))
    rooms = [
        (room.capitalize(), [(name, verb_label(name)) for name in inside]) for room, inside in groupby(names, room_of)
    ]
    return [*rooms[0][1], *rooms[1:]]


def room_of(action: str) -> str:
    """Give the room of an action; a refusal has none."""
    return action.rpartition(".")[0]
