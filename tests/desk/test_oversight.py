"""Who can see what, the history of a record, and the log."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from hotspots.access.action import REGISTRY
from hotspots.access.rules import Role, Scope
from hotspots.accounts.actions import GrantFacts, grant_role
from hotspots.audit import append_only
from hotspots.audit.models import Entry
from hotspots.desk.documents import access_text, verbs_text, write_docs
from hotspots.desk.queries import access_matrix, verbs_list
from hotspots.desk.rules import Sight
from tests import build, build_accounts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def county() -> None:
    """Found the county."""
    build.county()


def sight(kind: str, role: Role) -> Sight:
    """Look up one cell of the matrix."""
    return next(row.by_role[role] for row in access_matrix() if row.kind == kind)


@pytest.mark.parametrize(
    ("kind", "role", "seen"),
    [
        ("intake.Response", Role.COORDINATOR, Sight.ALL),
        ("intake.Response", Role.OPERATION_LEAD, Sight.OWN),
        ("intake.Response", Role.OFFICER, Sight.NOTHING),
        ("intake.Response", Role.ADMINISTRATOR, Sight.NOTHING),
        ("intake.Response", Role.ADVOCATE_LIAISON, Sight.PART),
        ("intake.Referral", Role.COORDINATOR, Sight.NOTHING),
        ("intake.Referral", Role.ADVOCATE_LIAISON, Sight.ALL),
        ("cases.Citation", Role.PROSECUTOR, Sight.ALL),
        ("cases.Citation", Role.ADMINISTRATOR, Sight.NOTHING),
        ("cases.Citation", Role.COALITION_MEMBER, Sight.NOTHING),
        ("evidence.Item", Role.CUSTODIAN, Sight.OWN),
        ("access.Grant", Role.AUDITOR, Sight.ALL),
    ],
)
def test_the_matrix_says_what_the_code_decides(kind: str, role: Role, seen: Sight) -> None:
    assert sight(kind, role) is seen


def test_an_administrator_sees_no_case() -> None:
    closed = {"evidence", "intake", "cases"}

    seen = [row.kind for row in access_matrix() if row.room in closed and row.by_role[Role.ADMINISTRATOR] != "nothing"]

    assert set(seen) <= {"evidence.Upload", "cases.Statute"}


def test_the_public_sees_what_is_published_and_nothing_else() -> None:
    seen = {row.kind: row.public for row in access_matrix() if row.public is not Sight.NOTHING}

    assert set(seen) == {"results.Figure", "results.Release", "results.ReleaseVersion"}
    assert set(seen.values()) == {Sight.PART}


def test_every_verb_of_the_program_is_listed() -> None:
    listed = {line.name for line in verbs_list()}

    assert listed == {name for name, verb in REGISTRY.items() if verb.module.startswith("hotspots.")}
    assert "accounts.grant_role" in listed


def test_the_page_is_open_to_everybody_and_marks_the_readers_own_role(client: Client) -> None:
    assert client.get("/who-can-see-what").status_code == 200
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    page = client.get("/who-can-see-what")

    assert [head for head, is_mine in page.context["heads"] if is_mine] == ["Auditor"]


def test_the_matrix_is_exported(client: Client) -> None:
    lines = b"".join(client.get("/who-can-see-what?format=csv").streaming_content).decode().splitlines()

    assert lines[0].startswith("Room,Record or verb,Coordinator")
    assert len({line.count(",") for line in lines}) == 1


def test_the_committed_documents_are_fresh(repository: Path) -> None:
    for name, text in {"access.md": access_text(), "verbs.md": verbs_text()}.items():
        kept = repository / "docs" / name
        assert kept.exists(), f"docs/{name} is missing: run `make docs`"
        assert kept.read_text(encoding="utf-8") == text, f"docs/{name} is stale: run `make docs`"


def test_the_documents_are_written_into_a_folder(tmp_path: Path) -> None:
    assert {path.name for path in write_docs(tmp_path / "docs")} == {"access.md", "verbs.md"}


def granted(by_login: str = "liaison") -> uuid.UUID:
    """Have a role given, and give the person's id."""
    officer = build.user("officer.12")
    facts = GrantFacts(Role.OFFICER, Scope.ORGANIZATION, officer.organization_id)
    grant_role(by=build.actor(by_login, Role.LIAISON), user=officer, facts=facts)
    return officer.pk


def test_a_history_shows_what_changed_and_who_did_it(client: Client) -> None:
    pk = granted()
    build.sign_in(client, build.person("liaison.2", Role.LIAISON))

    page = client.get(f"/history/access.User/{pk}").content.decode()

    assert "A role was given." in page
    assert "Liaison, Alder City Police Department" in page
    assert "Officer</ins>" in page


