"""Who can see what, and the history of a record."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hotspots.desk.queries.access import ROLES, AccessRow, VerbLine, access_matrix, verbs_list
from hotspots.desk.queries.history import find_record, history_entries, may_read_words
from hotspots.desk.views.words import worded
from hotspots.web.audience import EVERYBODY, SIGNED_IN, actor_for, audience
from hotspots.web.navigation import in_navigation
from hotspots.web.tables.export import answer_csv, neutralized
from hotspots.web.why import role_name, why_of


def access_csv() -> Iterator[str]:
    """Give the matrix as lines of a CSV file: records first, then verbs."""
    heads = [role_name(role).capitalize() for role in ROLES]
    yield ",".join(["Room", "Record or verb", *heads, "Public"]) + "\r\n"
    for row in access_matrix():
        cells = [row.room, row.name, *(row.by_role[role] for role in ROLES), row.public]
        yield ",".join(neutralized(str(cell)) for cell in cells) + "\r\n"
    for line in verbs_list():
        cells = [line.room, line.name, *(line.sight_for(role) for role in ROLES), "nothing"]
        yield ",".join(neutralized(str(cell)) for cell in cells) + "\r\n"


def _cells(row: AccessRow, mine: list[bool]) -> dict[str, Any]:
    told = [(row.by_role[role], is_mine) for role, is_mine in zip(ROLES, mine, strict=True)]
    return {"name": row.name, "cells": [*told, (row.public, False)]}


def _verb_cells(line: VerbLine, mine: list[bool]) -> dict[str, Any]:
    who = [(role_name(role), is_mine) for role, is_mine in zip(ROLES, mine, strict=True) if role in line.roles]
    if line.is_open_to_system:
        who.append((str(_("the system")), False))
    return {"sentence": line.sentence.rstrip("."), "who": who}


@in_navigation(_("Who can see what"), url_name="desk:access", order=10, place="footer")
@audience(who=EVERYBODY)
def show_access(request: HttpRequest) -> HttpResponseBase:
    """Show who sees which record and who does what, as the code has it."""
    if request.GET.get("format") == "csv":
        return answer_csv("who-can-see-what", access_csv())
    actor = actor_for(request)
    mine = [actor.holds_any(role) for role in ROLES]
    rooms = [(room, list(rows)) for room, rows in groupby(access_matrix(), key=lambda row: row.room)]
    verbs = [(room, list(lines)) for room, lines in groupby(verbs_list(), key=lambda line: line.room)]
    context = {
        "heads": [(role_name(role).capitalize(), is_mine) for role, is_mine in zip(ROLES, mine, strict=True)],
        "rooms": [(room, [_cells(row, mine) for row in rows]) for room, rows in rooms],
        "verbs": [(room, [_verb_cells(line, mine) for line in lines]) for room, lines in verbs],
        "base": "look/base.html" if actor.is_signed_in else "look/public.html",
    }
    return render(request, "desk/access.html", context)


@audience(who=SIGNED_IN)
def show_history(request: HttpRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Show what happened to a record, old and new, to whoever may see it."""
    actor = actor_for(request)
    record = find_record(actor, kind, pk)
    why, links = why_of(actor, record)
    context = {
        "record": record,
        "noun": record._meta.verbose_name,
        "entries": [worded(entry) for entry in history_entries(actor, record)],
        "has_words": may_read_words(actor, record),
        "why": why,
        "why_links": links[:1],
    }
    return render(request, "desk/history.html", context)
