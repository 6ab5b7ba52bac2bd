"""Verbs of the coalition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind, Role
from hotspots.coalition import rules
from hotspots.coalition.models import Contact, Membership
from hotspots.keys import actions as keys
from hotspots.web.county import county_zone

# Who speaks for an organization, beside the coordinator.
SPEAKERS = (Role.COORDINATOR, Role.LIAISON, Role.COALITION_MEMBER)


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What the admission form says; `joined_on` makes it a member of the coalition."""

    name: str
    short_name: str
    organization_kind: OrganizationKind
    jurisdiction: str = ""
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A function, how it is reached, and for what."""

    function: str
    reached_by: str
    for_what: str


@action("coalition.admit_organization", roles=[Role.COORDINATOR])
def admit_organization(*, by: Actor, facts: OrganizationFacts, clock: Clock = system_clock) -> Organization:
    """Admit an organization to the record, and to the coalition where it joined."""
    rules.check_names(name=facts.name, short_name=facts.short_name)
    if facts.joined_on is not None:
        rules.check_joined(joined_on=facts.joined_on, today=timezone.localdate(clock(), county_zone()))
    _check_new_name(facts.name)
    key_id, _key = keys.make_key("history")
    organization = Organization.objects.create(
        name=facts.name.strip(),
        short_name=facts.short_name.strip(),
        organization_kind=facts.organization_kind,
        jurisdiction=facts.jurisdiction.strip(),
        history_key_id=key_id,
    )
    note_fact(organization_kind=str(facts.organization_kind), is_member=int(facts.joined_on is not None))
    note_change(organization, key_id, name=(None, organization.name))
    if facts.joined_on is not None:
        begin_membership(by=by, organization=organization, joined_on=facts.joined_on, clock=clock)
    return organization


def _check_new_name(name: str) -> None:
    if Organization.objects.filter(name__iexact=name.strip()).exists():
        raise errors.RuleBroken("coalition.name_once", "There is an organization of this name.", field="name")


@action("coalition.begin_membership", roles=[Role.COORDINATOR], subject="organization", changes=["organization"])
def begin_membership(
    *, by: Actor, organization: Organization, joined_on: date, clock: Clock = system_clock
) -> Membership:
    """Record that an organization joined the coalition."""
    now = clock()
    rules.check_joined(joined_on=joined_on, today=timezone.localdate(now, county_zone()))
    if Membership.objects.filter(organization=organization, left_on__isnull=True).exists():
        raise errors.RuleBroken("coalition.member", "The organization is a member already.", field="joined_on")
    note_change(organization, organization.history_key_id, joined_on=(None, joined_on.isoformat()))
    return Membership.objects.create(
        organization=organization, joined_on=joined_on, recorded_by_id=by.user_id, recorded_at=now
    )


@action("coalition.end_membership", roles=[Role.COORDINATOR], subject="membership", changes=["membership"])
def end_membership(
    *, by: Actor, membership: Membership, left_on: date, reason: str, clock: Clock = system_clock
) -> Membership:
    """Record that an organization left the coalition."""
    rules.check_reason(reason)
    if membership.left_on is not None:
        raise errors.RuleBroken("coalition.left", "The organization has left already.")
    rules.check_left(joined_on=membership.joined_on, left_on=left_on, today=timezone.localdate(clock(), county_zone()))
    membership.left_on = left_on
    membership.save(update_fields=["left_on"])
    organization = membership.organization
    change = {"left_on": (None, left_on.isoformat()), "reason": (None, reason)}
    note_change(organization, organization.history_key_id, **change)
    return membership


@action("coalition.suspend_organization", roles=[Role.COORDINATOR], subject="organization", changes=["organization"])
def suspend_organization(*, by: Actor, organization: Organization, reason: str) -> Organization:
    """Suspend an organization: it is offered for no new operation."""
    if organization.pk == by.organization_id:
        raise errors.RuleBroken("coalition.own", "Nobody suspends the organization that they work for.")
    return _set_status("suspend_organization", organization, reason)


@action("coalition.reinstate_organization", roles=[Role.COORDINATOR], subject="organization", changes=["organization"])
def reinstate_organization(*, by: Actor, organization: Organization, reason: str) -> Organization:
    """Reinstate an organization that was suspended."""
    return _set_status("reinstate_organization", organization, reason)


def _set_status(verb: str, organization: Organization, reason: str) -> Organization:
    rules.check_reason(reason)
    before, after = organization.status, rules.status_after(verb, organization.status)
    organization.status = after
    organization.save(update_fields=["status"])
    note_fact(status=str(after))
    note_change(organization, organization.history_key_id, status=(before, str(after)), reason=(None, reason))
    return organization


@action("coalition.add_contact", roles=SPEAKERS, subject="organization")
def add_contact(*, by: Actor, organization: Organization, facts: ContactFacts, clock: Clock = system_clock) -> Contact:
    """Add a contact of an organization."""
    _check_contact(facts)
    contact = Contact.objects.create(
        organization=organization,
        function=facts.function.strip(),
        reached_by=facts.reached_by.strip(),
        for_what=facts.for_what.strip(),
        added_by_id=by.user_id,
        added_at=clock(),
    )
    changes = {name: (None, getattr(contact, name)) for name in ("function", "reached_by", "for_what")}
    note_change(contact, organization.history_key_id, **changes)
    return contact


def _check_contact(facts: ContactFacts) -> None:
    rules.check_contact(function=facts.function, reached_by=facts.reached_by, for_what=facts.for_what)


def _check_in_use(contact: Contact) -> None:
    if contact.removed_at is not None:
        raise errors.RuleBroken("coalition.contact_removed", "This contact was removed.")


@action("coalition.correct_contact", roles=SPEAKERS, subject="contact", changes=["contact"])
def correct_contact(*, by: Actor, contact: Contact, facts: ContactFacts, reason: str) -> Contact:
    """Correct a contact, with the reason."""
    rules.check_reason(reason)
    _check_contact(facts)
    _check_in_use(contact)
    names = ("function", "reached_by", "for_what")
    old_new = {name: (getattr(contact, name), getattr(facts, name).strip()) for name in names}
    changes = {name: pair for name, pair in old_new.items() if pair[0] != pair[1]}
    if not changes:
        raise errors.RuleBroken("coalition.contact_same", "Nothing is different. Change what is wrong.")
    for name, (_old, new) in changes.items():
        setattr(contact, name, new)
    contact.save(update_fields=list(changes))
    note_change(contact, contact.organization.history_key_id, **changes, reason=(None, reason))
    return contact


@action("coalition.remove_contact", roles=SPEAKERS, subject="contact", changes=["contact"])
def remove_contact(*, by: Actor, contact: Contact, reason: str, clock: Clock = system_clock) -> Contact:
    """Remove a contact from the lists; its history stays."""
    rules.check_reason(reason)
    _check_in_use(contact)
    contact.removed_at = clock()
    contact.save(update_fields=["removed_at"])
    note_change(contact, contact.organization.history_key_id, reason=(None, reason))
    return contact
