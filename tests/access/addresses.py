"""Every address of the program, with the record that it is about in the demonstration county."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from hotspots.access.models import Grant, User
from hotspots.operations.models import Campaign
from hotspots.results.models import Release

TOKEN = "the-secret-of-a-link"


def first(label: str, **where: Any) -> Any:
    """Give the id of a record of a kind."""
    found = apps.get_model(label).objects.filter(**where).order_by("pk").first()
    return found.pk if found is not None else uuid.uuid4()


def waiting_grant() -> Any:
    """Give the id of a role that waits."""
    return Grant.objects.waiting().get().pk


# The record that an address is about, by the beginning of its route; the longest beginning wins.
RECORDS: dict[str, Callable[[], Any]] = {
    "people/": lambda: User.objects.get(login="officer.sheriff").pk,
    "grants/": waiting_grant,
    "coalition/": partial(first, "access.Organization", name="Poplar Avenue Residents"),
    "contacts/": partial(first, "coalition.Contact"),
    "campaigns/": lambda: Campaign.objects.get(key="hot-spots-2021").pk,
    "operations/": partial(first, "operations.Operation", number=2),
    "evidence/": partial(first, "evidence.Item", purpose="export"),
    "evidence/uploads/": partial(first, "evidence.Upload"),
    "lines/": partial(first, "intake.Line"),
    "ads/": partial(first, "intake.Ad"),
    "exports/": partial(first, "intake.Export"),
    "exports/of/": partial(first, "evidence.Item", purpose="export"),
    "responses/": partial(first, "intake.Response", dismissal_reason="", citations__isnull=False),
    "places/": partial(first, "intake.SourcePlace", message__direction="inbound", message__contact_point__isnull=False),
    "referred/": partial(first, "intake.Referral"),
    "citations/": partial(first, "cases.Citation"),
    "arrests/": partial(first, "cases.Arrest"),
    "investigations/": partial(first, "cases.Investigation"),
    "encounters/": partial(first, "cases.Encounter"),
    "subjects/": partial(first, "cases.Subject"),
    "matters/": partial(first, "cases.Matter"),
    "charges/": partial(first, "cases.Charge"),
    "hearings/": partial(first, "cases.Hearing"),
    "<source_kind:kind>/": partial(first, "cases.Citation"),
    "<heard_kind:kind>/": partial(first, "cases.Citation"),
    "figures/": partial(first, "results.Figure"),
    "releases-desk/": partial(first, "results.Release"),
    "history/": partial(first, "cases.Citation"),
}
# What stands in an address beside the id of its record, by the name of the part and, where needed, by the page too.
PARTS: dict[str, Callable[[], Any]] = {
    "accounts:accept token": lambda: TOKEN,
    "token": lambda: "no-such-token",
    "message": partial(first, "intake.Message"),
    "mark": partial(first, "intake.Mark"),
    "link": partial(first, "results.PreviewLink"),
    "results:measure_rows key": lambda: "responses_to_ads",
    "key": lambda: "hot-spots-2021",
    "slug": lambda: Release.objects.get().slug,
    "version": lambda: 1,
    "number": lambda: 2,
    "seq": lambda: 1,
    "desk:history kind": lambda: "cases.Citation",
    "kind": lambda: "citations",
}


@dataclass(frozen=True)
class Address:
    """One address of the program."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def parts(self) -> list[str]:
        return list(self.pattern.pattern.converters)

    def path(self, *, unknown: bool = False) -> str:
        """Fill the address in, with a record of the demonstration or with an id that nothing has."""
        values = {part: self._value_of(part, unknown=unknown) for part in self.parts}
        filled = self.route
        for part, converter in self.pattern.pattern.converters.items():
            for written in (f"<{part}>", *(f"<{kind}:{part}>" for kind in KINDS)):
                filled = filled.replace(written, converter.to_url(values[part]))
        return f"/{filled}"

    def _value_of(self, part: str, *, unknown: bool) -> Any:
        if part in {"pk", "place"}:
            return uuid.uuid4() if unknown else self._record()
        return PARTS.get(f"{self.name} {part}", PARTS.get(part, lambda: pytest.fail(f"say in PARTS what {part} is")))()

    def _record(self) -> Any:
        beginnings = [beginning for beginning in RECORDS if self.route.startswith(beginning)]
        if not beginnings:
            pytest.fail(f"say in RECORDS which record {self.route} shows")
        return RECORDS[max(beginnings, key=len)]()


KINDS = ("uuid", "int", "str", "slug", "source_kind", "heard_kind")


def addresses(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    """Give every address under a resolver."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route, pattern.namespace or namespace)
        else:
            yield Address(f"{namespace}:{pattern.name}" if namespace else str(pattern.name), route, pattern)


ALL = list(addresses(get_resolver()))
