"""Giving, confirming and ending roles."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hotspots import errors
from hotspots.access.models import Grant
from hotspots.access.rules import CONFIRMED_ROLES, Role
from hotspots.accounts.actions import GrantFacts, confirm_grant, grant_role, revoke_role
from hotspots.accounts.forms import GrantForm
from hotspots.accounts.queries import people_for, standing_of, wanted_of
from hotspots.accounts.rules import for_role, grantable_roles
from hotspots.accounts.views.parts import check_open_for_roles, crumbs_of, given_words, line_of
from hotspots.accounts.views.people import INVITING, LOOKING_AFTER
from hotspots.web.audience import actor_for, audience, require_one


@audience(*INVITING)
def show_grant(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a role to a person; refuse to ask which where none can be given."""
    actor = actor_for(request)
    person = require_one(people_for(actor), pk, "person")
    check_open_for_roles(actor, person)
    wanted = wanted_of(person, Role.OFFICER)
    roles = grantable_roles(standing_of(actor), wanted)
    form = GrantForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        place = for_role(wanted, Role(form.cleaned_data["role"]))
        try:
            grant = grant_role(by=actor, user=person, facts=GrantFacts(place.role, place.scope, place.scope_id))
            messages.success(request, given_words(grant))
            return redirect("accounts:person", pk=person.pk)
        except errors.RuleBroken as refusal:
            form.add_error("role", refusal.sentence)
    context = {"form": form, "person": person, "has_roles": bool(roles), "crumbs": crumbs_of(person)}
    return render(request, "accounts/grant.html", context)


@audience(*LOOKING_AFTER)
def show_confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, and then confirm a role."""
    actor = actor_for(request)
    grant = require_one(Grant.objects.visible_to(actor).waiting(), pk, "role that waits")
    if request.method == "POST":
        confirm_grant(by=actor, grant=grant)
        return redirect("accounts:person", pk=grant.user_id)
    context = {"line": line_of(actor, grant), "person": grant.user, "crumbs": crumbs_of(grant.user)}
    return render(request, "accounts/confirm.html", context)


@audience(*INVITING)
def show_revoke(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, and then end a role."""
    actor = actor_for(request)
    grant = require_one(Grant.objects.visible_to(actor).filter(revoked_at__isnull=True), pk, "role")
    if request.method == "POST":
        revoke_role(by=actor, grant=grant)
        return redirect("accounts:person", pk=grant.user_id)
    context = {"line": line_of(actor, grant), "person": grant.user, "crumbs": crumbs_of(grant.user)}
    context["is_confirmed_role"] = Role(grant.role) in CONFIRMED_ROLES
    return render(request, "accounts/revoke.html", context)
