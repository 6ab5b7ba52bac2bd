"""`hotspots user`: invite people, the first two among them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC
from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse

from hotspots import errors
from hotspots.access.actor import SYSTEM
from hotspots.access.models import County, Organization
from hotspots.accounts.actions import (
    CountyFacts,
    FirstOrganization,
    FoundingFacts,
    InviteFacts,
    found_county,
    invite_first,
    invite_user,
)
from hotspots.accounts.models import Invitation
from hotspots.accounts.rules import link_digest
from hotspots.commands.terminal import EXIT_CODES, AsJson, AsUser, actor_named, print_json, say

app = typer.Typer(help="Invite people.", no_args_is_help=True)


@app.command("invite", epilog=EXIT_CODES)
def invite(
    login: Annotated[str, typer.Argument(help="The login of the person to invite.")] = "",
    first: Annotated[
        bool, typer.Option("--first", help="Found the county with an administrator and a coordinator.")
    ] = False,
    title: Annotated[str, typer.Option(help='What the person is, such as "Officer 12".')] = "",
    organization: Annotated[
        str, typer.Option(help="Where the person works; with --first, the prosecutor's office.")
    ] = "",
    county: Annotated[str, typer.Option(help="With --first: the name of the county.")] = "",
    as_user: AsUser = "",
    as_json: AsJson = False,
) -> None:
    """Invite a person by a link that works once and for seven days.

    Examples:

        hotspots user invite --first --county "Elm County" --organization "Elm County District Attorney"

        hotspots user invite officer12 --title "Officer 12" --organization "Elm City Police" --as liaison.elm --json
    """
    if first:
        if login or title or as_user:
            raise typer.BadParameter("--first takes --county and --organization alone; nobody is there to act yet.")
        _print(_first_links(county, organization), as_json)
        return
    if not (login and title and organization and as_user):
        raise typer.BadParameter("Give LOGIN, --title, --organization and --as; or --first.")
    actor = actor_named(as_user)
    place = Organization.objects.visible_to(actor).filter(name=organization).first()
    if place is None:
        raise errors.NotFound("user.organization", f"There is no organization named {organization}.")
    facts, token = _facts(login, title)
    _print([_Link(invite_user(by=actor, organization=place, facts=facts), token)], as_json)


@dataclass(frozen=True, slots=True)
class _Link:
    """An invitation, and the secret in its link, which is printed once and kept nowhere."""

    invitation: Invitation
    token: str

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse('accounts:accept', args=[self.token])}"

    def as_json(self) -> dict[str, str]:
        user = self.invitation.user
        expires_at = self.invitation.expires_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"login": user.login, "title": user.title, "link": self.address, "expires_at": expires_at}


def _print(links: list[_Link], as_json: bool) -> None:
    if as_json:
        print_json({"invitations": [link.as_json() for link in links]})
        return
    if len(links) > 1:
        say("Two people are invited. Each link works once, for seven days:")
    for link in links:
        say(f"{link.invitation.user.title}: {link.address}")


def _facts(login: str, title: str) -> tuple[InviteFacts, str]:
    token = secrets.token_urlsafe(32)
    return InviteFacts(login=login, title=title, token_digest=link_digest(token)), token


def _first_links(county: str, prosecutor: str) -> list[_Link]:
    if not (county and prosecutor):
        raise typer.BadParameter("With --first, give --county and --organization.")
    if not County.objects.exists():
        found_county(by=SYSTEM, facts=CountyFacts(county, settings.ENVIRONMENT.time_zone))
    administrator, administrator_token = _facts("administrator", "Administrator")
    coordinator, coordinator_token = _facts("coordinator", "Coordinator")
    first, second = invite_first(
        by=SYSTEM,
        facts=FoundingFacts(
            administration=FirstOrganization(county, county, administrator),
            prosecutor=FirstOrganization(prosecutor, prosecutor[:40], coordinator),
        ),
    )
    return [_Link(first, administrator_token), _Link(second, coordinator_token)]


@app.callback()
def _group() -> None:
    """Invite people."""
