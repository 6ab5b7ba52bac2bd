"""What @action guarantees of every verb."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from django.db import IntegrityError

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.frame import note_change
from hotspots.access.models import Organization, Restriction, SentRequest, User
from hotspots.access.rowset import RowSet
from hotspots.access.rules import OrganizationStatus, RestrictionKind, Role
from hotspots.audit.actions import verify
from hotspots.audit.models import Change, Entry, Reference
from hotspots.audit.queries import history_of
from tests import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("verbs")]


@dataclass(frozen=True, slots=True)
class RenameFacts:
    """A test's facts."""

    name: str


@action("test.rename", roles=[Role.LIAISON], subject="organization", changes=["organization"])
def rename(*, by: Actor, organization: Organization, facts: RenameFacts) -> Organization:
    """Rename an organization."""
    if not facts.name:
        raise errors.RuleBroken("test.name", "Say a name.")
    note_change(organization, organization.history_key_id, name=(organization.name, facts.name))
    organization.name = facts.name
    organization.save()
    return organization


@action("test.rename_both", roles=[Role.LIAISON], subject="organization", changes=["organization"])
def rename_swallowing(*, by: Actor, organization: Organization) -> None:
    """Swallow the refusal of a verb inside."""
    organization.short_name = "half done"
    organization.save()
    try:
        rename(by=by, organization=organization, facts=RenameFacts(""))
    except errors.Refusal:
        return


@action("test.suspend_all", roles=[Role.COORDINATOR])
def suspend_all(*, by: Actor, rows: RowSet) -> None:
    """Suspend a set of organizations."""
    rows.query.update(status=OrganizationStatus.SUSPENDED)


def _seal(organization: Organization) -> None:
    Restriction.objects.create(
        record_kind="access.Organization",
        record_id=organization.pk,
        restriction_kind=RestrictionKind.SEALED,
        authority="order",
        made_at=build.NOON,
    )


def test_a_verb_writes_one_entry_with_references_and_no_text() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()

    rename(by=liaison, organization=organization, facts=RenameFacts("Hill Police"))

    entry = Entry.objects.get(action="test.rename")
    assert f"access.Organization:{organization.pk}" in entry.body
    assert "Hill Police" not in entry.body
    assert Reference.objects.get(entry=entry).record_id == organization.pk
    assert verify().is_whole


def test_the_readable_change_opens_in_the_history_of_the_record() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()

    rename(by=liaison, organization=organization, facts=RenameFacts("Hill Police"))

    [line] = history_of(organization.pk)
    assert line.fields == {"name": ("Alder City Police Department", "Hill Police")}
    assert line.actor_id == liaison.user_id


def test_a_refusal_rolls_back_and_is_logged() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()

    with pytest.raises(errors.RuleBroken):
        rename(by=liaison, organization=organization, facts=RenameFacts(""))

    assert [entry.action for entry in Entry.objects.all()] == ["refused"]
    assert '"rule":"test.name"' in Entry.objects.get().body


def test_a_refusal_names_what_the_actor_sees_and_nothing_else() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()

    with pytest.raises(errors.RuleBroken):
        rename(by=liaison, organization=organization, facts=RenameFacts(""))
    seen = [row.record_id for row in Reference.objects.all()]
    _seal(organization)
    with pytest.raises(errors.NotFound):
        rename(by=liaison, organization=organization, facts=RenameFacts(""))

    last = Entry.objects.order_by("seq").last()
    assert seen == [organization.pk]
    assert '"rule":"access.sight"' in last.body
    assert str(organization.pk) not in last.body
    assert Reference.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LIAISON])
def test_every_other_role_is_refused(role: Role) -> None:
    someone = build.actor("someone", role)

    with pytest.raises(errors.NotAllowed):
        rename(by=someone, organization=build.organization(), facts=RenameFacts("x"))

    assert Organization.objects.get().name == "Alder City Police Department"


def test_a_grant_for_another_organization_does_not_cover_this_one() -> None:
    other = build.organization("Millbrook Police Department")
    liaison = build.actor("liaison", Role.LIAISON, of=other)

    with pytest.raises(errors.NotAllowed):
        rename(by=liaison, organization=build.organization(), facts=RenameFacts("x"))


