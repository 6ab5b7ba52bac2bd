"""How a list of responses is narrowed; the bulk dismissal reads the same form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotspots.access.models import Organization
from hotspots.intake.models import Ad, Line
from hotspots.intake.rules.states import ResponseState
from hotspots.intake.views.finding import FoundFilters
from hotspots.intake.views.words import REASONS, STATES
from hotspots.operations.models import Operation
from hotspots.web.tables import FilterForm

STATE_ROWS = {
    ResponseState.COUNTED: Q(dismissal_reason="", is_outside=False),
    ResponseState.DISMISSED: ~Q(dismissal_reason=""),
    ResponseState.OUTSIDE: Q(dismissal_reason="", is_outside=True),
}


class ReferenceFilters(FilterForm):
    """Narrow the responses by ad, operation, agency, state and reason."""

    ad = forms.ModelChoiceField(Ad.objects.none(), label=_("Ad"), required=False, empty_label=_("All"))
    operation = forms.ModelChoiceField(
        Operation.objects.none(), label=_("Operation"), required=False, empty_label=_("All")
    )
    agency = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Agency"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])
    reason = forms.ChoiceField(label=_("Dismissed as"), required=False, choices=[("", _("Any")), *REASONS.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.visible_to(self.actor)
        self.fields["ad"].queryset = Ad.objects.visible_to(self.actor)
        self.fields["operation"].queryset = Operation.objects.visible_to(self.actor)
        self.fields["agency"].queryset = Organization.objects.filter(pk__in=lines.values("owner_id"))

    def narrow(self, rows: Any) -> Any:
        """Keep the responses that were asked for."""
        asked = self.cleaned_data
        paths = {"ad": "ad", "operation": "ad__operation", "agency": "ad__line__owner", "reason": "dismissal_reason"}
        rows = rows.filter(**{path: asked[name] for name, path in paths.items() if asked[name]})
        rows = rows.filter(STATE_ROWS[ResponseState(asked["state"])]) if asked["state"] else rows
        return super().narrow(rows)


class ResponseFilters(ReferenceFilters, FoundFilters):
    """Narrow the responses to those that a search has found, too: for those who read numbers."""
