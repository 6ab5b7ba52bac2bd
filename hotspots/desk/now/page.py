"""The first page of a person: the parts of each role they hold, in the order of the roles."""

from __future__ import annotations

from collections.abc import Callable

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.desk.now import (
    administrator,
    advocate_liaison,
    auditor,
    coordinator,
    custodian,
    lead,
    liaison,
    member,
    officer,
    prosecutor,
    publisher,
)
from hotspots.desk.now.parts import Page

FILLERS: dict[Role, Callable[[Actor, Page], None]] = {
    Role.OFFICER: officer.fill,
    Role.COORDINATOR: coordinator.fill,
    Role.PROSECUTOR: prosecutor.fill,
    Role.PUBLISHER: publisher.fill,
    Role.OPERATION_LEAD: lead.fill,
    Role.CUSTODIAN: custodian.fill,
    Role.ADVOCATE_LIAISON: advocate_liaison.fill,
    Role.AUDITOR: auditor.fill,
    Role.ADMINISTRATOR: administrator.fill,
    Role.LIAISON: liaison.fill,
    Role.COALITION_MEMBER: member.fill,
}


def page_for(actor: Actor) -> Page:
    """Gather what needs the actor now; what two roles would both show is shown once."""
    page = Page()
    for role, fill in FILLERS.items():
        if actor.holds_any(role):
            fill(actor, page)
    page.todos = list({(todo.title, todo.url, todo.detail): todo for todo in page.todos}.values())
    page.sections = list({section.key: section for section in page.sections}.values())
    page.asides = list({aside.key: aside for aside in page.asides}.values())
    page.buttons = list({button.url: button for button in page.buttons if button.url}.values())
    return page
