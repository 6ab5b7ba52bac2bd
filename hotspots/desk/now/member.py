"""What a coalition member sees first: what was published, and the own organization."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.models import Organization
from hotspots.coalition.models import Contact
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Page, Todo
from hotspots.desk.now.releases import published_section
from look.formats import thousands


def fill(actor: Actor, page: Page) -> None:
    """Fill a coalition member's first page."""
    organization = Organization.objects.visible_to(actor).filter(people=actor.user_id).first()
    page.sections.append(published_section(actor, is_on_the_desk=False))
    if organization is not None:
        contacts = Contact.objects.visible_to(actor).in_use().filter(organization=organization).count()
        url = link_to("coalition:organization", pk=organization.pk)
        if not contacts:
            detail = _("Others of the coalition look here for whom to call.")
            page.todos.append(Todo(_("Say who is reached at %(name)s") % {"name": organization}, url, detail))
        facts = ((_("Contacts"), thousands(contacts)),)
        page.asides.append(Aside("organization", str(organization), facts, link_label=_("Open its page"), link_url=url))
    page.nothing_waits.append(_("What the coalition asks of your organization appears here."))
