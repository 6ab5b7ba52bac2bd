"""Forms that decide: matters, charges and hearings."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hotspots.access.rules import Role
from hotspots.cases import actions
from hotspots.cases.actions.setting import RECORDERS
from hotspots.cases.forms.matters import (
    AmendForm,
    ChargeForm,
    DeclineForm,
    DismissForm,
    HearingCorrectionForm,
    HearingForm,
    OutcomeForm,
    SubmitForm,
    VoidChargeForm,
    VoidMatterForm,
)
from hotspots.cases.models import Arrest, Charge, Citation, Hearing, Investigation, Matter
from hotspots.cases.views.pages import crumbs_of, page_of
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.form_page import FormPage

SOURCES: dict[str, Any] = {"citations": Citation, "arrests": Arrest, "investigations": Investigation}
HEARD: dict[str, Any] = {"citations": Citation, "matters": Matter}


def _page(request: HttpRequest, title: str, button: str, record: Any, **more: Any) -> FormPage:
    """Give the page around a form; the verb, which the address is named after, is asked who may before one types."""
    crumbs = tuple(crumbs_of(request, getattr(record, "of_record", record)))
    verb = getattr(actions, request.resolver_match.url_name)  # type: ignore[union-attr, arg-type]
    return FormPage(title, button, cancel_url=crumbs[-1][1], crumbs=crumbs, record=record, verb=verb, **more)


@audience(*RECORDERS)
def submit_matter(request: HttpRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Submit a record to the prosecutor."""
    actor = actor_for(request)
    source = require_one(SOURCES[kind].objects.visible_to(actor), pk, _("record"))
    form = SubmitForm(request.POST or None, actor=actor, source=source)
    title = _("Submit %(record)s to the prosecutor") % {"record": source}
    lead = _("The prosecutor declines it or files charges. Both are recorded with their date.")
    page = _page(request, title, _("Submit"), source, lead=lead, done=_("The matter is submitted."))

    def perform() -> Matter:
        person = form.cleaned_data.get("person")
        return actions.submit_matter(by=actor, source=source, person=person, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, "cases:matter")


@audience(Role.PROSECUTOR)
def decline_matter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Decline a matter."""
    actor = actor_for(request)
    matter = require_one(Matter.objects.visible_to(actor), pk, _("matter"))
    form = DeclineForm(request.POST or None)
    title = _("Decline %(matter)s") % {"matter": matter}
    page = _page(request, title, _("Decline"), matter, done=_("The matter is declined."), is_stopping=True)

    def perform() -> Matter:
        return actions.decline_matter(by=actor, matter=matter, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)


@audience(*RECORDERS)
def void_matter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void a matter that was submitted in error."""
    actor = actor_for(request)
    matter = require_one(Matter.objects.visible_to(actor), pk, _("matter"))
    form = VoidMatterForm(request.POST or None)
    title = _("Void %(matter)s") % {"matter": matter}
    lead = _("For a matter submitted in error. It stays in the record and is counted nowhere, not even as submitted.")
    page = _page(request, title, _("Void it"), matter, lead=lead, done=_("The matter is void."), is_stopping=True)

    def perform() -> Matter:
        return actions.void_matter(by=actor, matter=matter, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)


@audience(Role.PROSECUTOR)
def file_charge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """File a charge."""
    actor = actor_for(request)
    matter = require_one(Matter.objects.visible_to(actor), pk, _("matter"))
    form = ChargeForm(request.POST or None, matter=matter)
    title = _("File a charge in %(matter)s") % {"matter": matter}
    lead = _("A charge is an accusation. Each person is presumed innocent unless proven guilty in court.")
    page = _page(request, title, _("File charge"), matter, lead=lead, done=_("The charge is filed."))

    def perform() -> Charge:
        return actions.file_charge(by=actor, matter=matter, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, page_of)


