"""What needs a liaison: roles to confirm, and the people of the agency."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.models import Grant
from hotspots.access.rules import Role
from hotspots.accounts.queries import people_for
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Button, Cell, Heading, Page, Section
from hotspots.desk.now.shared import grants_to_confirm
from hotspots.web.why import role_name
from look.formats import thousands

PEOPLE_SHOWN = 12


def fill(actor: Actor, page: Page) -> None:
    """Fill a liaison's first page."""
    page.buttons.append(Button(_("Invite a person"), link_to("accounts:invite")))
    page.todos += grants_to_confirm(actor)
    page.sections.append(people_section(actor))
    waiting = Grant.objects.visible_to(actor).waiting().filter(granted_by_id=actor.user_id).count()
    text = _("What you gave takes effect when a second person confirms it.")
    page.asides.append(Aside("waiting", _("Given by you, waiting"), ((_("Roles"), thousands(waiting)),), text))
    page.nothing_waits.append(_("A role that another gave, and that you may confirm, appears here."))


def people_section(actor: Actor) -> Section:
    """List the people of the agencies that the actor speaks for, with their roles."""
    people = people_for(actor).filter(organization_id__in=actor.organizations(Role.LIAISON), is_active=True)
    shown = list(people.order_by("title", "pk")[:PEOPLE_SHOWN])
    roles: dict[object, list[str]] = {}
    for user_id, role in Grant.objects.in_force().filter(user__in=shown).values_list("user_id", "role"):
        roles.setdefault(user_id, []).append(role_name(role))
    return Section(
        "people",
        _("People of your agency"),
        (Heading(_("Person")), Heading(_("Roles")), Heading(_("Second factor"))),
        tuple(
            (
                Cell(person.title, link_to("accounts:person", pk=person.pk)),
                Cell(", ".join(roles.get(person.pk, [])) or _("none")),
                Cell(_("Set up"), status="ok") if person.has_second_factor else Cell(_("Not yet"), status="waiting"),
            )
            for person in shown
        ),
        empty_heading=_("Nobody yet"),
        empty_text=_("People appear here when you invite them."),
        link_label=_("All people"),
        link_url=link_to("accounts:people"),
    )
