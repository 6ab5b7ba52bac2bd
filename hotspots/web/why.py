"""One line on each record that says why the reader may see it."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotspots.access.actor import Actor, Held
from hotspots.access.models import Organization, Record
from hotspots.access.rules import Role, Scope

Link = tuple[str, str]

# How a role is written in a sentence, and at the head of a column.
ROLE_NAMES = {
    Role.ADMINISTRATOR: gettext_lazy("administrator"),
    Role.LIAISON: gettext_lazy("liaison"),
    Role.COORDINATOR: gettext_lazy("coordinator"),
    Role.OPERATION_LEAD: gettext_lazy("operation lead"),
    Role.OFFICER: gettext_lazy("officer"),
    Role.CUSTODIAN: gettext_lazy("evidence custodian"),
    Role.PROSECUTOR: gettext_lazy("prosecutor"),
    Role.PUBLISHER: gettext_lazy("publisher"),
    Role.COALITION_MEMBER: gettext_lazy("coalition member"),
    Role.AUDITOR: gettext_lazy("auditor"),
    Role.ADVOCATE_LIAISON: gettext_lazy("advocate liaison"),
}


def role_name(role: Role | str) -> str:
    """Write a role in words."""
    return str(ROLE_NAMES[Role(role)])


def why_of(
    actor: Actor, record: Record | None = None, *, reason: str | None = None, open_reason: str | None = None
) -> tuple[str, list[Link]]:
    """Say why the actor may see a page or a record, and link to what explains it.

    `reason` completes "because …" where a page knows better than the grants, such as "you uploaded it";
    `open_reason` does so for a record that everybody who is signed in may open.
    """
    links = [(_("Who can see what"), reverse("desk:access"))]
    if record is not None:
        place = {"kind": record.kind, "pk": record.pk}
        links.append((_("History of this record"), reverse("desk:history", kwargs=place)))
    because = reason or _because(actor, record, open_reason)
    return _("You can see this page because %(because)s.") % {"because": because}, links


def _because(actor: Actor, record: Record | None, open_reason: str | None) -> str:
    if not actor.is_signed_in:
        return _("everybody may")
    if record is not None and _shows(replace(actor, grants=()), record):
        return open_reason or _("you are signed in, and everybody who is signed in may open it")
    held = _held_that_shows(actor, record)
    if held is None:
        return _("you are signed in")
    return _("you are %(role)s for %(where)s") % {"role": _with_article(held.role), "where": _where(held)}


def _held_that_shows(actor: Actor, record: Record | None) -> Held | None:
    # The narrowest grant is named first: it says the most.
    order = sorted(actor.grants, key=lambda held: held.scope is Scope.COUNTY)
    if record is None or len(order) < 2:
        return order[0] if order else None
    return next((held for held in order if _shows(replace(actor, grants=(held,)), record)), order[0])


def _shows(actor: Actor, record: Record) -> bool:
    return bool(type(record).objects.visible_to(actor).filter(pk=record.pk).exists())


def _with_article(role: Role) -> str:
    name = role_name(role)
    return f"{_('an') if name[0] in 'aeiou' else _('a')} {name}"


def _where(held: Held) -> str:
    if held.scope is Scope.COUNTY:
        return _("the county")
    if held.scope is Scope.OPERATION:
        return _("this operation")
    organization = Organization.objects.filter(pk__in=[held.scope_id]).first()
    return str(organization) if organization else _("your organization")
