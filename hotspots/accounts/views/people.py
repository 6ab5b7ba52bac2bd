"""People with accounts: the list, a person, the invitation."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hotspots import errors
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import Role
from hotspots.accounts.actions import InviteFacts, LinkFacts, end_access, invite_user, renew_invitation
from hotspots.accounts.forms import InviteForm
from hotspots.accounts.models import Invitation
from hotspots.accounts.queries import people_for
from hotspots.accounts.rules import link_digest
from hotspots.accounts.views.parts import crumbs_of, grant_lines
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.navigation import in_navigation
from hotspots.web.tables import Column, Empty, FilterForm, Table
from hotspots.web.why import why_of

LOOKING_AFTER = (Role.ADMINISTRATOR, Role.LIAISON, Role.COORDINATOR)
INVITING = (Role.ADMINISTRATOR, Role.LIAISON)


class PersonFilters(FilterForm):
    """Which people."""

    words = forms.CharField(label=_("Title or login"), required=False)
    is_waiting = forms.BooleanField(label=_("A role waits"), required=False)
    is_without_factor = forms.BooleanField(label=_("No second factor"), required=False)

    def narrow(self, rows: Any) -> Any:
        """Keep those asked for."""
        if words := self.cleaned_data["words"]:
            rows = rows.filter(Q(title__icontains=words) | Q(login__icontains=words))
        if self.cleaned_data["is_waiting"]:
            rows = rows.filter(has_waiting=True)
        if self.cleaned_data["is_without_factor"]:
            rows = rows.filter(has_second_factor=False, is_active=True)
        return rows


def address_of(person: User) -> str:
    """Give the address of a person's page."""
    return reverse("accounts:person", kwargs={"pk": person.pk})


PEOPLE = Table(
    title=_("People"),
    file_name="people",
    columns=(
        Column("title", _("Person"), value="title", sort="title", link=address_of, is_head=True),
        Column("organization", _("Organization"), value="organization.short_name", sort="organization__short_name"),
        Column("login", _("Login"), value="login", sort="login", is_mono=True),
        Column("second_factor", _("Second factor"), value="has_second_factor", cell="accounts/_factor.html"),
        Column("account", _("Account"), value="is_active", sort="is_active", cell="accounts/_state.html", is_lead=True),
    ),
    default_sort="title",
    filters=PersonFilters,
    empty=Empty(
        _("No account yet"), _("People appear here when they are invited."), _("Invite a person"), "accounts:invite"
    ),
)


@in_navigation(_("People"), url_name="accounts:people", order=80)
@audience(*LOOKING_AFTER)
def show_people(request: HttpRequest) -> HttpResponseBase:
    """List the people whose accounts the reader looks after."""
    actor = actor_for(request)
    return PEOPLE.respond(
        request, people_for(actor), "accounts/people.html", {"may_invite": actor.holds_any(*INVITING)}
    )


@audience(*LOOKING_AFTER)
def show_person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a person: roles, what waits, the invitation."""
    actor = actor_for(request)
    person = require_one(people_for(actor), pk, "person")
    why, links = why_of(actor, person, reason=str(_("you look after accounts")))
    context = {
        "person": person,
        "crumbs": crumbs_of(),
        "grants": grant_lines(actor, Grant.objects.visible_to(actor).filter(user=person)),
        "invitation": Invitation.objects.visible_to(actor).filter(user=person).first(),
        "may_grant": actor.holds_any(*INVITING) and person.is_active and person.pk != actor.user_id,
        "may_end": actor.holds_any(Role.ADMINISTRATOR) and person.is_active and person.pk != actor.user_id,
        "why": why,
        "why_links": links,
    }
    return render(request, "accounts/person.html", context)


@audience(*INVITING)
def show_invite(request: HttpRequest) -> HttpResponse:
    """Invite a person, and show the link once."""
    actor = actor_for(request)
    organizations = Organization.objects.visible_to(actor)
    if not actor.holds_any(Role.ADMINISTRATOR):
        organizations = organizations.filter(pk__in=actor.organizations(Role.LIAISON))
    form = InviteForm(request.POST or None, organizations=organizations)
    if request.method == "POST" and form.is_valid():
        token, given = secrets.token_urlsafe(32), form.cleaned_data
        facts = InviteFacts(given["login"], given["title"], link_digest(token))
        try:
            invitation = invite_user(by=actor, organization=given["organization"], facts=facts)
            return _show_link(request, invitation, token)
        except (errors.RuleBroken, errors.BadInput) as refusal:
            form.add_error("title" if refusal.rule == "accounts.title" else "login", refusal.sentence)
    return render(request, "accounts/invite.html", {"form": form, "crumbs": crumbs_of()})


def _show_link(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("accounts:accept", kwargs={"token": token}))
    return render(request, "accounts/link.html", {"invitation": invitation, "link": link, "person": invitation.user})


@audience(Role.ADMINISTRATOR)
def show_new_link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, and then give a person a new link."""
    actor = actor_for(request)
    person = require_one(people_for(actor), pk, "person")
    if request.method == "POST":
        token = secrets.token_urlsafe(32)
        return _show_link(request, renew_invitation(by=actor, user=person, facts=LinkFacts(link_digest(token))), token)
    return render(request, "accounts/new_link.html", {"person": person, "crumbs": crumbs_of(person)})


@audience(Role.ADMINISTRATOR)
def show_end_access(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, and then end a person's access."""
    actor = actor_for(request)
    person = require_one(people_for(actor), pk, "person")
    if request.method == "POST":
        end_access(by=actor, user=person)
        return redirect("accounts:person", pk=person.pk)
    return render(request, "accounts/end_access.html", {"person": person, "crumbs": crumbs_of(person)})
