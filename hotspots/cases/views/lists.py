"""The lists of cases, tab by tab."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.models import Arrest, Citation, Encounter, Hearing, Investigation, Matter, Subject
from hotspots.cases.views import tables
from hotspots.cases.views.pages import READERS, case_tabs
from hotspots.web.audience import actor_for, audience
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Table

PLACED = ("operation", "credited")


def _list(request: HttpRequest, table: Table, rows: Any, label: Any = "", url_name: str = "") -> HttpResponseBase:
    """Answer with one of the lists, and what may be recorded there."""
    may_record = url_name and actor_for(request).holds_any(*RECORDERS)
    action = {"label": label, "url": _record_url(request, url_name)} if may_record else None
    context = {"tabs": case_tabs(request), "action": action, "shows_charges": table is tables.MATTERS}
    return table.respond(request, rows, "cases/cases.html", context)


def _record_url(request: HttpRequest, url_name: str) -> str:
    operation = request.GET.get("operation", "")
    return f"{reverse(url_name)}?operation={operation}" if operation else reverse(url_name)


CASE_ADDRESSES = (
    "/citations",
    "/arrests",
    "/investigations",
    "/matters",
    "/charges",
    "/subjects",
    "/encounters",
    "/hearings",
)


@in_navigation(gettext_lazy("Cases"), url_name="cases:cases", order=60, also=CASE_ADDRESSES)
@audience(*READERS)
def show_citations(request: HttpRequest) -> HttpResponseBase:
    """Show the citations."""
    rows = Citation.objects.visible_to(actor_for(request)).select_related(*PLACED)
    rows = rows.prefetch_related("counts__statute")
    return _list(request, tables.CITATIONS, rows, _("Record a citation"), "cases:record_citation")


@audience(*READERS)
def show_arrests(request: HttpRequest) -> HttpResponseBase:
    """Show the arrests."""
    rows = Arrest.objects.visible_to(actor_for(request)).select_related(*PLACED).prefetch_related("counts__statute")
    return _list(request, tables.ARRESTS, rows, _("Record an arrest"), "cases:record_arrest")


@audience(*READERS)
def show_investigations(request: HttpRequest) -> HttpResponseBase:
    """Show the investigations."""
    rows = Investigation.objects.visible_to(actor_for(request)).select_related(*PLACED)
    rows = rows.prefetch_related("counts__statute")
    return _list(request, tables.INVESTIGATIONS, rows, _("Open an investigation"), "cases:open_investigation")


@audience(*READERS)
def show_matters(request: HttpRequest) -> HttpResponseBase:
    """Show the matters."""
    rows = Matter.objects.visible_to(actor_for(request)).select_related(*PLACED, "citation", "arrest", "investigation")
    return _list(request, tables.MATTERS, rows)


@audience(*READERS)
def show_subjects(request: HttpRequest) -> HttpResponseBase:
    """Show the subjects, by reference: no name stands in a list."""
    rows = Subject.objects.visible_to(actor_for(request)).select_related(*PLACED).defer("sealed")
    return _list(request, tables.SUBJECTS, rows, _("Identify a person"), "cases:identify_subject")


@audience(*READERS)
def show_encounters(request: HttpRequest) -> HttpResponseBase:
    """Show the encounters."""
    rows = Encounter.objects.visible_to(actor_for(request)).select_related(*PLACED).defer("sealed")
    return _list(request, tables.ENCOUNTERS, rows, _("Record an encounter"), "cases:record_encounter")


@audience(*READERS)
def show_hearings(request: HttpRequest) -> HttpResponseBase:
    """Show the hearings."""
    rows = Hearing.objects.visible_to(actor_for(request)).select_related("citation", "matter")
    return _list(request, tables.HEARINGS, rows)
