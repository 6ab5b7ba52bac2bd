"""What several pages of cases show alike: who reads, the tabs, why, the walk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.access.models import Record
from hotspots.access.rules import Role
from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.models import Arrest, Charge, Citation, Encounter, Investigation, Matter, Subject
from hotspots.evidence.models import Item
from hotspots.evidence.views.tabs import tabs_of
from hotspots.intake.models import Response
from hotspots.web.audience import actor_for
from hotspots.web.links import open_url
from hotspots.web.walk import Step, Trail, steps_of, trail_of, updown_of
from hotspots.web.why import why_of

READERS = (*RECORDERS, Role.CUSTODIAN, Role.AUDITOR)
# An auditor reads references, documents and dates, not what is known of a person.
CONTENT_READERS = (*RECORDERS, Role.CUSTODIAN)

PAGES: dict[type[Record], str] = {
    Citation: "cases:citation",
    Arrest: "cases:arrest",
    Investigation: "cases:investigation",
    Matter: "cases:matter",
    Subject: "cases:subject",
    Encounter: "cases:encounter",
}
TABS = (
    (gettext_lazy("Citations"), "cases:cases"),
    (gettext_lazy("Arrests"), "cases:arrests"),
    (gettext_lazy("Investigations"), "cases:investigations"),
    (gettext_lazy("Matters"), "cases:matters"),
    (gettext_lazy("Subjects"), "cases:subjects"),
    (gettext_lazy("Encounters"), "cases:encounters"),
    (gettext_lazy("Hearings"), "cases:hearings"),
)


def page_of(row: Any) -> str:
    """Give the address of a record's page; a charge stands on its matter's."""
    if isinstance(row, Charge):
        return reverse("cases:matter", args=[row.matter_id])
    return reverse(PAGES[type(row)], args=[row.pk])


def case_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the lists of cases; they keep the operation they are narrowed to."""
    operation = request.GET.get("operation", "")
    tabs = tabs_of(request, *TABS)
    return [{**tab, "url": f"{tab['url']}?operation={operation}"} for tab in tabs] if operation.strip() else tabs


def reads_content(actor: Actor) -> bool:
    """Tell whether the actor reads what is known of a person, and not references alone."""
    return actor.holds_any(*CONTENT_READERS)


def record_context(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Give what each record's page shows: crumbs, what may be done, why."""
    actor = actor_for(request)
    text, links = why_of(actor, record)
    return {
        "record": record,
        "subject": visible_subject(actor, record),
        "crumbs": crumbs_of(request),
        "may_record": actor.covers(RECORDERS, record.scopes()),
        "is_prosecutor": actor.covers([Role.PROSECUTOR], record.scopes()),
        "may_decide_hearing": actor.covers([Role.PROSECUTOR, Role.COORDINATOR], record.scopes()),
        "reads_content": reads_content(actor),
        "operation_url": open_url(actor, "operations:operation", pk=record.operation_id) if record.operation_id else "",
        "why": {"text": text, "links": links},
    }


def crumbs_of(request: HttpRequest, record: Any = None) -> list[tuple[Any, str]]:
    """Give the parents of a page."""
    crumbs = [(_("Cases"), reverse("cases:cases"))]
    return [*crumbs, (str(record), page_of(record))] if record is not None else crumbs


def walk_context(request: HttpRequest, stop: Citation | Arrest | Investigation) -> dict[str, Any]:
    """Give the walk around a record that a figure led to; without a figure there is none."""
    trail = trail_of(request)
    if not trail:
        return {}
    actor = actor_for(request)
    found = {Step.MESSAGE: (stop.reference, request.get_full_path()), **_steps_below(actor, stop)}
    steps = steps_of(trail, here=Step.MESSAGE, found=found, row=stop.pk)
    up, down = updown_of(steps)
    return {"steps": steps, "up": up, "down": down}


def visible_response(actor: Actor, stop: Any) -> Response | None:
    """Give the response that a record came from, if the actor sees it."""
    pk = getattr(stop, "response_id", None)
    return Response.objects.visible_to(actor).filter(pk=pk).first() if pk else None


def visible_subject(actor: Actor, record: Any) -> Subject | None:
    """Give the person of a record, if the actor sees them: a record that moved leaves its person with their agency."""
    pk = getattr(record, "subject_id", None)
    return Subject.objects.visible_to(actor).filter(pk=pk).defer("sealed").first() if pk else None


def visible_encounter(actor: Actor, stop: Any) -> Encounter | None:
    """Give the encounter that a record came from, if the actor sees it."""
    pk = getattr(stop, "encounter_id", None)
    return Encounter.objects.visible_to(actor).filter(pk=pk).first() if pk else None


def visible_document(actor: Actor, stop: Any) -> Item | None:
    """Give the document of a record in evidence, if the actor sees it."""
    pk = getattr(stop, "document_id", None)
    return Item.objects.visible_to(actor).filter(pk=pk).select_related("blob").first() if pk else None


def carried(trail: Trail, url: str) -> str:
    """Give an address that keeps the trail, where there is one."""
    return trail.keep(url) if trail and url else url


def _steps_below(actor: Actor, stop: Any) -> dict[Step, tuple[str, str | None]]:
    document = visible_document(actor, stop)
    response = visible_response(actor, stop)
    shut = _("See the response") if response else _("Not counted from a file")
    steps: dict[Step, tuple[str, str | None]] = {Step.BYTES: (shut, None)}
    if document is None:
        number = getattr(stop, "document_number", "")
        words = _("Document %(number)s, on paper") % {"number": number} if number else _("No document")
        return {**steps, Step.FILE: (words, None), Step.CUSTODY: (_("No item of evidence"), None)}
    url = reverse("evidence:item", args=[document.pk])
    name = f"{document.sha256[:4]}…{document.sha256[-4:]}" if document.sha256 else _("A physical item")
    return {**steps, Step.FILE: (name, url), Step.CUSTODY: (_("Its custody"), f"{url}#custody")}
