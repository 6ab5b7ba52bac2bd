"""What is odd in a file was looked at."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.intake.actions.anomalies import review_anomalies
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Export
from hotspots.intake.views.pages import onward
from hotspots.web.audience import actor_for, audience, require_one


@require_POST
@audience(*KEEPERS)
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that what is odd in the file was looked at."""
    actor = actor_for(request)
    export: Export = require_one(Export.objects.visible_to(actor), pk, _("export"))
    try:
        review_anomalies(by=actor, export=export)
        messages.success(request, _("Reviewed. It waits on nobody any more; the page keeps who looked, and when."))
    except errors.Stale as refusal:  # somebody else pressed first
        messages.warning(request, str(refusal))
    return redirect(onward(request, reverse("intake:export", args=[export.pk])) + "#things")
