"""Dismiss many responses at once: first what would happen, then with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.rowset import RowSet
from hotspots.evidence.views.attempt import attempt
from hotspots.intake.actions.responses import (
    REVIEWERS,
    DismissalFacts,
    dismiss_responses,
    preview_dismissal,
)
from hotspots.intake.forms import DismissForm
from hotspots.intake.models import Response
from hotspots.intake.rules.states import DismissalReason
from hotspots.intake.views.filters import ResponseFilters
from hotspots.intake.views.finding import id_of
from hotspots.web.audience import actor_for, audience

FIRST_ROWS = 20


@audience(*REVIEWERS)
def dismiss_many(request: HttpRequest) -> HttpResponse:
    """Show which responses would be dismissed, then dismiss them with a reason."""
    actor = actor_for(request)
    if request.GET.get("by") == "rows" and "row" not in request.GET:
        messages.warning(request, _("You chose no row. Tick the rows that you want to look at."))
        return redirect("intake:responses")
    chosen = _chosen(request, actor)
    rows = preview_dismissal(actor, chosen)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = DismissalFacts(DismissalReason(form.cleaned_data["reason"]))
        if attempt(form, lambda: _dismiss(actor, rows, facts, shown_root=request.POST.get("root", ""))):
            messages.success(request, _said(rows.count))
            return redirect("intake:responses")
    return render(request, "intake/dismiss_many.html", _context(request, form, rows, chosen))


def _chosen(request: HttpRequest, actor: Actor) -> Any:
    """Give the rows that were ticked; where none was, those that the filters keep."""
    seen = Response.objects.visible_to(actor)
    if "row" in request.GET:
        return seen.filter(pk__in=[pk for text in request.GET.getlist("row") if (pk := id_of(text))])
    form = ResponseFilters(request.GET, actor=actor)
    if not form.is_valid():
        raise errors.BadInput("web.filter", _("The filters cannot be read, so nothing is dismissed."))
    return form.narrow(seen)


def _dismiss(actor: Actor, rows: RowSet, facts: DismissalFacts, *, shown_root: str) -> bool:
    if rows.root.hex() != shown_root:
        sentence = _("The rows have changed since you looked: these match now. Look at them, then press again.")
        raise errors.Stale("rowset.changed", sentence, theirs=rows.count)
    dismiss_responses(by=actor, rows=rows, facts=facts)
    return True


def _said(count: int) -> str:
    return ngettext("%(count)s response is dismissed.", "%(count)s responses are dismissed.", count) % {
        "count": f"{count:,}"
    }


def _context(request: HttpRequest, form: DismissForm, rows: RowSet, chosen: Any) -> dict[str, Any]:
    related = ("ad__line__owner",)
    return {
        "form": form,
        "rows": rows,
        "root": rows.root.hex(),
        "first_rows": list(rows.query.select_related(*related).order_by("first_at", "pk")[:FIRST_ROWS]),
        "more_count": max(0, rows.count - FIRST_ROWS),
        "left_count": max(0, chosen.count() - rows.count),
        "is_by_rows": "row" in request.GET,
        "crumbs": [(_("Responses"), reverse("intake:responses"))],
    }