@audience(Role.PROSECUTOR)
def amend_charge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Amend a charge into another."""
    actor = actor_for(request)
    charge = require_one(Charge.objects.visible_to(actor).select_related("matter"), pk, _("charge"))
    form = AmendForm(request.POST or None, charge=charge)
    title = _("Amend count %(number)s, %(code)s") % {"number": charge.number, "code": charge.statute.code}
    lead = _("Both stay in the record; the new count says what it was amended from.")
    page = _page(request, title, _("Amend charge"), charge.matter, lead=lead, done=_("The charge is amended."))

    def perform() -> Charge:
        return actions.amend_charge(by=actor, charge=charge, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, page_of)


@audience(Role.PROSECUTOR)
def dismiss_charge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Dismiss a charge."""
    actor = actor_for(request)
    charge = require_one(Charge.objects.visible_to(actor).select_related("matter"), pk, _("charge"))
    form = DismissForm(request.POST or None)
    title = _("Dismiss count %(number)s, %(code)s") % {"number": charge.number, "code": charge.statute.code}
    page = _page(
        request, title, _("Dismiss charge"), charge.matter, done=_("The charge is dismissed."), is_stopping=True
    )

    def perform() -> Charge:
        return actions.dismiss_charge(by=actor, charge=charge, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, page_of)


@audience(Role.PROSECUTOR)
def void_charge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void a charge that was entered in error."""
    actor = actor_for(request)
    charge = require_one(Charge.objects.visible_to(actor).select_related("matter"), pk, _("charge"))
    form = VoidChargeForm(request.POST or None)
    title = _("Void count %(number)s, %(code)s") % {"number": charge.number, "code": charge.statute.code}
    lead = _("For a charge entered in error. It stays in the record and is counted nowhere, not even as filed.")
    page = _page(
        request, title, _("Void charge"), charge.matter, lead=lead, done=_("The charge is void."), is_stopping=True
    )

    def perform() -> Charge:
        return actions.void_charge(by=actor, charge=charge, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform, page_of)


@audience(*RECORDERS)
def schedule_hearing(request: HttpRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Schedule a hearing."""
    actor = actor_for(request)
    record = require_one(HEARD[kind].objects.visible_to(actor), pk, _("record"))
    form = HearingForm(request.POST or None)
    title = _("Schedule a hearing on %(record)s") % {"record": record}
    lead = _("In the county's time. A day on which courts do not sit is marked, not refused.")
    page = _page(request, title, _("Save hearing"), record, lead=lead, done=_("The hearing is saved."))

    def perform() -> Hearing:
        return actions.schedule_hearing(by=actor, record=record, facts=form.hearing(), **form.sending)

    return page.answer(request, form, perform)


@audience(*RECORDERS)
def correct_hearing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a hearing."""
    actor = actor_for(request)
    hearing = require_one(Hearing.objects.visible_to(actor), pk, _("hearing"))
    form = HearingCorrectionForm.of(hearing, request.POST or None)
    page = _page(request, _("Correct the hearing"), _("Save correction"), hearing, done=_("The hearing is corrected."))

    def perform() -> Hearing:
        return actions.correct_hearing(by=actor, hearing=hearing, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)


@audience(Role.PROSECUTOR, Role.COORDINATOR)
def record_outcome(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record what became of a hearing."""
    actor = actor_for(request)
    hearing = require_one(Hearing.objects.visible_to(actor), pk, _("hearing"))
    form = OutcomeForm(request.POST or None, hearing=hearing)
    void = _("%(record)s is void. Its hearing can be vacated.") % {"record": hearing.of_record}
    lead = void if hearing.of_record.is_void else ""
    title = _("What became of the hearing")
    page = _page(request, title, _("Save outcome"), hearing, lead=lead, done=_("The outcome is saved."))

    def perform() -> Hearing:
        return actions.record_hearing_outcome(by=actor, hearing=hearing, facts=form.facts(), **form.sending)

    return page.answer(request, form, perform)
