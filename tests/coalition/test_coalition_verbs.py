"""The verbs of the coalition: who may, what is written, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hotspots import errors
from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind, OrganizationStatus, Role
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.coalition import actions, rules
from hotspots.coalition.actions import ContactFacts, OrganizationFacts
from hotspots.coalition.models import Contact, Membership
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

FOOD_BANK = OrganizationFacts("Alder Food Bank", "Food Bank", OrganizationKind.COMMUNITY, joined_on=date(2019, 3, 1))
DESK = ContactFacts("Watch commander", "209-555-0144", "Calls at night")
WHY = "The number was wrong"


@pytest.fixture(autouse=True)
def _county() -> None:
    build.county()


def coordinator() -> actions.Actor:
    """Give a coordinator of the District Attorney's office."""
    return build.actor(
        "coordinator",
        Role.COORDINATOR,
        of=build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR),
    )


def contact() -> Contact:
    """Add a contact of the police department."""
    return Contact.objects.create(
        organization=build.organization(),
        function=DESK.function,
        reached_by=DESK.reached_by,
        for_what=DESK.for_what,
        added_at=build.NOON,
    )


def test_an_organization_is_admitted_with_a_key_of_its_own_and_its_membership() -> None:
    admitted = actions.admit_organization(by=coordinator(), facts=FOOD_BANK)

    membership = Membership.objects.get(organization=admitted)
    assert (membership.joined_on, membership.left_on) == (date(2019, 3, 1), None)
    told = {name: pair for line in history_of(admitted.pk) for name, pair in line.fields.items()}
    assert told == {"name": (None, "Alder Food Bank"), "joined_on": (None, "2019-03-01")}
    assert [entry.action for entry in Entry.objects.all()] == [
        "coalition.begin_membership",
        "coalition.admit_organization",
    ]
    assert not Entry.objects.filter(body__contains="Food Bank").exists()


def test_an_organization_outside_the_coalition_has_no_membership() -> None:
    facts = OrganizationFacts("Alder County", "County", OrganizationKind.COUNTY)

    actions.admit_organization(by=coordinator(), facts=facts)

    assert not Membership.objects.exists()


def test_a_name_is_admitted_once_whatever_its_case() -> None:
    who = coordinator()
    actions.admit_organization(by=who, facts=FOOD_BANK)
    again = OrganizationFacts(" alder FOOD bank ", "Other", OrganizationKind.COMMUNITY)

    with pytest.raises(errors.RuleBroken) as refused:
        actions.admit_organization(by=who, facts=again)

    assert refused.value.field == "name"
    assert Organization.objects.filter(name__icontains="food").count() == 1


def test_a_day_of_joining_to_come_is_refused_and_nothing_is_admitted() -> None:
    facts = OrganizationFacts("Alder Food Bank", "Food Bank", OrganizationKind.COMMUNITY, joined_on=date(2999, 1, 1))

    with pytest.raises(errors.RuleBroken):
        actions.admit_organization(by=coordinator(), facts=facts)

    assert not Organization.objects.filter(name="Alder Food Bank").exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_no_other_role_admits_suspends_or_changes_membership(role: Role) -> None:
    someone, organization = build.actor("someone", role), build.organization()
    membership = Membership.objects.create(
        organization=organization, joined_on=date(2019, 1, 1), recorded_at=build.NOON
    )

    for attempt in (
        lambda: actions.admit_organization(by=someone, facts=FOOD_BANK),
        lambda: actions.suspend_organization(by=someone, organization=organization, reason=WHY),
        lambda: actions.reinstate_organization(by=someone, organization=organization, reason=WHY),
        lambda: actions.begin_membership(by=someone, organization=organization, joined_on=date(2020, 1, 1)),
        lambda: actions.end_membership(by=someone, membership=membership, left_on=date(2020, 1, 1), reason=WHY),
    ):
        with pytest.raises(errors.NotAllowed):
            attempt()


def test_an_organization_leaves_and_joins_again() -> None:
    who, organization = coordinator(), build.organization()

    first = actions.begin_membership(by=who, organization=organization, joined_on=date(2019, 1, 1))
    with pytest.raises(errors.RuleBroken, match="member already"):
        actions.begin_membership(by=who, organization=organization, joined_on=date(2020, 1, 1))
    actions.end_membership(by=who, membership=first, left_on=date(2020, 6, 1), reason="It closed its office")
    with pytest.raises(errors.RuleBroken, match="left already"):
        actions.end_membership(by=who, membership=first, left_on=date(2020, 6, 1), reason="It closed its office")
    actions.begin_membership(by=who, organization=organization, joined_on=date(2021, 1, 1))

    assert Membership.objects.filter(organization=organization).count() == 2


