"""The sign-in of the demonstration, and where it is not."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from hotspots import errors
from hotspots.access.models import County
from hotspots.access.rules import Role
from hotspots.accounts.queries import check_demonstration_sign_in
from hotspots.audit.models import Entry
from hotspots.web.county import forget_county
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Be a demonstration, with its sign-in on."""
    settings.HAS_DEMONSTRATION_SIGN_IN = True
    County.objects.update(is_demonstration=True)
    forget_county()
    build.person("coordinator", Role.COORDINATOR)


def test_one_click_signs_in_and_is_logged(client: Client) -> None:
    page = client.get("/demonstration", **HERE)
    answer = client.post("/demonstration", {"login": "coordinator"}, **HERE)

    assert "this page exists only in the demonstration" in page.content.decode()
    assert answer.url == "/now"
    assert client.get("/account", **HERE).status_code == 200
    assert list(Entry.objects.values_list("action", flat=True)) == ["accounts.demonstration_signed_in"]


def test_another_click_changes_the_role(client: Client) -> None:
    build.person("auditor", Role.AUDITOR)
    client.post("/demonstration", {"login": "coordinator"}, **HERE)

    client.post("/demonstration", {"login": "auditor"}, **HERE)

    assert client.get("/account", **HERE).wsgi_request.user.login == "auditor"
    assert "Change role" in client.get("/account", **HERE).content.decode()


def test_only_roles_that_exist_are_offered(client: Client) -> None:
    page = client.get("/demonstration", **HERE)

    assert [choice.account.login for choice in page.context["choices"]] == ["coordinator"]


@pytest.mark.parametrize("login", ["prosecutor", "officer.12", ""])
def test_no_other_account_signs_in_so(client: Client, login: str) -> None:
    build.person("officer.12", Role.OFFICER)

    assert client.post("/demonstration", {"login": login}, **HERE).status_code == 404


@pytest.mark.parametrize(
    "visitor",
    [
        {"REMOTE_ADDR": "10.0.0.5"},
        {"HTTP_HOST": "testserver"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_it_is_not_there_for_another_machine(client: Client, visitor: dict[str, str]) -> None:
    assert client.get("/demonstration", **{**HERE, **visitor}).status_code == 404
    assert client.post("/demonstration", {"login": "coordinator"}, **{**HERE, **visitor}).status_code == 404


def test_it_is_not_there_in_a_county_that_is_real(client: Client) -> None:
    County.objects.update(is_demonstration=False)
    forget_county()

    assert client.get("/demonstration", **HERE).status_code == 404


def test_it_is_not_there_when_it_is_off(client: Client, settings: Settings) -> None:
    settings.HAS_DEMONSTRATION_SIGN_IN = False

    assert client.get("/demonstration", **HERE).status_code == 404
    assert "choose a role instead" not in client.get("/sign-in", **HERE).content.decode()


def test_the_sign_in_page_leads_to_it(client: Client) -> None:
    assert "choose a role instead" in client.get("/sign-in", **HERE).content.decode()


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.5", "::", "alder.example"])
def test_the_program_refuses_to_serve_it_to_others(address: str) -> None:
    with pytest.raises(errors.RuleBroken):
        check_demonstration_sign_in(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_the_program_serves_it_to_this_machine(address: str) -> None:
    check_demonstration_sign_in(address)


def test_the_program_refuses_it_for_a_county_that_is_real() -> None:
    County.objects.update(is_demonstration=False)
    forget_county()

    with pytest.raises(errors.RuleBroken):
        check_demonstration_sign_in("127.0.0.1")
