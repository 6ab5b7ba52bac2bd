"""The verbs of campaigns and operations: who may, what is written, what is kept."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hotspots import errors
from hotspots.access.models import Organization
from hotspots.access.rules import OrganizationKind, OrganizationStatus, Role, Scope
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.operations.actions import (
    CampaignFacts,
    OperationFacts,
    correct_campaign,
    correct_operation,
    open_campaign,
    record_past_operation,
)
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import OperationKind, OperationState
from tests import build, build_operations

pytestmark = pytest.mark.django_db(transaction=True)

CAMPAIGN = CampaignFacts("Operation: Hot Spots 2021", date(2021, 10, 1), date(2021, 10, 31), "All of the county", 5)
OPERATION = OperationFacts(
    kinds=(OperationKind.STREET,),
    night_on=date(2021, 10, 6),
    place_words="Poplar Avenue, Alder City",
    place_name="Alder City",
    began_at=datetime(2021, 10, 7, 3, 0, tzinfo=UTC),  # 20:00 on the 6th in the county
    ended_at=datetime(2021, 10, 7, 9, 0, tzinfo=UTC),
)


@pytest.fixture(autouse=True)
def _county() -> None:
    build.county()


def sheriff() -> Organization:
    """Give the sheriff's office."""
    return build.organization("Alder County Sheriff's Office", OrganizationKind.SHERIFF)


def test_a_campaign_is_opened_and_its_readable_history_says_so() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR, of=build_operations.prosecutor())

    campaign = open_campaign(by=coordinator, lead=build_operations.prosecutor(), key="hot-spots-2021", facts=CAMPAIGN)

    assert (campaign.key, campaign.ordinal_words, campaign.takes_records) == ("hot-spots-2021", "5th annual", True)
    assert history_of(campaign.pk)[0].fields["name"] == (None, "Operation: Hot Spots 2021")
    entry = Entry.objects.get(action="operations.open_campaign")
    assert "2021-10-31" in entry.body
    assert "All of the county" not in entry.body


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_no_other_role_opens_or_corrects_a_campaign(role: Role) -> None:
    someone = build.actor("someone", role)

    with pytest.raises(errors.NotAllowed):
        open_campaign(by=someone, lead=build_operations.prosecutor(), key="x", facts=CAMPAIGN)
    with pytest.raises(errors.NotAllowed):
        correct_campaign(by=someone, campaign=build_operations.campaign(), facts=CAMPAIGN, reason="A wrong day")


def test_a_key_is_used_once_and_a_community_organization_leads_no_campaign() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    build_operations.campaign()
    food_bank = build.organization("Alder Food Bank", OrganizationKind.COMMUNITY)

    with pytest.raises(errors.RuleBroken) as refused:
        open_campaign(by=coordinator, lead=build.organization(), key="hot-spots-2021", facts=CAMPAIGN)
    assert refused.value.field == "key"
    with pytest.raises(errors.RuleBroken) as refused:
        open_campaign(by=coordinator, lead=food_bank, key="other", facts=CAMPAIGN)
    assert refused.value.field == "lead"


def test_a_corrected_campaign_keeps_what_it_said_before() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    campaign = build_operations.campaign()

    correct_campaign(by=coordinator, campaign=campaign, facts=CAMPAIGN, reason="The area was wrong")

    line = history_of(campaign.pk)[0]
    assert line.fields["area_words"] == ("All of Alder County", "All of the county")
    assert line.fields["reason"] == (None, "The area was wrong")
    assert Campaign.objects.get().key == "hot-spots-2021"


def test_a_corrected_period_may_not_leave_an_operation_outside() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    operation = build_operations.operation()
    later = replace(CAMPAIGN, begins_on=date(2021, 10, 7))

    with pytest.raises(errors.RuleBroken) as refused:
        correct_campaign(by=coordinator, campaign=operation.campaign, facts=later, reason="It began later")

    assert refused.value.field == "begins_on"


def test_the_lead_of_the_lead_agency_records_a_past_operation_that_is_marked_for_ever() -> None:
    lead = build.actor("lead", Role.OPERATION_LEAD)
    facts = replace(OPERATION, partners=(sheriff(), build_operations.prosecutor()))

    operation = record_past_operation(
        by=lead, campaign=build_operations.campaign(), lead=build.organization(), facts=facts
    )

    assert (operation.number, operation.state, operation.is_entered_afterwards) == (1, OperationState.CLOSED, True)
    assert [partner.organization for partner in operation.partners.all()] == list(facts.partners)
    fields = history_of(operation.pk)[0].fields
    assert fields["began_at"] == (None, "2021-10-06 20:00")
    assert "Poplar" not in Entry.objects.get(action="operations.record_past_operation").body


def test_operations_are_numbered_as_they_are_recorded() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    campaign = build_operations.campaign()

    made = [
        record_past_operation(by=coordinator, campaign=campaign, lead=build.organization(), facts=OPERATION)
        for _again in range(3)
    ]

    assert [operation.number for operation in made] == [1, 2, 3]


def test_a_form_that_is_sent_twice_records_one_operation() -> None:
    lead, request_id = build.actor("lead", Role.OPERATION_LEAD), uuid.uuid4()
    campaign = build_operations.campaign()

    for _again in range(2):
        record_past_operation(
            by=lead, campaign=campaign, lead=build.organization(), facts=OPERATION, request_id=request_id
        )

    assert Operation.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.OPERATION_LEAD)])
