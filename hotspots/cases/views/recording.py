"""Forms that record: citations, arrests, encounters, subjects, investigations."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots.cases import actions
from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.forms.investigations import (
    CloseForm,
    InvestigationCorrectionForm,
    InvestigationForm,
    VoidInvestigationForm,
)
from hotspots.cases.forms.people import (
    EncounterCorrectionForm,
    EncounterForm,
    SubjectCorrectionForm,
    SubjectForm,
    VoidEncounterForm,
)
from hotspots.cases.forms.stops import ArrestForm, CitationForm, StopCorrectionForm, VoidForm
from hotspots.cases.models import Arrest, Citation, Encounter, Investigation, Subject
from hotspots.cases.views.pages import crumbs_of, page_of
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.form_page import FormPage


def _page(request: HttpRequest, title: str, button: str, *, record: Any = None, **more: Any) -> FormPage:
    cancel = page_of(record) if record is not None else reverse("cases:cases")
    crumbs = tuple(crumbs_of(request, record))
    return FormPage(title, button, cancel_url=cancel, crumbs=crumbs, record=record, **more)


@audience(*RECORDERS)
def record_citation(request: HttpRequest) -> HttpResponse:
    """Record a citation, on a phone."""
    actor = actor_for(request)
    form = CitationForm(request.POST or None, actor=actor, asked=request.GET)
    page = _page(
        request, _("Citation"), _("Save citation"), done=_("The citation is saved."), template="cases/stop_form.html"
    )

    def perform() -> Citation:
        return actions.record_citation(by=actor, facts=form.facts(), **form.setting(), **form.sending)

    return page.answer(request, form, perform, "cases:citation")


@audience(*RECORDERS)
def record_arrest(request: HttpRequest) -> HttpResponse:
    """Record an arrest."""
    actor = actor_for(request)
    form = ArrestForm(request.POST or None, actor=actor, asked=request.GET)
    page = _page(
        request, _("Arrest"), _("Save arrest"), done=_("The arrest is saved."), template="cases/stop_form.html"
    )

    def perform() -> Arrest:
        return actions.record_arrest(by=actor, facts=form.facts(), **form.setting(), **form.sending)

    return page.answer(request, form, perform, "cases:arrest")


@audience(*RECORDERS)
def record_encounter(request: HttpRequest) -> HttpResponse:
    """Record an encounter, with the questions of PC 236.2."""
    actor = actor_for(request)
    form = EncounterForm(request.POST or None, actor=actor, asked=request.GET)
    page = _page(
        request,
        _("Encounter"),
        _("Save encounter"),
        done=_("The encounter is saved."),
        template="cases/encounter_form.html",
    )

    def perform() -> Any:
        return actions.record_encounter(by=actor, facts=form.facts(), **form.setting(), **form.sending)

    return page.answer(request, form, perform, "cases:encounter")


@audience(*RECORDERS)
def correct_encounter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an encounter; the words beside the answers stay sealed as they are."""
    record = require_one(Encounter.objects.visible_to(actor_for(request)), pk, _("encounter"))
    form = EncounterCorrectionForm(request.POST or None, actor=actor_for(request), encounter=record)
    return _correct(request, record, actions.correct_encounter, "encounter", form)


@audience(*RECORDERS)
def void_encounter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void an encounter."""
    record = require_one(Encounter.objects.visible_to(actor_for(request)), pk, _("encounter"))
    form = VoidEncounterForm(request.POST or None)
    return _void(request, record, actions.void_encounter, "encounter", form)


@audience(*RECORDERS)
def identify_subject(request: HttpRequest) -> HttpResponse:
    """Identify a person on a lawful basis."""
    actor = actor_for(request)
    form = SubjectForm(request.POST or None, actor=actor)
    lead = _("A person is a subject only when identified on a lawful basis, never from a message alone.")
    page = _page(request, _("Identify a person"), _("Save subject"), lead=lead, done=_("The subject is saved."))

    def perform() -> Subject:
        said = {name: form.cleaned_data[name] for name in ("credited", "operation", "encounter")}
        return actions.identify_subject(by=actor, facts=form.person(), **said, **form.sending)

    return page.answer(request, form, perform, "cases:subject")


@audience(*RECORDERS)
def correct_subject(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what is known of a person; the sealed part is typed again."""
    actor = actor_for(request)
    subject = require_one(Subject.objects.visible_to(actor), pk, _("subject"))
    known = {name: getattr(subject, name) for name in ("title", "basis", "age_band", "identified_on")}
    form = SubjectCorrectionForm(request.POST or None, initial=known)
    lead = _("The name, the birth date and the note are sealed and not shown here. They stay unless you replace them.")
    title = _("Correct %(subject)s") % {"subject": subject}
    said = {"lead": lead, "done": _("The subject is corrected."), "verb": actions.correct_subject}
    page = _page(request, title, _("Correct subject"), record=subject, **said)

    def perform() -> Subject:
        return actions.correct_subject(by=actor, subject=subject, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)


