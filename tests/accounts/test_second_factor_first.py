"""A signed-in session must have proven two factors; any other is led to the second one, or ended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hotspots.access.models import County, User
from hotspots.access.rules import Role
from hotspots.accounts.adapter.proof import PROOF, Proof, mark_proof
from hotspots.audit.models import Entry
from hotspots.web.county import forget_county
from tests import build, build_accounts

pytestmark = pytest.mark.django_db(transaction=True)

HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def officer() -> User:
    """Make an officer who can sign in."""
    return build_accounts.with_password(build.person("officer.12", Role.OFFICER))


def is_ended(client: Client, path: str = "/now", **visitor: str) -> bool:
    """Answer whether a page leads to sign-in, and the session is over then."""
    answer = client.get(path, **visitor)
    return (
        answer.status_code == 302 and answer.url.startswith("/sign-in?next=") and "_auth_user_id" not in client.session
    )


def keep(client: Client, **kept: object) -> None:
    """Write into a browser's session."""
    session = client.session
    session.update(kept)
    session.save()


def test_a_session_that_nobody_signed_in_to_is_ended_and_logged(client: Client, officer: User) -> None:
    client.force_login(officer, backend=build.BACKEND)

    assert is_ended(client)
    assert client.get("/now").status_code == 302
    assert list(Entry.objects.values_list("action", flat=True)) == ["accounts.session_refused"]


@pytest.mark.parametrize("path", ["/", "/help", "/no-such-page", "/account/second-factor", "/who-can-see-what"])
def test_it_is_ended_on_every_page(client: Client, officer: User, path: str) -> None:
    client.force_login(officer, backend=build.BACKEND)

    assert is_ended(client, path)


@pytest.mark.parametrize("kept", ["two_factors", True, {"how": "two_factors"}, {"how": "else"}, {"user": "x"}])
def test_what_is_not_a_mark_proves_nothing(client: Client, officer: User, kept: object) -> None:
    client.force_login(officer, backend=build.BACKEND)
    keep(client, **{PROOF: kept, "enrolling": False})

    assert is_ended(client)


def test_the_mark_of_another_person_proves_nothing(client: Client, officer: User) -> None:
    client.force_login(officer, backend=build.BACKEND)
    session = client.session
    mark_proof(session, build.person("coordinator", Role.COORDINATOR), Proof.TWO_FACTORS)
    session.save()

    assert is_ended(client)


def test_both_factors_prove_who_it_is(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)

    build_accounts.sign_in(client, officer)
    before = client.session.get(PROOF)
    client.post("/sign-in/code", {"code": build_accounts.code_now()})

    assert before is None
    assert client.session[PROOF] == {"how": "two_factors", "user": str(officer.pk)}


def test_a_password_alone_leads_to_the_second_factor_until_it_is_set_up(client: Client, officer: User) -> None:
    build_accounts.sign_in(client, officer)
    alone = client.session[PROOF]["how"]
    client.get("/account/second-factor")
    secret = client.session["mfa.totp.secret"]
    led = client.get("/releases-desk")  # which is for others: that is not told either

    client.post("/account/second-factor", {"code": build_accounts.code_now(secret)})

    assert (alone, led.url) == ("password", "/account/second-factor")
    assert client.session[PROOF]["how"] == "two_factors"


@pytest.mark.parametrize("path", ["/now", "/account", "/account/second-factor", "/help"])
def test_the_password_alone_is_worth_nothing_once_another_session_has_set_up_the_second_factor(
    client: Client, officer: User, path: str
) -> None:
    other = Client()
    for browser in (client, other):
        build_accounts.sign_in(browser, officer)
    client.get("/account/second-factor")
    open_before = other.get("/help").status_code
    client.post("/account/second-factor", {"code": build_accounts.code_now(client.session["mfa.totp.secret"])})

    assert open_before == 200
    assert is_ended(other, path)
    assert client.get("/account").status_code == 200


def test_the_click_of_the_demonstration_is_a_proof_only_where_it_is_offered(client: Client, settings: Settings) -> None:
    settings.HAS_DEMONSTRATION_SIGN_IN = True
    County.objects.update(is_demonstration=True)
    forget_county()
    build.person("coordinator", Role.COORDINATOR)

    def click() -> None:
        client.post("/demonstration", {"login": "coordinator"}, **HERE)
        assert client.get("/account", **HERE).status_code == 200

    click()
    assert is_ended(client, **{**HERE, "REMOTE_ADDR": "10.0.0.5"})
    click()
    assert is_ended(client, **HERE, HTTP_X_FORWARDED_FOR="127.0.0.1")
    click()
    settings.HAS_DEMONSTRATION_SIGN_IN = False
    assert is_ended(client, **HERE)
    settings.HAS_DEMONSTRATION_SIGN_IN = True
    click()
    County.objects.update(is_demonstration=False)
    forget_county()
    assert is_ended(client, **HERE)


def test_the_tests_sign_in_through_one_builder() -> None:
    tests = Path(build.__file__).parent
    found = {file.name for file in tests.rglob("*.py") if re.search(r"force_login\(", file.read_text())}

    assert found == {"build.py", Path(__file__).name}
