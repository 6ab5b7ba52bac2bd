"""Inviting people, letting them in, and ending their access."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hotspots import errors
from hotspots.access.actor import SYSTEM, actor_of
from hotspots.access.models import Grant, Organization, User
from hotspots.access.rules import OrganizationKind, Role
from hotspots.accounts.actions import (
    AcceptFacts,
    FirstOrganization,
    FoundingFacts,
    InviteFacts,
    LinkFacts,
    accept_invitation,
    end_access,
    invite_first,
    renew_invitation,
)
from hotspots.accounts.models import Invitation
from hotspots.accounts.rules import link_digest
from hotspots.audit.actions import verify
from hotspots.audit.models import Entry
from hotspots.audit.queries import history_of
from hotspots.keys.models import DataKey
from tests import build, build_accounts

pytestmark = pytest.mark.django_db(transaction=True)


def founding() -> FoundingFacts:
    """Give the facts of the first two accounts."""
    return FoundingFacts(
        administration=FirstOrganization(
            "Alder County Administration", "County", InviteFacts("administrator", "Administrator", link_digest("one"))
        ),
        prosecutor=FirstOrganization(
            "Alder County District Attorney", "DA", InviteFacts("coordinator", "Coordinator", link_digest("two"))
        ),
    )


def test_the_first_two_accounts_are_founded_while_there_is_none() -> None:
    one, two = invite_first(by=SYSTEM, facts=founding())

    assert one.user.organization.organization_kind == OrganizationKind.COUNTY
    assert actor_of(one.user).holds_countywide(Role.ADMINISTRATOR)
    assert two.user.organization.organization_kind == OrganizationKind.PROSECUTOR
    assert actor_of(two.user).holds_countywide(Role.COORDINATOR)
    assert verify().entries_count == 1


def test_the_first_two_accounts_are_founded_once() -> None:
    invite_first(by=SYSTEM, facts=founding())

    with pytest.raises(errors.RuleBroken):
        invite_first(by=SYSTEM, facts=founding())


def test_only_the_system_founds_accounts() -> None:
    with pytest.raises(errors.NotAllowed):
        invite_first(by=build.actor("admin", Role.ADMINISTRATOR), facts=founding())


def test_an_invited_person_sets_a_password_and_is_led_to_the_second_factor(client: Client) -> None:
    by = build.actor("admin", Role.ADMINISTRATOR)
    invitation = build_accounts.invited(by, "officer.12", "the-secret")

    answer = client.post("/invitation/the-secret", {"password": "heron on a levee", "again": "heron on a levee"})

    assert answer.url == "/account/second-factor"
    assert client.get("/account").url == "/account/second-factor"
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None
    assert User.objects.get(login="officer.12").check_password("heron on a levee")
    assert b"the-secret" not in bytes(invitation.token_digest)


def test_a_link_works_once(client: Client) -> None:
    build_accounts.invited(build.actor("admin", Role.ADMINISTRATOR), "officer.12", "the-secret")
    given = {"password": "heron on a levee", "again": "heron on a levee"}
    client.post("/invitation/the-secret", given)

    again = Client().post("/invitation/the-secret", given)

    assert again.status_code == 404
    assert "This link has ended" in again.content.decode()


def test_a_link_ends_after_seven_days(client: Client) -> None:
    invitation = build_accounts.invited(build.actor("admin", Role.ADMINISTRATOR), "officer.12", "the-secret")

    with pytest.raises(errors.RuleBroken):
        accept_invitation(
            by=SYSTEM,
            invitation=invitation,
            facts=AcceptFacts("x"),
            clock=lambda: timezone.now() + timedelta(days=7, seconds=1),
        )


def test_a_liaison_invites_to_their_own_organization_only() -> None:
    by = build.actor("liaison", Role.LIAISON)

    build_accounts.invited(by, "officer.12", "a")

    with pytest.raises(errors.NotAllowed):
        build_accounts.invited(by, "officer.13", "b", to=build_accounts.office())


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.LIAISON}])
def test_no_other_role_invites(role: Role) -> None:
    with pytest.raises(errors.NotAllowed):
        build_accounts.invited(build.actor("somebody", role), "officer.12", "a")


def test_a_login_is_taken_once() -> None:
    by = build.actor("admin", Role.ADMINISTRATOR)
    build_accounts.invited(by, "officer.12", "a")

    with pytest.raises(errors.RuleBroken) as refusal:
        build_accounts.invited(by, "officer.12", "b")

    assert refusal.value.field == "login"


def test_an_invitation_is_told_in_the_persons_history_and_no_text_in_the_log() -> None:
    invitation = build_accounts.invited(build.actor("admin", Role.ADMINISTRATOR), "officer.12", "the-secret")

    [line] = history_of(invitation.user_id)

    assert line.fields["login"] == (None, "officer.12")
    assert "officer.12" not in Entry.objects.get().body
    assert "the-secret" not in Entry.objects.get().body


def test_the_invite_page_shows_the_link_and_the_link_opens(client: Client) -> None:
    build.sign_in(client, build.person("admin", Role.ADMINISTRATOR))
    organization = Organization.objects.get()

    page = client.post(
        "/people/invite", {"organization": organization.pk, "title": "Officer 12", "login": "officer.12"}
    )

    link = page.context["link"]
    assert link.startswith("http://testserver/invitation/")
    assert "Officer 12" in Client().get(link.removeprefix("http://testserver")).content.decode()


def test_the_invite_page_keeps_what_was_typed_and_says_the_rule_beside_its_field(client: Client) -> None:
    build.sign_in(client, build.person("admin", Role.ADMINISTRATOR))
    organization = Organization.objects.get()

    page = client.post(
        "/people/invite", {"organization": organization.pk, "title": "Officer 12", "login": "Officer 12"}
    )

    form = page.context["form"]
    assert form.errors["login"] == [
        "A login has lower-case letters, digits, dots and hyphens, and begins with a letter."
    ]
    assert form["title"].value() == "Officer 12"


def test_ending_access_ends_roles_and_open_sessions(client: Client) -> None:
    by = build.actor("admin", Role.ADMINISTRATOR)
    officer = build_accounts.with_factor(build.person("officer.12", Role.OFFICER))
    build.sign_in(client, officer)

    end_access(by=by, user=officer)

    assert client.get("/account").url.startswith("/sign-in")
    assert not Grant.objects.in_force().filter(user=officer).exists()
    assert DataKey.objects.filter(purpose="second_factor", destroyed_at__isnull=False).count() == 1


def test_nobody_ends_their_own_access() -> None:
    admin = build.person("admin", Role.ADMINISTRATOR)
    build.person("admin.2", Role.ADMINISTRATOR)

    with pytest.raises(errors.RuleBroken):
        end_access(by=actor_of(admin), user=admin)


def test_a_new_link_starts_sign_in_over_and_lets_roles_wait_again(client: Client) -> None:
    by = build.actor("admin", Role.ADMINISTRATOR)
    officer = build_accounts.with_password(build_accounts.with_factor(build.person("officer.12", Role.OFFICER)))

    renew_invitation(by=by, user=officer, facts=LinkFacts(link_digest("new")))

    assert not actor_of(officer).grants
    assert Grant.objects.waiting().filter(user=officer, role=Role.OFFICER, granted_by_id=by.user_id).count() == 1
    assert "not right" in build_accounts.sign_in(client, officer).content.decode()
    assert client.get("/invitation/new").status_code == 200


def test_a_new_link_ends_the_link_before() -> None:
    by = build.actor("admin", Role.ADMINISTRATOR)
    person = build_accounts.invited(by, "officer.12", "old").user

    renew_invitation(by=by, user=person, facts=LinkFacts(link_digest("new")))

    assert Client().get("/invitation/old").status_code == 404
    assert Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).count() == 1
