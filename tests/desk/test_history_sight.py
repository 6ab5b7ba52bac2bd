"""A record's history tells nothing of records that the reader does not see, and no sealed words."""

from __future__ import annotations

import pytest

from hotspots import errors
from hotspots.access.action import REGISTRY, action
from hotspots.access.actor import Actor
from hotspots.access.models import Organization, User
from hotspots.access.rules import OrganizationKind, Role, Scope
from hotspots.accounts.actions import GrantFacts, grant_role
from hotspots.cases.models import Subject
from hotspots.desk.queries.history import history_entries, may_read_words
from hotspots.operations.models import Campaign
from tests import build
from tests.build_intake import after, backup, bench, number, sms
from tests.build_operations import campaign

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def county() -> None:
    """Found the county."""
    build.county()


def test_the_history_of_an_organization_is_about_itself_and_not_about_cases() -> None:
    @action("test.credit", roles=[Role.COORDINATOR])
    def credit(*, by: Actor, organization: Organization, campaign: Campaign) -> None:
        """Do something that names an organization and a campaign."""

    coordinator = build.actor("coordinator", Role.COORDINATOR)
    organization = build.organization("Millbrook Police Department")
    try:
        credit(by=coordinator, organization=organization, campaign=campaign())
    finally:
        del REGISTRY["test.credit"]

    assert history_entries(coordinator, organization) == []


def test_an_entry_that_names_a_hidden_record_is_not_told_in_the_history_of_another() -> None:
    police = build.organization()
    liaison = build.actor("liaison", Role.LIAISON, of=police)
    officer = build.user("officer", of=police)
    grant_role(by=liaison, user=officer, facts=GrantFacts(Role.OFFICER, Scope.ORGANIZATION, police.pk))

    # The entry names the grant, which a member of the coalition does not see.
    member = build.actor("member", Role.COALITION_MEMBER)
    told = history_entries(member, User.objects.get(pk=officer.pk))

    assert told == []
    assert len(history_entries(liaison, User.objects.get(pk=officer.pk))) == 1


def test_the_history_of_an_export_tells_that_it_came_and_that_it_was_read() -> None:
    made = bench()

    export = made.read(backup(sms(number(1), after(1))))

    told = history_entries(made.someone(Role.COORDINATOR), export)
    assert [one.action for one in told] == ["intake.finish_import", "intake.receive_export"]


def test_the_words_of_an_identity_are_not_in_its_history() -> None:
    assert not may_read_words(build.actor("prosecutor", Role.PROSECUTOR), Subject())


@pytest.mark.parametrize(
    ("held", "wanted"), [(Role.PROSECUTOR, Role.ADVOCATE_LIAISON), (Role.ADVOCATE_LIAISON, Role.PROSECUTOR)]
)
def test_victim_services_and_the_task_force_are_never_one_person(held: Role, wanted: Role) -> None:
    office = build.organization("Alder County District Attorney", OrganizationKind.PROSECUTOR)
    liaison = build.actor("liaison.da", Role.LIAISON, of=office)
    person = build.person("someone", held, of=office)

    with pytest.raises(errors.RuleBroken, match="does not go together"):
        grant_role(by=liaison, user=person, facts=GrantFacts(wanted, Scope.COUNTY, None))
