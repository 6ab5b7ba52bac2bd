"""The pages of single records."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.cases.actions import open_subject
from hotspots.cases.actions.hearings import record_day
from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.forms.people import OpenForm
from hotspots.cases.models import Arrest, Charge, Citation, Encounter, Hearing, Investigation, Matter, Subject
from hotspots.cases.queries.identities import words_of_encounter
from hotspots.cases.rules.courts import hearing_warning
from hotspots.cases.rules.kinds import MatterState
from hotspots.cases.rules.questions import QUESTIONS
from hotspots.cases.views.pages import (
    READERS,
    carried,
    reads_content,
    record_context,
    visible_document,
    visible_encounter,
    visible_response,
    walk_context,
)
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.form_page import WITH_ERRORS
from hotspots.web.links import open_url
from hotspots.web.walk import trail_of

RELATED = ("operation", "campaign", "owner", "credited", "recorded_by__organization")
OVER = (MatterState.DECLINED, MatterState.VOIDED)  # after these, the same may be submitted again
STOP_RELATED = (*RELATED, "officer")


def _stop_page(request: HttpRequest, stop: Citation | Arrest, more: dict[str, Any]) -> HttpResponse:
    actor, trail = actor_for(request), trail_of(request)
    response, document = visible_response(actor, stop), visible_document(actor, stop)
    context = {
        **record_context(request, stop),
        **walk_context(request, stop),
        "is_citation": isinstance(stop, Citation),
        "counts": stop.counts.select_related("statute"),
        "response": response,
        "encounter": visible_encounter(actor, stop),
        "response_url": carried(trail, open_url(actor, "intake:response", pk=response.pk)) if response else "",
        "document": document,
        "document_url": carried(trail, open_url(actor, "evidence:item", pk=document.pk)) if document else "",
        **_matters_of(actor, **{str(stop._meta.model_name): stop}),
        **more,
    }
    return render(request, "cases/stop.html", context)


def _matters_of(actor: Actor, **source: Any) -> dict[str, Any]:
    matters = list(Matter.objects.visible_to(actor).filter(**source))
    return {"matters": matters, "is_submitted": any(one.state not in OVER for one in matters)}


def _hearings_of(request: HttpRequest, **record: Any) -> list[dict[str, Any]]:
    rows = Hearing.objects.visible_to(actor_for(request)).filter(**record).select_related("citation", "matter")
    return [{"hearing": row, "warning": hearing_warning(row.hearing_on, record_day(row))} for row in rows]


@audience(*READERS)
def show_citation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a citation: what it says, its counts, its hearings, where it came from."""
    rows = Citation.objects.visible_to(actor_for(request)).select_related(*STOP_RELATED)
    citation = require_one(rows, pk, _("citation"))
    return _stop_page(request, citation, {"hearings": _hearings_of(request, citation=citation)})


@audience(*READERS)
def show_arrest(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an arrest: what it says, its counts, where it came from."""
    rows = Arrest.objects.visible_to(actor_for(request)).select_related(*STOP_RELATED)
    return _stop_page(request, require_one(rows, pk, _("arrest")), {})


@audience(*READERS)
def show_investigation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an investigation and what it is into."""
    actor = actor_for(request)
    rows = Investigation.objects.visible_to(actor).select_related(*RELATED)
    investigation = require_one(rows, pk, _("investigation"))
    context = {
        **record_context(request, investigation),
        **walk_context(request, investigation),
        "counts": investigation.counts.select_related("statute"),
        **_matters_of(actor, investigation=investigation),
    }
    return render(request, "cases/investigation.html", context)


@audience(*READERS)
def show_matter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a matter before the prosecutor: its dates, charges and hearings."""
    actor = actor_for(request)
    sources = ("citation", "arrest", "investigation", "prosecutor__organization")
    rows = Matter.objects.visible_to(actor).select_related(*RELATED, *sources)
    matter = require_one(rows, pk, _("matter"))
    charges = Charge.objects.visible_to(actor).filter(matter=matter).select_related("statute", "amended_from")
    context = {
        **record_context(request, matter),
        "charges": charges,
        "hearings": _hearings_of(request, matter=matter),
    }
    return render(request, "cases/matter.html", context)


@audience(*READERS)
def show_encounter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an encounter: the answers as they were given, and no score."""
    actor = actor_for(request)
    rows = Encounter.objects.visible_to(actor).select_related(*RELATED)
    encounter = require_one(rows, pk, _("encounter"))
    is_read = reads_content(actor)
    answers = [{"words": one.words, "answer": getattr(encounter, one.key)} for one in QUESTIONS]
    context = {
        **record_context(request, encounter),
        "answers": answers if is_read and encounter.has_asked_questions else [],
        "words": words_of_encounter(encounter) if is_read else "",
    }
    return render(request, "cases/encounter.html", context)


def _subject_for(request: HttpRequest, pk: uuid.UUID) -> Subject:
    related = ("operation", "owner", "credited", "recorded_by__organization")
    rows = Subject.objects.visible_to(actor_for(request)).select_related(*related)
    subject: Subject = require_one(rows, pk, _("subject"))
    return subject


def _subject_page(request: HttpRequest, subject: Subject, **more: Any) -> HttpResponse:
    actor = actor_for(request)
    context = {
        **record_context(request, subject),
        "citations": Citation.objects.visible_to(actor).filter(subject=subject),
        "arrests": Arrest.objects.visible_to(actor).filter(subject=subject),
        "matters": Matter.objects.visible_to(actor).filter(subject=subject),
        "form": OpenForm(),
        **more,
    }
    status = WITH_ERRORS if context["form"].errors else 200
    return render(request, "cases/subject.html", context, status=status)


@audience(*READERS)
def show_subject(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a subject by reference; the identity stays sealed until it is opened for a purpose."""
    return _subject_page(request, _subject_for(request, pk))


@audience(*RECORDERS)
def open_identity(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the identity of a subject for a purpose, and show it once."""
    subject = _subject_for(request, pk)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        identity = open_subject(by=actor_for(request), subject=subject, facts=form.facts())
        return _subject_page(request, subject, identity=identity)
    return _subject_page(request, subject, form=form)
