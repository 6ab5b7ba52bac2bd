"""Pages of the coalition."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotspots.access.models import Organization, User
from hotspots.access.rules import Role
from hotspots.coalition import actions, forms, rules
from hotspots.coalition.models import Contact, Membership
from hotspots.coalition.queries import organizations_of
from hotspots.web.audience import SIGNED_IN, actor_for, audience, require_one
from hotspots.web.form_page import FormPage
from hotspots.web.links import open_url
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, Table
from hotspots.web.why import why_of

CRUMBS: tuple[Any, ...] = ((gettext_lazy("Coalition"), "/coalition"),)


def address_of(organization: Organization) -> str:
    """Give the address of an organization's page."""
    return reverse("coalition:organization", kwargs={"pk": organization.pk})


ORGANIZATIONS = Table(
    title=gettext_lazy("Organizations"),
    file_name="organizations",
    columns=(
        Column("name", gettext_lazy("Organization"), value="name", sort="name", link=address_of, is_head=True),
        Column("kind", gettext_lazy("Kind"), value=forms.kind_words, sort="organization_kind", is_lead=True),
        Column("joined", gettext_lazy("Member since"), value="joined_on", sort="joined_on", is_spare=True),
        Column(
            "contacts",
            gettext_lazy("Contacts"),
            value="contacts_count",
            sort="contacts_count",
            is_numeric=True,
            unit=lambda count: ngettext("contact", "contacts", count),
        ),
        Column(
            "people",
            gettext_lazy("People with an account"),
            value="people_count",
            sort="people_count",
            is_numeric=True,
            unit=gettext_lazy("with an account"),
        ),
        Column(
            "status",
            gettext_lazy("Status"),
            value="status",
            sort="status",
            cell="coalition/parts/status.html",
        ),
    ),
    default_sort="name",
    filters=forms.OrganizationFilters,
    empty=Empty(
        gettext_lazy("No organization yet"),
        gettext_lazy("Agencies and community organizations appear here when the coordinator admits them."),
        gettext_lazy("Admit an organization"),
        "coalition:admit",
        roles=(Role.COORDINATOR,),
    ),
)


@in_navigation(gettext_lazy("Coalition"), url_name="coalition:organizations", order=70)
@audience(who=SIGNED_IN)
def show_organizations(request: HttpRequest) -> HttpResponseBase:
    """Show the organizations of the county."""
    actor = actor_for(request)
    may_admit = actor.holds_any(Role.COORDINATOR)
    rows = organizations_of(actor)
    members = Membership.objects.visible_to(actor).filter(left_on__isnull=True).count
    context = {"may_admit": may_admit, "members_count": members}
    return ORGANIZATIONS.respond(request, rows, "coalition/organizations.html", context)


