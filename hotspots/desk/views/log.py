"""The log, for the auditor: references and digests, and the proof that it is whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hotspots.access.models import User
from hotspots.access.rules import Role
from hotspots.audit.actions import verify
from hotspots.audit.models import Entry
from hotspots.audit.verifying import bytes_of_entry
from hotspots.desk.actions import VerificationFacts, record_verification
from hotspots.desk.forms import LogFilterForm
from hotspots.desk.queries.log import entries_of, last_verification, lines_of, log_page, stream_lines
from hotspots.desk.views.entries import entry_words, line_words
from hotspots.web.audience import actor_for, audience, require_one
from hotspots.web.navigation import in_navigation
from hotspots.web.tables.export import answer_csv, csv_text
from hotspots.web.why import why_of


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _csv_lines(entries: Any) -> Iterator[str]:
    yield "entry,at,who,action,records,hash\r\n"
    for line in stream_lines(entries):
        row = io.StringIO()
        cells = [line.seq, line.at, line.who, line.action, " ".join(line.refs), line.entry_hash]
        csv.writer(row).writerow([csv_text(cell) for cell in cells])
        yield row.getvalue()


def _address(kept: QueryDict, **changes: str) -> str:
    asked = kept.copy()
    for name, value in changes.items():
        asked[name] = value
    return f"?{asked.urlencode()}"


@in_navigation(_("Log"), url_name="desk:log", order=90)
@audience(Role.AUDITOR)
def show_log(request: HttpRequest) -> HttpResponseBase:
    """Show the entries, newest first."""
    actor = actor_for(request)
    form = LogFilterForm(request.GET or None, people=User.objects.visible_to(actor))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    person = asked.get("person")
    entries = entries_of(action=asked.get("action", ""), actor_id=person and person.pk, on=asked.get("on"))
    if request.GET.get("format") == "csv":
        return answer_csv("log", _csv_lines(entries))
    found = log_page(entries, before=_number(request.GET.get("before")))
    page = replace(found, lines=[replace(line, words=line_words(line)) for line in found.lines])
    kept, newest = request.GET.copy(), Entry.objects.order_by("-seq").first()
    kept.pop("before", None)
    context = {"form": form, "page": page, "newest": newest, "verified": last_verification(), "why": why_of(actor)}
    context["csv_url"], context["newest_url"] = _address(kept, format="csv"), f"{request.path}{_address(kept)}"
    context["older_url"] = _address(kept, before=str(page.next_before)) if page.next_before else ""
    return render(request, "desk/log.html", context)


@audience(Role.AUDITOR)
def show_entry(request: HttpRequest, seq: int) -> HttpResponse:
    """Show one entry: its exact bytes, and how its hash is made of them."""
    entry = require_one(Entry.objects, seq, "entry")
    data = bytes_of_entry(entry)
    line = lines_of([entry])[0]
    context = {
        **entry_words(line),
        "bytes_text": data.decode(),
        "previous_hash": bytes(entry.prev_hash).hex(),
        "older": seq - 1 if seq > 1 else None,
        "newer": seq + 1 if Entry.objects.filter(pk=seq + 1).exists() else None,
    }
    return render(request, "desk/entry.html", context)


@require_POST
@audience(Role.AUDITOR)
def verify_now(request: HttpRequest) -> HttpResponse:
    """Verify the whole chain, record that, and show what was found."""
    verdict = verify()
    facts = VerificationFacts(verdict.entries_count, verdict.head, verdict.first_bad_seq)
    record_verification(by=actor_for(request), facts=facts)
    context = {"verdict": verdict, "head": verdict.head.hex()}
    return render(request, "desk/verdict.html", context)
