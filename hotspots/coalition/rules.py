"""Organizations, membership in the coalition, and whom one reaches there.

Source: the coalition's practice: an organization is admitted by the coordinator, a contact is a function and never a
private person, and what was once recorded is ended with a reason, not deleted.
"""

from __future__ import annotations

from datetime import date

from hotspots import errors
from hotspots.access.rules import OrganizationStatus

# verb -> (status before, status after)
TRANSITIONS: dict[str, tuple[OrganizationStatus, OrganizationStatus]] = {
    "suspend_organization": (OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED),
    "reinstate_organization": (OrganizationStatus.SUSPENDED, OrganizationStatus.ACTIVE),
}

REASON_LETTERS = 8


def verbs_from(status: str) -> tuple[str, ...]:
    """Give the verbs that a status allows."""
    return tuple(verb for verb, (before, _after) in TRANSITIONS.items() if before == status)


def status_after(verb: str, status: str) -> OrganizationStatus:
    """Give the status after a verb.

    Raises RuleBroken where the table does not allow the step.
    """
    before, after = TRANSITIONS[verb]
    if status != before:
        raise errors.RuleBroken("coalition.status", f"The organization is {status} already.")
    return after


def check_reason(reason: str) -> None:
    """Require a reason that says something.

    Source: domain, "corrected or voided by verbs with a reason".
    """
    if len(reason.strip()) < REASON_LETTERS:
        raise errors.RuleBroken("coalition.reason", "Say the reason in a few words.", field="reason")


def check_names(*, name: str, short_name: str) -> None:
    """Require both names of an organization."""
    if not name.strip():
        raise errors.RuleBroken("coalition.name", "Say the name of the organization.", field="name")
    if not short_name.strip():
        raise errors.RuleBroken("coalition.short_name", "Say the name that lists use.", field="short_name")


def check_joined(*, joined_on: date | None, today: date) -> None:
    """Require a day on which a member joined, and not one to come."""
    if joined_on is None:
        raise errors.RuleBroken("coalition.joined_on", "Say when the organization joined.", field="joined_on")
    if joined_on > today:
        raise errors.RuleBroken(
            "coalition.joined_later", "The day of joining lies in the future. Record it on that day.", field="joined_on"
        )


def check_left(*, joined_on: date, left_on: date, today: date) -> None:
    """Require that a membership ends after it began, and not in the future."""
    if left_on < joined_on:
        raise errors.RuleBroken("coalition.left_before", "The organization joined after this day.", field="left_on")
    if left_on > today:
        raise errors.RuleBroken("coalition.left_later", "This day lies in the future.", field="left_on")


def check_contact(*, function: str, reached_by: str, for_what: str) -> None:
    """Require the three parts of a contact."""
    wanted = (
        ("function", function, "Say the function, such as Watch commander."),
        ("reached_by", reached_by, "Say how this contact is reached."),
        ("for_what", for_what, "Say what this contact is for."),
    )
    for field, text, sentence in wanted:
        if not text.strip():
            raise errors.RuleBroken(f"coalition.contact_{field}", sentence, field=field)
