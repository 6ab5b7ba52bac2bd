"""Open the pages of results as someone with a role."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from hotspots.access.actor import actor_of
from hotspots.access.rules import Role
from hotspots.results.actions.figures import FreezeFacts, freeze_figure
from hotspots.results.models import Figure
from tests import build as people
from tests import build_results as build
from tests.build_results import World

AS_OF = date(2021, 11, 5)


def counted_world() -> World:
    """Give a campaign with responses, a citation and a firearm arrest."""
    made = build.world()
    for _each in range(3):
        build.response(made)
    build.response(made, dismissed="spam")
    build.hearing(build.citation(made), date(2022, 1, 4))
    build.arrest(made)
    return made


def signed_in(role: Role, here: World, *, of: Any = None) -> Client:
    """Give a browser in which someone with a role is signed in."""
    client = Client()
    people.sign_in(client, people.person(f"reader.{role}", role, of=of or here.campaign.lead))
    return client


def frozen(here: World, key: str = "responses_to_ads") -> Figure:
    """Freeze a figure."""
    publisher = people.person(f"publisher.{uuid.uuid4().hex[:8]}", Role.PUBLISHER, of=here.campaign.lead)
    facts = FreezeFacts(key, AS_OF)
    return freeze_figure(by=actor_of(publisher), campaign=here.campaign, facts=facts)


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    """Open a page that is there."""
    answer = client.get(reverse(f"results:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()
