"""Find the responses of a number: the number is sent in the body of a form, and no address ever holds it.

What was found goes into the address of the list by ids, or by the reference of a response. So no number gets into the
browser's history, into `next` of the sign-in page, into a trail, or into the access log of a server.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hotspots.intake.queries.search import find_contact_points, find_reference
from hotspots.intake.rules import is_reference
from hotspots.intake.views.pages import TASK_FORCE, reads_words
from hotspots.web.audience import actor_for, audience
from hotspots.web.tables import FilterForm
from hotspots.web.walk import with_parameter

FOUND, NOTHING = "found", "none"
OF_THE_PAGE = (FOUND, "after", "before", "at", "format")
MOST_FOUND = 40  # ids that an address holds with ease


class FoundFilters(FilterForm):
    """Narrow responses to those that a search has found: by the ids in the address, which are no field of the form."""

    @property
    def is_narrowing(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.data.get(FOUND)) or super().is_narrowing

    def narrow(self, rows: Any) -> Any:
        """Keep the responses that were found."""
        found = self.data.get(FOUND, "")
        if not found:
            return rows
        if is_reference(found):
            return rows.filter(reference=found)
        return rows.filter(contact_point_id__in=[pk for text in found.split(",") if (pk := id_of(text))])


def id_of(text: str) -> uuid.UUID | None:
    """Read an id from an address, or give None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def finding_of(request: HttpRequest, *, is_offered: bool = True) -> dict[str, Any]:
    """Give what the form of the search needs on a page with a list of responses, for those who read numbers."""
    if not is_offered or not reads_words(actor_for(request)):
        return {}
    kept = request.GET.copy()
    for name in OF_THE_PAGE:
        kept.pop(name, None)
    back = f"{request.path}?{kept.urlencode()}" if kept else request.path
    return {"finding": {"back": back, "is_found": bool(request.GET.get(FOUND))}}


@audience(*TASK_FORCE)
def find(request: HttpRequest) -> HttpResponse:
    """Find a number, its last four digits or a reference, and lead to the list that shows what was found."""
    back = request.POST.get("back", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("intake:responses")
    sought = request.POST.get("sought", "").strip()[:80]
    if not sought:
        messages.warning(request, _("Give a number, its last four digits or a reference to find."))
        return redirect(back)
    actor = actor_for(request)
    reference = find_reference(actor, sought)
    ids = [] if reference else find_contact_points(actor, sought, most=MOST_FOUND + 1)
    if len(ids) > MOST_FOUND:
        messages.warning(request, _("Too many numbers end so to list them here. Give the whole number."))
        return redirect(back)
    return redirect(with_parameter(back, FOUND, reference or ",".join(str(pk) for pk in ids) or NOTHING))
