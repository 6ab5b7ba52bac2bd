"""What needs an administrator: people who cannot sign in safely, and roles that wait."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.models import Grant, Organization
from hotspots.accounts.models import Invitation
from hotspots.accounts.queries import organizations_without_liaison, people_for
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Button, Cell, Heading, Page, Section, Todo
from hotspots.desk.now.shared import grants_to_confirm
from look.formats import thousands

ORGANIZATIONS_SHOWN = 10


def fill(actor: Actor, page: Page) -> None:
    """Fill an administrator's first page."""
    page.buttons.append(Button(_("Invite a person"), link_to("accounts:invite")))
    page.todos += invitations_todo(actor) + grants_to_confirm(actor)
    page.sections.append(liaisons_section())
    page.asides.append(accounts_aside(actor))
    page.nothing_waits.append(_("A link that ended unused, or a role that waits for you, appears here."))


def invitations_todo(actor: Actor) -> list[Todo]:
    """Give the people whose link ended before they used it."""
    ended = Invitation.objects.visible_to(actor).filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=timezone.now()
    )
    return [
        Todo(
            _("The link of %(who)s ended unused") % {"who": invitation.user.title},
            link_to("accounts:person", pk=invitation.user_id),
            _("%(where)s. Give a new link, or end the access.") % {"where": invitation.user.organization},
        )
        for invitation in ended.select_related("user__organization").order_by("expires_at")
    ]


def accounts_aside(actor: Actor) -> Aside:
    """Say how accounts and roles stand."""
    people = people_for(actor).filter(is_active=True)
    without = people.filter(has_second_factor=False).count()
    facts = (
        (_("Accounts open"), thousands(people.count())),
        (_("Without a second factor yet"), thousands(without)),
        (_("Roles waiting"), thousands(Grant.objects.visible_to(actor).waiting().count())),
        (_("Organizations"), thousands(Organization.objects.visible_to(actor).count())),
    )
    link = link_to("accounts:people", "is_without_factor=on")
    return Aside("accounts", _("Accounts"), facts, link_label=_("Who has no second factor"), link_url=link)


def liaisons_section() -> Section:
    """List organizations for which nobody speaks yet; the administrator names the first liaison of each."""
    rows = organizations_without_liaison().annotate(people_count=Count("people", filter=Q(people__is_active=True)))
    shown = list(rows.order_by("-people_count", "name")[:ORGANIZATIONS_SHOWN])
    return Section(
        "liaisons",
        _("Organizations without a liaison"),
        (Heading(_("Organization")), Heading(_("Kind")), Heading(_("Accounts"), is_numeric=True)),
        tuple(
            (
                Cell(organization.name, link_to("coalition:organization", pk=organization.pk)),
                Cell(organization.get_organization_kind_display().capitalize()),
                Cell(thousands(organization.people_count), is_numeric=True),
            )
            for organization in shown
        ),
        empty_heading=_("Every organization has a liaison"),
        empty_text=_("One that has none appears here. The administrator names the first; the coordinator confirms."),
        link_label=_("All organizations"),
        link_url=link_to("coalition:organizations"),
    )
