"""The small form page: one form, one verb; a refusal stands beside its field, and nothing typed is lost.

With `record`, the form knows when someone else changed that record in between, and says so instead of overwriting it:
`form.sending` hands what the form saw to the verb, which compares. With `verb`, whoever may not do it to the record is
refused before typing. A form that was saved, and is sent again from the browser's history with something changed, gets
a request id of its own: the next sending is a new one.

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
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.authority import check_may
from hotspots.access.models import Record
from hotspots.access.requests import SENT_BEFORE, found_under
from hotspots.web.audience import actor_for
from hotspots.web.meanwhile import SEEN, add_conflict, keep_seen

WITH_ERRORS = 422


class VerbForm(forms.Form):
    """A form that ends in a verb; sent twice, it is done once."""

    fields: dict[str, Any]  # a form offers choices and rows to its fields, each kind of which takes others
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
    verb: Callable[..., Any] | None = None  # asked who may do it before the form is shown
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
                if refusal.rule == SENT_BEFORE:
                    self._begin_anew(request, form, url_of)
                else:
                    add_refusal(form, refusal)
            except errors.Stale as refusal:
                add_conflict(form, refusal, actor=actor_for(request), record=self.record, url=self.cancel_url)
            else:
                if self.done:
                    messages.success(request, str(self.done))
                return redirect(self._next(result, url_of))
        self._check_may(request)
        shown = {**self.context, "page": self, "form": form}
        return render(request, self.template, shown, status=WITH_ERRORS if form.errors else 200)

    def _check_may(self, request: HttpRequest) -> None:
        """Refuse to show a form that its verb would refuse for who asks."""
        if self.verb is not None and self.record is not None:
            check_may(self.verb, by=actor_for(request), record=self.record)

    def _begin_anew(self, request: HttpRequest, form: forms.Form, url_of: str | Callable[[Any], str]) -> None:
        """Say on top of a form that it was saved before, and let the next sending be another one."""
        made = found_under(form.cleaned_data["request_id"], actor_for(request)) if url_of else None
        before = _("This form was saved before.")
        if self.record is not None and not url_of:
            stands = _("What it changed stands. Save again to change it as it is written here.")
        elif made is not None:
            link = format_html('<a href="{}">{}</a>', self._next(made, url_of), made)
            stands = format_html(_("What it made stands: {}. Save again to make a new record."), link)
        else:
            stands = _("What it made stands. Save again to make a new record.")
        form.add_error(None, format_html("{} {}", before, stands))
        sent: Any = form.data
        form.data = sent.copy()
        form.data[form.add_prefix("request_id")] = str(uuid_utils.uuid7())  # type: ignore[index]

    def _next(self, result: Any, url_of: str | Callable[[Any], str]) -> str:
        if callable(url_of):
            return url_of(result) if result is not None else self.cancel_url
        if url_of and result is not None:
            return reverse(url_of, kwargs={"pk": result.pk})
        return self.cancel_url