@pytest.mark.parametrize("kind", ["access.User", "access.Nothing", "nonsense", "audit.Entry", "access.County"])
def test_a_history_of_what_is_not_there_or_not_seen_is_not_found(client: Client, kind: str) -> None:
    build.sign_in(client, build.person("somebody", Role.OFFICER))

    assert client.get(f"/history/{kind}/{uuid.uuid4()}").status_code == 404


def test_a_history_of_a_person_is_for_those_who_look_after_accounts(client: Client) -> None:
    pk = granted()
    build.sign_in(client, build.person("somebody", Role.OFFICER))

    assert client.get(f"/history/access.User/{pk}").status_code == 404


def test_a_person_reads_their_own_history(client: Client) -> None:
    person = build.person("somebody", Role.OFFICER)
    build.sign_in(client, person)

    assert client.get(f"/history/access.User/{person.pk}").status_code == 200


def test_a_history_of_a_record_out_of_sight_is_not_found(client: Client) -> None:
    admin = build.actor("admin", Role.ADMINISTRATOR)
    invitation = build_accounts.invited(admin, "officer.13", "x")
    build.sign_in(client, build.person("somebody", Role.OFFICER))

    assert client.get(f"/history/accounts.Invitation/{invitation.pk}").status_code == 404


def test_the_log_shows_references_and_no_text(client: Client) -> None:
    admin = build.actor("admin", Role.ADMINISTRATOR)
    build_accounts.invited(admin, "officer.13", "x")
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    page = client.get("/log").content.decode()
    entry = client.get("/log/1").content.decode()

    assert "A person was invited to an account" in page
    assert "accounts.Invitation" in entry
    assert "officer.13" not in page + entry


def test_the_log_pages_by_number_and_filters(client: Client) -> None:
    admin = build.actor("admin", Role.ADMINISTRATOR)
    for number in range(60):
        build_accounts.invited(admin, f"officer.{number}", f"x{number}")
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    first = client.get("/log").context["page"]
    second = client.get(f"/log?before={first.next_before}").context["page"]
    by_nobody = client.get(f"/log?person={build.user('nobody').pk}").context["page"]
    another_day = client.get("/log?on=2021-10-05").context["page"]

    assert [line.seq for line in first.lines] == list(range(60, 10, -1))
    assert [line.seq for line in second.lines] == list(range(10, 0, -1))
    assert second.next_before is None
    assert by_nobody.lines == another_day.lines == []
    assert len(client.get(f"/log?action=accounts.invite_user&person={admin.user_id}").context["page"].lines) == 50


def test_the_log_is_exported_whole(client: Client) -> None:
    granted()
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    lines = b"".join(client.get("/log?format=csv").streaming_content).decode().splitlines()

    assert lines[0] == "entry,at,who,action,records,hash"
    assert lines[1].startswith("1,")


def test_verifying_finds_the_log_whole_and_records_it(client: Client) -> None:
    granted()
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    page = client.post("/log/verify").content.decode()

    assert "The log is whole" in page
    told = json.loads(Entry.objects.get(action="desk.record_verification").body)["facts"]
    assert told["entries_count"] == 1
    assert "Verified" in client.get("/log").content.decode()


def test_verifying_names_the_first_bad_entry(client: Client) -> None:
    granted()
    build.sign_in(client, build.person("auditor", Role.AUDITOR))
    append_only.lift(connection, append_only.GUARDED)
    try:
        Entry.objects.filter(seq=1).update(action="accounts.revoke_role")
    finally:
        append_only.restore(connection, append_only.GUARDED)

    page = client.post("/log/verify").content.decode()

    assert "The log is not whole" in page
    assert "Entry 1 was altered" in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_the_log_is_the_auditors_alone(client: Client, role: Role) -> None:
    build.sign_in(client, build.person("somebody", role))

    assert client.get("/log").status_code == 404
    assert client.get("/log/1").status_code == 404
    assert client.post("/log/verify").status_code == 404


def test_the_log_takes_few_queries(client: Client, django_assert_max_num_queries) -> None:
    granted()
    build.sign_in(client, build.person("auditor", Role.AUDITOR))

    with django_assert_max_num_queries(12):
        client.get("/log")


def test_two_people_of_one_title_are_told_apart_in_the_filter_of_the_log(client: Client) -> None:
    build.sign_in(client, build.person("auditor", Role.AUDITOR))
    for name in ("Cottonwood Police Department", "Millbrook Police Department"):
        person = build.user(name.split()[0].lower(), of=build.organization(name))
        person.title = "Evidence custodian"
        person.save()

    page = client.get("/log").content.decode()

    for name in ("Cottonwood Police Department", "Millbrook Police Department"):
        assert page.count(f">Evidence custodian, {name}</option>") == 1
