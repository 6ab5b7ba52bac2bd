"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotspots.desk.now.page import page_for
from hotspots.web.audience import SIGNED_IN, actor_for, audience
from hotspots.web.navigation import in_navigation
from hotspots.web.why import why_of


@in_navigation(_("Now"), url_name="desk:now", order=10)
@audience(who=SIGNED_IN)
def show_now(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader now, by the roles they hold."""
    actor = actor_for(request)
    context = {"page": page_for(actor), "today": timezone.localtime(), "why": why_of(actor)}
    return render(request, "desk/now.html", context)
