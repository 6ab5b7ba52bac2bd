"""What every page's frame shows: the county, the rooms, who is signed in, the theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor
from hotspots.access.models import User
from hotspots.web.audience import actor_for
from hotspots.web.county import county_now
from hotspots.web.navigation import links_for

THEMES = ("light", "dark", "night")
THEME_COOKIE = "theme"


HELP = gettext_lazy("If you or someone you know needs help: 1-888-373-7888, or text 233733. Free, private, any hour.")


def theme_of(request: HttpRequest) -> str:
    """Give the theme that was chosen, or nothing for the system's."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def _sign_in_link(actor: Actor) -> list[dict[str, Any]]:
    if actor.is_signed_in:
        return []
    return [{"label": _("Sign in"), "url": reverse("accounts:sign_in"), "is_current": False}]


def frame_context(request: HttpRequest) -> dict[str, Any]:
    """Give the frame to every template."""
    actor, county, user = actor_for(request), county_now(), getattr(request, "user", None)
    name = county.name if county else _("This county")
    return {
        "actor": actor,
        "frame": {
            "is_demonstration": bool(county and county.is_demonstration),
            "demonstration_text": _("%(county)s does not exist. Nothing here is real.") % {"county": name},
            "county_name": name,
            "nav": links_for(actor, request.path, "nav"),
            "public_nav": links_for(actor, request.path, "public"),
            "menu": links_for(actor, request.path, "menu"),
            "footer": links_for(actor, request.path, "footer") + _sign_in_link(actor),
            "foot_text": "" if actor.is_signed_in else HELP,
            "is_signed_in": actor.is_signed_in,
            "role_title": user.title if isinstance(user, User) else "",
            "organization_name": user.organization.short_name if isinstance(user, User) else "",
            "theme": theme_of(request),
            "display_url": reverse("web:display"),
            "sign_out_url": reverse("accounts:sign_out"),
            "sign_in_url": reverse("accounts:sign_in"),
            "home_url": reverse("desk:now") if actor.is_signed_in else reverse("results:public_home"),
            "path": request.get_full_path(),
        },
    }
