"""The small form page: one form, one verb; a refusal stands beside its field, and nothing typed is lost.

With `record`, the form knows when someone else changed that record in between, and says so instead of overwriting it:
`form.sending` hands what the form saw to the verb, which compares.

::

    @audience(Role.COORDINATOR)
    def open_campaign(request):
        form = CampaignForm(request.POST or None)
        page = FormPage(_("Open a campaign"), _("Open campaign"), cancel_url=reverse("operations:campaigns"))
        actor = actor_for(request)
        return page.answer(request, form, lambda: open_campaign(by=actor, facts=form.facts(), **form.sending))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import uuid_utils.compat as uuid_utils
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hotspots import errors
from hotspots.access.models import Record
from hotspots.web.audience import actor_for
from hotspots.web.meanwhile import SEEN, add_conflict, keep_seen

WITH_ERRORS = 422


class VerbForm(forms.Form):
    """A form that ends in a verb; sent twice, it is done once."""

    use_required_attribute = False
    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid_utils.uuid7)

    @property
    def sending(self) -> dict[str, Any]:
        """Give the request id, and what the form saw of the record that it changes, as the verb takes them."""
        said = {name: self.cleaned_data.get(name) for name in ("request_id", SEEN)}
        return {name: value for name, value in said.items() if value is not None}


def add_refusal(form: forms.Form, refusal: errors.RuleBroken | errors.BadInput) -> None:
    """Put the sentence of a refusal beside the field it belongs to, or on top of the form."""
    place = refusal.field if isinstance(refusal, errors.RuleBroken) else refusal.locator.removeprefix("field ")
    form.add_error(place if place in form.fields else None, refusal.sentence)


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its heading, what will happen, the button, the way back."""

    title: Any
    button: Any
    cancel_url: str
    lead: Any = ""
    done: Any = ""
    crumbs: tuple[Any, ...] = ()
    record: Record | None = None  # what the form changes, where two people may be at it
    is_stopping: bool = False
    template: str = "web/form_page.html"
    context: dict[str, Any] = field(default_factory=dict)

    def answer(
        self,
        request: HttpRequest,
        form: forms.Form,
        perform: Callable[[], Any],
        url_of: str | Callable[[Any], str] = "",
    ) -> HttpResponse:
        """Show the form, or do the verb and go on to `url_of` its result (the way back, if it is not given)."""
        if self.record is not None:
            keep_seen(form, self.record)
        if request.method == "POST" and form.is_valid():
            try:
                result = perform()
            except (errors.RuleBroken, errors.BadInput) as refusal:
                add_refusal(form, refusal)
            except errors.Stale as refusal:
                add_conflict(form, refusal, actor=actor_for(request), record=self.record, url=self.cancel_url)
            else:
                if self.done:
                    messages.success(request, str(self.done))
                return redirect(self._next(result, url_of))
        shown = {**self.context, "page": self, "form": form}
        return render(request, self.template, shown, status=WITH_ERRORS if form.errors else 200)

    def _next(self, result: Any, url_of: str | Callable[[Any], str]) -> str:
        if callable(url_of):
            return url_of(result) if result is not None else self.cancel_url
        if url_of and result is not None:
            return reverse(url_of, kwargs={"pk": result.pk})
        return self.cancel_url
