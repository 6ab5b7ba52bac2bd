"""Signing in with a password and a second factor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from hotspots.access.models import User
from hotspots.access.rules import Role
from hotspots.accounts.adapter.second_factor import make_recovery_codes, use_recovery_code
from hotspots.accounts.models import RecoveryCode
from hotspots.audit.actions import verify
from hotspots.audit.models import Entry
from tests import build, build_accounts
from tests.architecture.source import sources

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    """Make an officer who can sign in."""
    return build_accounts.with_password(build.person("officer.12", Role.OFFICER))


def actions() -> list[str]:
    """Give what the log tells, in order."""
    return list(Entry.objects.order_by("seq").values_list("action", flat=True))


def test_password_and_code_open_the_first_page(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)

    first = build_accounts.sign_in(client, officer)
    second = client.post("/sign-in/code", {"code": build_accounts.code_now()})

    assert first.url == "/sign-in/code"
    assert second.url == "/now"
    assert client.get("/account").status_code == 200
    assert actions() == ["accounts.signed_in"]
    assert verify().is_whole


def test_a_password_alone_opens_nothing(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)

    build_accounts.sign_in(client, officer)

    assert client.get("/account").url == "/sign-in?next=%2Faccount"


def test_without_a_second_factor_only_its_page_opens(client: Client, officer: User) -> None:
    build_accounts.sign_in(client, officer)

    assert client.get("/account").url == "/account/second-factor"
    assert client.get("/now").url == "/account/second-factor"
    assert client.get("/account/second-factor").status_code == 200


def test_the_second_factor_is_set_up_and_its_secret_is_kept_encrypted(client: Client, officer: User) -> None:
    build_accounts.sign_in(client, officer)
    client.get("/account/second-factor")
    secret = client.session["mfa.totp.secret"]

    page = client.post("/account/second-factor", {"code": build_accounts.code_now(secret)})

    assert page.status_code == 200
    assert len(page.context["codes"]) == 10
    assert secret not in str(build_accounts.factor_of(officer).data)
    assert client.get("/account").status_code == 200
    assert actions() == ["accounts.signed_in", "accounts.second_factor_started"]


def test_the_enrollment_refuses_a_wrong_code_and_keeps_the_key(client: Client, officer: User) -> None:
    build_accounts.sign_in(client, officer)
    client.get("/account/second-factor")
    secret = client.session["mfa.totp.secret"]

    page = client.post("/account/second-factor", {"code": "000000"})

    assert "This code is not right" in page.content.decode()
    assert client.session["mfa.totp.secret"] == secret


def test_a_code_works_once(officer: User) -> None:
    build_accounts.with_factor(officer)
    code = build_accounts.code_now()
    one, two = Client(), Client()

    build_accounts.sign_in(one, officer)
    build_accounts.sign_in(two, officer)

    assert one.post("/sign-in/code", {"code": code}).status_code == 302
    assert two.post("/sign-in/code", {"code": code}).status_code == 200


def test_a_code_works_once_for_as_long_as_it_would_be_taken(officer: User) -> None:
    build_accounts.with_factor(officer)
    code = build_accounts.code_now()
    one, two = Client(), Client()
    build_accounts.sign_in(one, officer)
    build_accounts.sign_in(two, officer)
    one.post("/sign-in/code", {"code": code})

    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")  # what the library forgets after one period

    assert two.post("/sign-in/code", {"code": f"{code[:3]} {code[3:]}"}).status_code == 200


def test_a_recovery_code_stands_in_once(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)
    code = make_recovery_codes(officer)[3]
    build_accounts.sign_in(client, officer)

    answer = client.post("/sign-in/code", {"code": f"{code[:4].lower()}-{code[4:]}"})

    assert answer.url == "/now"
    assert RecoveryCode.objects.filter(user=officer, used_at__isnull=False).count() == 1
    assert not use_recovery_code(officer, code)
    assert actions() == ["accounts.recovery_codes_made", "accounts.recovery_code_used", "accounts.signed_in"]


def test_recovery_codes_are_not_kept(officer: User) -> None:
    codes = make_recovery_codes(officer)

    kept = [bytes(row.digest) + bytes(row.salt) for row in RecoveryCode.objects.all()]

    assert len({*codes}) == len({*kept}) == 10
    assert not any(code.encode() in value for code in codes for value in kept)
    assert all(len(code) * 5 >= 50 for code in codes)


def test_new_recovery_codes_end_the_old_ones(officer: User) -> None:
    old = make_recovery_codes(officer)

    make_recovery_codes(officer)

    assert not use_recovery_code(officer, old[0])


def test_five_wrong_passwords_shut_the_door_for_the_right_one_too(client: Client, officer: User) -> None:
    for _ in range(5):
        build_accounts.sign_in(client, officer, "not this one")

    page = build_accounts.sign_in(client, officer)

    assert page.status_code == 200
    assert "Too many tries" in page.content.decode()
    assert actions() == ["accounts.sign_in_failed"] * 5


def test_five_wrong_codes_shut_the_door(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)
    build_accounts.sign_in(client, officer)
    for _ in range(5):
        client.post("/sign-in/code", {"code": "000000"})

    page = client.post("/sign-in/code", {"code": build_accounts.code_now()})

    assert "Too many tries" in page.content.decode()


def test_an_unknown_login_and_a_wrong_password_read_alike(client: Client, officer: User) -> None:
    unknown = client.post("/sign-in", {"login": "nobody", "password": "x"}).content.decode()
    wrong = build_accounts.sign_in(client, officer, "x").content.decode()

    sentence = "The login or the password is not right."
    assert sentence in unknown
    assert sentence in wrong
    assert actions() == ["accounts.sign_in_failed"]


def test_a_closed_account_cannot_sign_in(client: Client, officer: User) -> None:
    User.objects.update(is_active=False)

    answer = build_accounts.sign_in(client, officer)

    assert answer.url == "/sign-in/closed"
    assert client.get("/sign-in/closed").status_code == 403
    assert client.get("/account").url.startswith("/sign-in")


def test_a_session_ends_twelve_hours_after_signing_in(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)
    build_accounts.sign_in(client, officer)
    client.post("/sign-in/code", {"code": build_accounts.code_now()})

    session = client.session
    left = session.get_expiry_date() - timezone.now()

    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    client.get("/account")
    assert client.session.get_expiry_date() == session.get_expiry_date()


def test_signing_out_ends_the_session_and_is_logged(client: Client, officer: User) -> None:
    build.sign_in(client, officer)

    answer = client.post("/sign-out")

    assert answer.url == "/sign-in"
    assert client.get("/account").url.startswith("/sign-in")
    assert actions() == ["accounts.signed_out"]


def test_changing_the_password_ends_the_other_sessions(officer: User) -> None:
    here, there = Client(), Client()
    build.sign_in(here, officer)
    build.sign_in(there, officer)
    new = "another bird on the river"

    answer = here.post("/account/password", {"current": build_accounts.PASSWORD, "password": new, "again": new})

    assert answer.url == "/account"
    assert here.get("/account").status_code == 200
    assert there.get("/account").url.startswith("/sign-in")
    assert actions() == ["accounts.password_changed"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"current": "wrong", "password": "x" * 14, "again": "x" * 14}, "This is not your password."),
        ({"current": build_accounts.PASSWORD, "password": "short", "again": "short"}, "too short"),
        ({"current": build_accounts.PASSWORD, "password": "password1234", "again": "password1234"}, "too common"),
        ({"current": build_accounts.PASSWORD, "password": "y" * 14, "again": "z" * 14}, "The two passwords differ."),
    ],
)
def test_a_password_that_will_not_do_is_refused(client: Client, officer: User, given: dict, sentence: str) -> None:
    build.sign_in(client, officer)

    page = client.post("/account/password", given)

    assert sentence in page.content.decode()
    assert actions() == []


def test_new_recovery_codes_ask_for_the_password(client: Client, officer: User) -> None:
    build_accounts.with_factor(officer)
    build.sign_in(client, officer)

    assert "not your password" in client.post("/account/codes", {"current": "wrong"}).content.decode()
    assert len(client.post("/account/codes", {"current": build_accounts.PASSWORD}).context["codes"]) == 10


def test_too_many_requests_get_a_page_of_ours(client: Client, officer: User) -> None:
    pages = [client.post("/sign-in", {"login": f"nobody{n}", "password": "x"}) for n in range(31)]

    assert pages[-1].status_code == 429
    assert "Too many tries" in pages[-1].content.decode()


def test_the_limits_are_shared_by_all_processes() -> None:
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    assert cache.add("asked", 1)
    assert not cache.add("asked", 1)


def test_only_the_adapter_begins_a_session() -> None:
    beginnings = [
        source.name
        for source in sources("hotspots")
        if "import login\n" in source.text or "django_login" in source.text or "auth.login(" in source.text
    ]

    assert beginnings == []