def test_a_restricted_record_is_not_found_even_with_authority() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()
    _seal(organization)

    with pytest.raises(errors.NotFound):
        rename(by=liaison, organization=organization, facts=RenameFacts("x"))


def test_a_revoked_grant_counts_no_longer_even_for_an_actor_made_before() -> None:
    person = build.person("liaison", Role.LIAISON)
    liaison = build.actor_of(person)
    person.grants.update(revoked_at=build.NOON)

    with pytest.raises(errors.NotAllowed):
        rename(by=liaison, organization=build.organization(), facts=RenameFacts("x"))


def test_a_swallowed_refusal_fails_the_whole() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization = build.organization()

    with pytest.raises(RuntimeError):
        rename_swallowing(by=liaison, organization=organization)

    assert Organization.objects.get(pk=organization.pk).short_name != "half done"
    assert not Entry.objects.filter(action__startswith="test.").exists()


def test_a_row_set_that_changed_since_the_preview_is_refused_whole() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    shown = RowSet.of(Organization.objects.filter(name__contains="Police"))
    build.organization("Millbrook Police Department")

    with pytest.raises(errors.Stale):
        suspend_all(by=coordinator, rows=shown)

    assert not Organization.objects.filter(status=OrganizationStatus.SUSPENDED).exists()


def test_a_row_set_is_logged_by_its_root() -> None:
    coordinator = build.actor("coordinator", Role.COORDINATOR)
    shown = RowSet.of(Organization.objects.all())

    suspend_all(by=coordinator, rows=shown)

    assert shown.root.hex() in Entry.objects.get(action="test.suspend_all").body


def test_the_same_request_is_done_once_and_another_content_is_refused() -> None:
    liaison = build.actor("liaison", Role.LIAISON)
    organization, request_id = build.organization(), uuid.uuid4()

    first = rename(by=liaison, organization=organization, facts=RenameFacts("Hill"), request_id=request_id)
    again = rename(by=liaison, organization=organization, facts=RenameFacts("Hill"), request_id=request_id)
    with pytest.raises(errors.BadInput):
        rename(by=liaison, organization=organization, facts=RenameFacts("Dale"), request_id=request_id)

    assert first == again
    assert Entry.objects.filter(action="test.rename").count() == 1
    assert SentRequest.objects.count() == 1


def test_a_record_that_says_nothing_of_sight_is_seen_by_nobody() -> None:
    assert not User.objects.visible_to(build.actor("someone", Role.OFFICER)).none().exists()
    assert not Restriction.objects.visible_to(build.actor("other", Role.COORDINATOR)).exists()


def test_the_log_refuses_update_delete_and_a_gap() -> None:
    rename(by=build.actor("liaison", Role.LIAISON), organization=build.organization(), facts=RenameFacts("x"))
    entry = Entry.objects.get()

    for attempt in (
        lambda: Entry.objects.update(action="nothing"),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Change.objects.update(record_kind="x"),
        lambda: Entry.objects.create(
            seq=9, at=entry.at, action="x", body="{}", prev_hash=bytes(32), entry_hash=bytes(32)
        ),
    ):
        with pytest.raises(IntegrityError):
            attempt()


@action("test.race", roles=[Role.LIAISON])
def write_second(*, by: Actor, column: str) -> None:
    """Write a row that somebody else wrote in between, or one that is wrong."""
    known = User.objects.get(pk=by.user_id)
    changed = {"pk": None, "login": known.login} | ({column: None} if column else {})
    for name, value in changed.items():
        setattr(known, name, value)
    known.save(force_insert=True)


def test_a_row_that_somebody_else_wrote_in_between_is_a_refusal() -> None:
    liaison = build.actor("liaison", Role.LIAISON)

    with pytest.raises(errors.Stale, match="Someone else was first") as refusal:
        write_second(by=liaison, column="")

    assert refusal.value.rule == "access.race"
    assert Entry.objects.filter(action="refused").count() == 1
    with pytest.raises(IntegrityError):
        write_second(by=liaison, column="login")
