"""What needs an advocate liaison: senders who were referred and whom no advocate has taken over yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Page, Todo
from hotspots.intake.models import Referral
from look.formats import local_day, thousands


def fill(actor: Actor, page: Page) -> None:
    """Fill an advocate liaison's first page."""
    referrals = Referral.objects.visible_to(actor)
    waiting = referrals.filter(taken_over_at__isnull=True).order_by("referred_at", "pk")
    page.todos += [
        Todo(
            _("%(referral)s waits for an advocate") % {"referral": referral},
            link_to("intake:referral", pk=referral.pk),
            referral.ground.replace("_", " ").capitalize(),
            local_day(referral.referred_at),
            _("referred"),
        )
        for referral in waiting
    ]
    facts = (
        (_("Waiting"), thousands(waiting.count())),
        (_("Taken over"), thousands(referrals.filter(taken_over_at__isnull=False).count())),
    )
    text = _("You alone see these senders. They are in no list, total or export of the task force.")
    page.asides.append(
        Aside(
            "referred",
            _("Referred"),
            facts,
            text,
            link_label=_("All who were referred"),
            link_url=link_to("intake:referred"),
        )
    )
    page.nothing_waits.append(_("A sender who may be a victim or a minor appears here the moment someone refers them."))