def test_no_other_role_records_or_corrects_an_operation(role: Role) -> None:
    someone = build.actor("someone", role)
    operation = build_operations.operation()

    with pytest.raises(errors.NotAllowed):
        record_past_operation(by=someone, campaign=operation.campaign, lead=build.organization(), facts=OPERATION)
    with pytest.raises(errors.NotAllowed):
        correct_operation(
            by=someone, operation=operation, lead=build.organization(), facts=OPERATION, reason="A wrong day"
        )


def test_a_lead_records_nothing_for_another_agency() -> None:
    lead = build.actor("lead", Role.OPERATION_LEAD)

    with pytest.raises(errors.NotAllowed):
        record_past_operation(by=lead, campaign=build_operations.campaign(), lead=sheriff(), facts=OPERATION)


def test_a_suspended_agency_takes_part_in_nothing_new_and_its_past_stays_correctable() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    agency, operation = build.organization(), build_operations.operation()
    agency.status = OrganizationStatus.SUSPENDED
    agency.save()

    with pytest.raises(errors.RuleBroken):
        record_past_operation(by=coordinator, campaign=operation.campaign, lead=agency, facts=OPERATION)
    corrected = correct_operation(
        by=coordinator, operation=operation, lead=agency, facts=OPERATION, reason="The times were missing"
    )

    assert corrected.began_at == OPERATION.began_at


def test_a_correction_keeps_old_and_new_and_the_mark() -> None:
    lead = build.actor("lead", Role.OPERATION_LEAD)
    operation = build_operations.operation(partners=(sheriff(), build_operations.prosecutor()))
    facts = replace(OPERATION, partners=(build_operations.prosecutor(),), place_name="Millbrook")

    correct_operation(by=lead, operation=operation, lead=build.organization(), facts=facts, reason="Wrong partners")

    fields = history_of(operation.pk)[0].fields
    assert fields["partners"] == (
        "Alder County Sheriff's Office, Alder County District Attorney",
        "Alder County District Attorney",
    )
    assert fields["place_name"] == ("Alder City", "Millbrook")
    assert Operation.objects.get().is_entered_afterwards


def test_a_correction_that_changes_nothing_is_refused() -> None:
    lead = build.actor("lead", Role.OPERATION_LEAD)
    operation = build_operations.operation()
    same = replace(OPERATION, began_at=None, ended_at=None)

    with pytest.raises(errors.RuleBroken, match="Nothing is different"):
        correct_operation(by=lead, operation=operation, lead=build.organization(), facts=same, reason="Nothing at all")


def test_a_partners_lead_sees_the_operation_and_corrects_nothing() -> None:
    partner = build.actor("partner", Role.OPERATION_LEAD, of=sheriff())
    operation = build_operations.operation(partners=(sheriff(),))

    assert Operation.objects.visible_to(partner).count() == 1
    with pytest.raises(errors.NotAllowed):
        correct_operation(
            by=partner, operation=operation, lead=operation.lead, facts=OPERATION, reason="Not mine to say"
        )


def test_a_lead_hands_an_operation_to_no_other_agency_and_a_coordinator_does() -> None:
    lead, coordinator = build.actor("lead", Role.OPERATION_LEAD), build.actor("coordinator", Role.COORDINATOR)
    operation = build_operations.operation()
    said = {"operation": operation, "lead": sheriff(), "facts": OPERATION, "reason": "The sheriff led it"}

    with pytest.raises(errors.NotAllowed):
        correct_operation(by=lead, **said)
    assert correct_operation(by=coordinator, **said).lead == sheriff()


def test_an_operation_of_other_agencies_is_not_found() -> None:
    stranger = build.actor("stranger", Role.OPERATION_LEAD, of=sheriff())
    operation = build_operations.operation()

    with pytest.raises(errors.NotFound):
        correct_operation(by=stranger, operation=operation, lead=sheriff(), facts=OPERATION, reason="Curiosity")


SEEN = {
    Role.COORDINATOR: (1, 2),
    Role.PROSECUTOR: (1, 2),
    Role.PUBLISHER: (1, 2),
    Role.AUDITOR: (1, 2),
    Role.OPERATION_LEAD: (1, 1),
    Role.OFFICER: (1, 1),
    Role.CUSTODIAN: (1, 1),
    Role.LIAISON: (1, 1),
    Role.ADVOCATE_LIAISON: (1, 0),
    Role.COALITION_MEMBER: (0, 0),
    Role.ADMINISTRATOR: (0, 0),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_what_it_should(role: Role) -> None:
    someone = build.actor("someone", role)
    build_operations.operation()
    build_operations.operation(lead=sheriff(), place="Fern Hollow")

    seen = (Campaign.objects.visible_to(someone).count(), Operation.objects.visible_to(someone).count())

    assert seen == SEEN[role]


def test_a_grant_for_one_operation_shows_that_one() -> None:
    operation = build_operations.operation(lead=sheriff())
    build_operations.operation(lead=sheriff())
    person = build.user("helper", of=build.organization("Millbrook Police Department"))
    build.grant(person, Role.OFFICER, scope=Scope.OPERATION, scope_id=operation.pk)

    assert list(Operation.objects.visible_to(build.actor_of(person))) == [operation]
