"""The sign-in of the demonstration: one click a role, on this machine alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.accounts.adapter.account import sign_in_demonstration
from hotspots.accounts.adapter.proof import may_demonstrate
from hotspots.accounts.queries import demonstration_choices
from hotspots.web.audience import EVERYBODY, Audience, audience
from hotspots.web.county import county_now
from hotspots.web.navigation import ENTRIES, Entry


@dataclass(frozen=True, slots=True)
class SignedInToDemonstration(Audience):
    """Everybody signed in, where the demonstration's sign-in is."""

    def includes(self, actor: Actor) -> bool:
        """Answer whether the Menu offers to change role."""
        county = county_now()
        is_there = settings.HAS_DEMONSTRATION_SIGN_IN and county is not None and county.is_demonstration
        return bool(is_there and actor.is_signed_in)


ENTRIES.append(Entry(_("Change role"), "accounts:demonstration", SignedInToDemonstration(), 20, "menu"))


@audience(who=EVERYBODY)
def show_demonstration(request: HttpRequest) -> HttpResponse:
    """Show the roles of the demonstration, and sign in as the one that is clicked."""
    if not may_demonstrate(request):
        raise errors.NotFound("accounts.demonstration", "There is no such page.")
    choices = demonstration_choices()
    if request.method == "POST":
        chosen = next((choice for choice in choices if choice.account.login == request.POST.get("login")), None)
        if chosen is None:
            raise errors.NotFound("accounts.demonstration", "There is no such role.")
        sign_in_demonstration(request, chosen.user)
        return redirect("desk:now")
    return render(request, "accounts/demonstration.html", {"choices": choices})
