"""`hotspots user`: invite people, the first two among them."""

from __future__ import annotations

import secrets
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
from hotspots.accounts.rules import link_digest
from hotspots.commands.terminal import AsUser, actor_named, console

app = typer.Typer(help="Invite people.", no_args_is_help=True)


@app.command("invite")
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
) -> None:
    """Invite a person by a link that works once and for seven days.

    Examples:
    hotspots user invite --first --county "Elm County" --organization "Elm County District Attorney"
    hotspots user invite officer12 --title "Officer 12" --organization "Elm City Police" --as liaison.elm
    """
    if first:
        _invite_first(county, organization)
        return
    if not (login and title and organization and as_user):
        raise typer.BadParameter("Give LOGIN, --title, --organization and --as; or --first.")
    actor = actor_named(as_user)
    place = Organization.objects.visible_to(actor).filter(name=organization).first()
    if place is None:
        raise errors.NotFound("user.organization", f"There is no organization named {organization}.")
    facts, token = _facts(login, title)
    invite_user(by=actor, organization=place, facts=facts)
    _print_link(title, token)


def _facts(login: str, title: str) -> tuple[InviteFacts, str]:
    token = secrets.token_urlsafe(32)
    return InviteFacts(login=login, title=title, token_digest=link_digest(token)), token


def _print_link(title: str, token: str) -> None:
    console.print(f"{title}: {settings.PUBLIC_URL}{reverse('accounts:accept', args=[token])}", soft_wrap=True)


def _invite_first(county: str, prosecutor: str) -> None:
    if not (county and prosecutor):
        raise typer.BadParameter("With --first, give --county and --organization.")
    if not County.objects.exists():
        found_county(by=SYSTEM, facts=CountyFacts(county, settings.ENVIRONMENT.time_zone))
    administrator, administrator_token = _facts("administrator", "Administrator")
    coordinator, coordinator_token = _facts("coordinator", "Coordinator")
    invite_first(
        by=SYSTEM,
        facts=FoundingFacts(
            administration=FirstOrganization(county, county, administrator),
            prosecutor=FirstOrganization(prosecutor, prosecutor[:40], coordinator),
        ),
    )
    console.print("Two people are invited. Each link works once, for seven days:")
    _print_link("Administrator", administrator_token)
    _print_link("Coordinator", coordinator_token)


@app.callback()
def _group() -> None:
    """Invite people."""