@audience(*RECORDERS)
def open_investigation(request: HttpRequest) -> HttpResponse:
    """Open an investigation."""
    actor = actor_for(request)
    form = InvestigationForm(request.POST or None, actor=actor, asked=request.GET)
    lead = _("Into offenses under named statutes. It names no person.")
    page = _page(request, _("Open an investigation"), _("Open investigation"), lead=lead, done=_("It is open."))

    def perform() -> Investigation:
        return actions.open_investigation(by=actor, facts=form.facts(), **form.setting(), **form.sending)

    return page.answer(request, form, perform, "cases:investigation")


@audience(*RECORDERS)
def close_investigation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close an investigation."""
    actor = actor_for(request)
    record = require_one(Investigation.objects.visible_to(actor), pk, _("investigation"))
    form = CloseForm(request.POST or None)
    title = _("Close %(record)s") % {"record": record}
    said = {"done": _("It is closed."), "verb": actions.close_investigation}
    page = _page(request, title, _("Close investigation"), record=record, is_stopping=True, **said)

    def perform() -> Investigation:
        return actions.close_investigation(by=actor, investigation=record, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)


@audience(*RECORDERS)
def correct_investigation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an investigation."""
    record = require_one(Investigation.objects.visible_to(actor_for(request)), pk, _("investigation"))
    form = InvestigationCorrectionForm(request.POST or None, actor=actor_for(request), investigation=record)
    return _correct(request, record, actions.correct_investigation, "investigation", form)


@audience(*RECORDERS)
def void_investigation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void an investigation."""
    record = require_one(Investigation.objects.visible_to(actor_for(request)), pk, _("investigation"))
    form = VoidInvestigationForm(request.POST or None)
    return _void(request, record, actions.void_investigation, "investigation", form)


@audience(*RECORDERS)
def correct_citation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a citation."""
    record = require_one(Citation.objects.visible_to(actor_for(request)), pk, _("citation"))
    return _correct(request, record, actions.correct_citation, "citation")


@audience(*RECORDERS)
def correct_arrest(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an arrest."""
    record = require_one(Arrest.objects.visible_to(actor_for(request)), pk, _("arrest"))
    return _correct(request, record, actions.correct_arrest, "arrest")


@audience(*RECORDERS)
def void_citation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void a citation."""
    record = require_one(Citation.objects.visible_to(actor_for(request)), pk, _("citation"))
    return _void(request, record, actions.void_citation, "citation")


@audience(*RECORDERS)
def void_arrest(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void an arrest."""
    record = require_one(Arrest.objects.visible_to(actor_for(request)), pk, _("arrest"))
    return _void(request, record, actions.void_arrest, "arrest")


def _correct(request: HttpRequest, record: Any, verb: Any, name: str, form: Any = None) -> HttpResponse:
    actor = actor_for(request)
    title = _("Correct %(record)s") % {"record": record}
    lead = _(
        "What it said before stays in the history, with your reason. Live counts change at once; frozen figures do not."
    )
    if form is None:
        form = StopCorrectionForm(request.POST or None, actor=actor, stop=record)
        lead = f"{lead} {_('The person is not changed here: void the record and record it again with the right one.')}"
    said = {"lead": lead, "done": _("The record is corrected."), "verb": verb}
    page = _page(request, title, _("Save correction"), record=record, **said)
    return page.answer(request, form, lambda: verb(by=actor, facts=form.facts(), **{name: record}, **form.sending))


def _void(request: HttpRequest, record: Any, verb: Any, name: str, form: Any = None) -> HttpResponse:
    actor = actor_for(request)
    form = form or VoidForm(request.POST or None)
    title = _("Void %(record)s") % {"record": record}
    lead = _(
        "It stays in the record with your name and reason and is counted nowhere. It cannot be made to stand again."
    )
    said = {"lead": lead, "done": _("The record is void."), "verb": verb}
    page = _page(request, title, _("Void it"), record=record, is_stopping=True, **said)
    return page.answer(request, form, lambda: verb(by=actor, facts=form.facts(), **{name: record}, **form.sending))