@audience(who=SIGNED_IN)
def show_organization(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an organization: facts, contacts, people."""
    actor = actor_for(request)
    organization = require_one(organizations_of(actor), pk, "organization")
    text, links = why_of(actor, organization)
    context = {
        "organization": organization,
        "kind": forms.kind_words(organization),
        "crumbs": CRUMBS,
        "memberships": Membership.objects.visible_to(actor).filter(organization=organization),
        "contacts": Contact.objects.visible_to(actor).in_use().filter(organization=organization),
        "people": User.objects.visible_to(actor).filter(organization=organization, is_active=True),
        "may_coordinate": actor.holds_any(Role.COORDINATOR),
        "may_speak": actor.covers(actions.SPEAKERS, organization.scopes()),
        "verbs": rules.verbs_from(organization.status) if organization.pk != actor.organization_id else (),
        "operations_url": open_url(actor, "operations:operations", query={"agency": organization.pk}),
        "why": {"text": text, "links": links},
    }
    return render(request, "coalition/organization.html", context)


@audience(Role.COORDINATOR)
def admit_organization(request: HttpRequest) -> HttpResponse:
    """Admit an organization."""
    form = forms.OrganizationForm(request.POST or None)
    page = FormPage(
        title=_("Admit an organization"),
        button=_("Admit organization"),
        cancel_url=reverse("coalition:organizations"),
        lead=_("It can then take part in operations, and its liaison can be named."),
        done=_("The organization is admitted."),
        crumbs=CRUMBS,
    )
    return page.answer(
        request,
        form,
        lambda: actions.admit_organization(by=actor_for(request), facts=form.facts(), **form.sending),
        "coalition:organization",
    )


def _page_of(organization: Organization, title: str, **parts: Any) -> FormPage:
    crumbs = (*CRUMBS, (organization.name, address_of(organization)))
    return FormPage(title=title, cancel_url=address_of(organization), crumbs=crumbs, **{"record": organization} | parts)


def _organization(request: HttpRequest, pk: uuid.UUID) -> Organization:
    found: Organization = require_one(Organization.objects.visible_to(actor_for(request)), pk, "organization")
    return found


def _contact(request: HttpRequest, pk: uuid.UUID) -> Contact:
    rows = Contact.objects.visible_to(actor_for(request)).in_use().select_related("organization")
    found: Contact = require_one(rows, pk, "contact")
    return found


@audience(Role.COORDINATOR)
def suspend_organization(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Suspend an organization."""
    organization, form = _organization(request, pk), forms.ReasonForm(request.POST or None)
    page = _page_of(
        organization,
        _("Suspend %(name)s") % {"name": organization.name},
        button=_("Suspend organization"),
        lead=_("It is offered for no new operation. Its people keep their accounts until their roles are ended."),
        done=_("The organization is suspended."),
        is_stopping=True,
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "organization": organization}
    return page.answer(
        request,
        form,
        lambda: actions.suspend_organization(**arguments, reason=form.cleaned_data["reason"], **form.sending),
    )


@audience(Role.COORDINATOR)
def reinstate_organization(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Reinstate an organization."""
    organization, form = _organization(request, pk), forms.ReasonForm(request.POST or None)
    page = _page_of(
        organization,
        _("Reinstate %(name)s") % {"name": organization.name},
        button=_("Reinstate organization"),
        done=_("The organization is active again."),
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "organization": organization}
    return page.answer(
        request,
        form,
        lambda: actions.reinstate_organization(**arguments, reason=form.cleaned_data["reason"], **form.sending),
    )


@audience(Role.COORDINATOR)
def begin_membership(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that an organization joined the coalition."""
    organization, form = _organization(request, pk), forms.MembershipForm(request.POST or None)
    page = _page_of(
        organization,
        _("%(name)s joins the coalition") % {"name": organization.name},
        button=_("Record membership"),
        done=_("The organization is a member of the coalition."),
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "organization": organization}
    return page.answer(
        request,
        form,
        lambda: actions.begin_membership(**arguments, joined_on=form.cleaned_data["joined_on"], **form.sending),
    )


@audience(Role.COORDINATOR)
def end_membership(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that an organization left the coalition."""
    organization, form = _organization(request, pk), forms.LeavingForm(request.POST or None)
    live = Membership.objects.visible_to(actor_for(request)).filter(organization=organization, left_on__isnull=True)
    membership = require_one(live, live.values("pk")[:1], "membership")
    page = _page_of(
        organization,
        _("%(name)s leaves the coalition") % {"name": organization.name},
        button=_("End membership"),
        done=_("The membership has ended."),
        is_stopping=True,
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "membership": membership}
    return page.answer(request, form, lambda: actions.end_membership(**arguments, **form.leaving(), **form.sending))


@audience(*actions.SPEAKERS)
def add_contact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a contact of an organization."""
    organization, form = _organization(request, pk), forms.ContactForm(request.POST or None)
    page = _page_of(
        organization,
        _("Add a contact"),
        button=_("Add contact"),
        lead=_("Everybody signed in sees it. No private person, and no facts about a client here."),
        done=_("The contact is added."),
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "organization": organization}
    return page.answer(request, form, lambda: actions.add_contact(**arguments, facts=form.facts(), **form.sending))


@audience(*actions.SPEAKERS)
def correct_contact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a contact."""
    contact = _contact(request, pk)
    form = forms.ContactCorrectionForm.of(contact, request.POST or None)
    page = _page_of(
        contact.organization,
        _("Correct a contact"),
        button=_("Correct contact"),
        done=_("The contact is corrected."),
        record=contact,
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "contact": contact}
    return page.answer(
        request,
        form,
        lambda: actions.correct_contact(
            **arguments, facts=form.facts(), reason=form.cleaned_data["reason"], **form.sending
        ),
    )


@audience(*actions.SPEAKERS)
def remove_contact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Remove a contact."""
    contact, form = _contact(request, pk), forms.ReasonForm(request.POST or None)
    page = _page_of(
        contact.organization,
        _("Remove the contact %(function)s") % {"function": contact.function},
        button=_("Remove contact"),
        lead=_("It leaves the lists. Its history stays."),
        done=_("The contact is removed."),
        record=contact,
        is_stopping=True,
    )
    arguments: dict[str, Any] = {"by": actor_for(request), "contact": contact}
    return page.answer(
        request,
        form,
        lambda: actions.remove_contact(**arguments, reason=form.cleaned_data["reason"], **form.sending),
    )
