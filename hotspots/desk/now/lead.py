"""What needs an operation lead: the own operations and what came of them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.desk.now.campaign import operations_section
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Aside, Page
from hotspots.desk.now.shared import exports_todo
from hotspots.intake.models import Response
from hotspots.operations.models import Operation
from look.formats import thousands


def fill(actor: Actor, page: Page) -> None:
    """Fill an operation lead's first page."""
    page.todos += exports_todo(actor)
    led = Q(lead_id__in=actor.organizations(Role.OPERATION_LEAD)) | Q(pk__in=actor.operations(Role.OPERATION_LEAD))
    operations = Operation.objects.visible_to(actor)
    page.sections.append(operations_section(actor, operations.filter(led), _("Operations that your agency leads")))
    page.asides.append(responses_aside(actor))
    page.nothing_waits.append(_("An import of your agency's phones that ended with anomalies appears here."))


def responses_aside(actor: Actor) -> Aside:
    """Say how the responses in sight stand, and where one decides about them."""
    responses = Response.objects.visible_to(actor).filter(is_outside=False)
    counted, all_of_them = responses.counting().count(), responses.count()
    cited = responses.counting().filter(citations__isnull=False).distinct().count()
    return Aside(
        "responses",
        _("Responses in your sight"),
        (
            (_("Count"), thousands(counted)),
            (_("Of these, led to a citation"), thousands(cited)),
            (_("Dismissed"), thousands(all_of_them - counted)),
        ),
        link_label=_("Decide about responses"),
        link_url=link_to("intake:responses"),
    )
