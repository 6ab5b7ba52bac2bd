"""What several pages of accounts show alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import OrganizationKind, Role, Scope
from hotspots.accounts.actions.grants import CLOSED
from hotspots.accounts.queries import confirming_problems, has_liaison, revoking_problem
from hotspots.accounts.rules import NOT_ONESELF, confirming_roles
from hotspots.web.why import role_name


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as a page shows it, with what the reader may do about it."""

    grant: Grant
    role: str
    where: str
    may_confirm: bool = False
    may_revoke: bool = False
    confirming_problem: str = ""
    confirmers: str = ""

    @property
    def state(self) -> str:
        if self.grant.revoked_at:
            return "ended"
        return "in_force" if self.grant.confirmed_at else "waiting"


def where_of(grants: Any) -> dict[Any, str]:
    """Give the names of the organizations that grants are held for."""
    ids = {grant.scope_id for grant in grants if grant.scope == Scope.ORGANIZATION}
    return {pk: str(name) for pk, name in Organization.objects.filter(pk__in=ids).values_list("pk", "short_name")}


def grant_lines(actor: Actor, rows: Any) -> list[GrantLine]:
    """Give grants as lines, those in force first."""
    listed = list(rows.select_related("user__organization", "granted_by__organization", "confirmed_by", "revoked_by"))
    names = where_of(listed)
    problems = confirming_problems(actor, [grant for grant in listed if _may_confirm(actor, grant)])
    lines = [_line_of(actor, grant, names, problems) for grant in listed]
    return sorted(lines, key=lambda line: ("in_force", "waiting", "ended").index(line.state))


def line_of(actor: Actor, grant: Grant) -> GrantLine:
    """Give one grant as a line."""
    problems = confirming_problems(actor, [grant]) if _may_confirm(actor, grant) else {}
    return _line_of(actor, grant, where_of([grant]), problems)


def _may_confirm(actor: Actor, grant: Grant) -> bool:
    """Answer whether the actor confirms roles at all, and this one waits."""
    confirms = actor.holds_any(Role.ADMINISTRATOR, Role.LIAISON, Role.COORDINATOR)
    return confirms and not grant.revoked_at and not grant.confirmed_at


def _line_of(actor: Actor, grant: Grant, names: dict[Any, str], problems: dict[Any, str]) -> GrantLine:
    where = {Scope.COUNTY: "The county", Scope.OPERATION: "One operation"}.get(Scope(grant.scope))
    acts = actor.holds_any(Role.ADMINISTRATOR, Role.LIAISON)
    problem = problems.get(grant.pk, "")
    is_waiting = not grant.confirmed_at and not grant.revoked_at
    return GrantLine(
        grant=grant,
        role=role_name(grant.role).capitalize(),
        where=where or names.get(grant.scope_id, ""),
        may_confirm=grant.pk in problems and not problem,
        may_revoke=acts and not grant.revoked_at and not revoking_problem(actor, grant),
        confirming_problem=problem,
        confirmers=confirmers_of(grant) if is_waiting else "",
    )


def confirmers_of(grant: Grant) -> str:
    """Say who may confirm a grant that waits; whoever gave it may not."""
    organization = grant.user.organization
    is_first_liaison = grant.role == Role.LIAISON and not has_liaison(organization)
    giver = grant.granted_by.organization if grant.granted_by else None
    is_by_county = giver is not None and giver.organization_kind == OrganizationKind.COUNTY
    liaison = _("another liaison of %(agency)s") if giver == organization else _("a liaison of %(agency)s")
    words = {
        Role.LIAISON: liaison % {"agency": organization.short_name},
        Role.COORDINATOR: _("a coordinator"),
        Role.ADMINISTRATOR: _("another administrator") if is_by_county else _("an administrator"),
    }
    named = [words[role] for role in confirming_roles(Role(grant.role), is_first_liaison=is_first_liaison)]
    told = _("%(some)s or %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]} if named[1:] else named[0]
    return _("A second person confirms it: %(who)s.") % {"who": told}


def check_open_for_roles(actor: Actor, person: User) -> None:
    """Raise RuleBroken for a person to whom the actor can give no role at all: oneself, or a closed account."""
    if person.pk == actor.user_id:
        raise errors.RuleBroken("accounts.grant", NOT_ONESELF)
    if not person.is_active:
        raise errors.RuleBroken("accounts.closed", CLOSED)


def given_words(grant: Grant) -> str:
    """Say that a role was given, and what it waits for."""
    told = _("It is in force.") if grant.confirmed_at else confirmers_of(grant)
    return f"{_('Given: %(role)s.') % {'role': role_name(grant.role)}} {told}"


def crumbs_of(person: User | None = None) -> list[tuple[str, str]]:
    """Give the parents of a page about people, or about one person."""
    crumbs = [(_("People"), reverse("accounts:people"))]
    if person is not None:
        crumbs.append((person.title, reverse("accounts:person", kwargs={"pk": person.pk})))
    return crumbs


def door_steps(here: int) -> list[dict[str, str]]:
    """Give the three steps of a first sign-in, and which of them this is."""
    labels = (_("Password"), _("Second factor"), _("Recovery codes"))
    states = ("done", "here", "next")
    return [
        {"label": label, "state": states[(position >= here) + (position > here)]}
        for position, label in enumerate(labels)
    ]