def test_the_database_keeps_one_membership_at_a_time() -> None:
    organization = build.organization()
    Membership.objects.create(organization=organization, joined_on=date(2019, 1, 1), recorded_at=build.NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organization=organization, joined_on=date(2020, 1, 1), recorded_at=build.NOON)


def test_a_suspension_is_reasoned_reversible_and_never_of_ones_own() -> None:
    who, organization = coordinator(), build.organization()

    actions.suspend_organization(by=who, organization=organization, reason="It broke the agreement")
    with pytest.raises(errors.RuleBroken):
        actions.suspend_organization(by=who, organization=organization, reason="It broke the agreement")
    assert not Organization.objects.get(pk=organization.pk).is_active
    actions.reinstate_organization(by=who, organization=organization, reason="It signed again")

    assert Organization.objects.get(pk=organization.pk).is_active
    assert history_of(organization.pk)[0].fields["status"] == ("suspended", "active")
    own = Organization.objects.get(pk=who.organization_id)
    with pytest.raises(errors.RuleBroken, match="work for"):
        actions.suspend_organization(by=who, organization=own, reason="It broke the agreement")


@pytest.mark.parametrize("status", list(OrganizationStatus))
def test_the_buttons_and_the_verbs_read_one_table(status: OrganizationStatus) -> None:
    for verb in rules.TRANSITIONS:
        if verb in rules.verbs_from(status):
            assert rules.status_after(verb, status) != status
        else:
            with pytest.raises(errors.RuleBroken):
                rules.status_after(verb, status)


@pytest.mark.parametrize("role", list(Role))
def test_a_contact_is_added_corrected_and_removed_by_those_who_speak_for_the_organization(role: Role) -> None:
    someone, organization = build.actor("someone", role), build.organization()
    made = contact()
    other = ContactFacts("Desk", "209-555-0145", "Calls by day")

    if role in actions.SPEAKERS:
        added = actions.add_contact(by=someone, organization=organization, facts=DESK)
        actions.correct_contact(by=someone, contact=added, facts=other, reason=WHY)
        actions.remove_contact(by=someone, contact=made, reason=WHY)
        assert [row.function for row in Contact.objects.visible_to(someone).in_use()] == ["Desk"]
        assert history_of(added.pk)[0].fields["reached_by"] == ("209-555-0144", "209-555-0145")
    else:
        for attempt in (
            lambda: actions.add_contact(by=someone, organization=organization, facts=DESK),
            lambda: actions.correct_contact(by=someone, contact=made, facts=other, reason=WHY),
            lambda: actions.remove_contact(by=someone, contact=made, reason=WHY),
        ):
            with pytest.raises(errors.NotAllowed):
                attempt()


@pytest.mark.parametrize("role", [Role.LIAISON, Role.COALITION_MEMBER])
def test_nobody_speaks_for_another_organization(role: Role) -> None:
    someone = build.actor("someone", role, of=build.organization("Alder Food Bank", OrganizationKind.COMMUNITY))

    with pytest.raises(errors.NotAllowed):
        actions.add_contact(by=someone, organization=build.organization(), facts=DESK)
    with pytest.raises(errors.NotAllowed):
        actions.remove_contact(by=someone, contact=contact(), reason=WHY)


def test_a_correction_that_says_nothing_new_and_a_removed_contact_are_refused() -> None:
    who, made = coordinator(), contact()

    with pytest.raises(errors.RuleBroken, match="Nothing is different"):
        actions.correct_contact(by=who, contact=made, facts=DESK, reason=WHY)
    actions.remove_contact(by=who, contact=made, reason=WHY)
    with pytest.raises(errors.RuleBroken, match="was removed"):
        actions.remove_contact(by=who, contact=made, reason=WHY)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ContactFacts(" ", "x", "y"), "function"),
        (ContactFacts("x", "", "y"), "reached_by"),
        (ContactFacts("x", "y", " "), "for_what"),
    ],
)
def test_each_part_of_a_contact_is_needed(facts: ContactFacts, field: str) -> None:
    with pytest.raises(errors.RuleBroken) as refused:
        actions.add_contact(by=coordinator(), organization=build.organization(), facts=facts)

    assert refused.value.field == field


@pytest.mark.parametrize("reason", ["", "  ", "typo"])
def test_a_reason_says_something(reason: str) -> None:
    with pytest.raises(errors.RuleBroken) as refused:
        actions.remove_contact(by=coordinator(), contact=contact(), reason=reason)

    assert refused.value.field == "reason"


def test_the_public_sees_no_contact_and_no_membership() -> None:
    contact()

    assert not Contact.objects.visible_to(actions.Actor(None, "The public")).exists()
    assert not Membership.objects.visible_to(actions.Actor(None, "The public")).exists()
