"""Find every page that a role can reach by following links, one of each kind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import APIRequestContext

# What an address may carry without leading to another kind of page.
SAME_PAGE = frozenset({"trail", "sort", "after", "before", "at", "as_of", "next", "row", "q", "number"})
# Ways out, and a file of another kind.
LEFT_OUT = frozenset({"accounts:sign_out", "accounts:demonstration", "web:display"})
# How many of a kind are opened: a second one is often in another state.
OF_A_KIND = 2
MOST_FETCHED = 400


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was reached: its address, and what kind of page it is."""

    path: str
    kind: str
    status: int
    is_page: bool
    came_from: str


def kind_of(path: str) -> str:
    """Name the kind of page at an address, or nothing where there is no page of ours."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    words = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if name not in SAME_PAGE)
    kinds = [str(value) for name, value in match.kwargs.items() if name in {"kind", "key"}]
    return " ".join([match.view_name, *kinds, *words])


def links_of(address: str, path: str, source: bytes) -> Iterator[str]:
    """Give the addresses of this county that a page links to."""
    for href in html.fromstring(source).xpath("//a/@href"):
        whole = urldefrag(urljoin(f"{address}{path}", href)).url
        if whole.startswith(address):
            yield whole.removeprefix(address) or "/"


def crawl(request: APIRequestContext, address: str, *starts: str) -> list[Found]:
    """Follow links from the first pages on, until no new kind of page turns up."""
    found: list[Found] = []
    counts: dict[str, int] = {}
    waiting, known = deque((start, "") for start in starts), set(starts)
    while waiting and len(found) < MOST_FETCHED:
        path, came_from = waiting.popleft()
        kind = kind_of(path)
        if kind.split(" ")[0] in LEFT_OUT or (kind and counts.get(kind, 0) >= OF_A_KIND):
            continue
        counts[kind] = counts.get(kind, 0) + 1
        answer = request.get(f"{address}{path}", max_redirects=0)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        found.append(Found(path, kind, answer.status, is_page, came_from))
        if is_page and answer.status == 200:
            for link in links_of(address, path, answer.body()):
                if link not in known:
                    known.add(link)
                    waiting.append((link, path))
    return found
