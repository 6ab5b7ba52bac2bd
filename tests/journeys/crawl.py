"""Find every page that a role can reach by following links, one or two of each kind."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.visitor import Visitor

# Ways out of the role, and choices that lead back to the same page.
LEFT_OUT = frozenset({"accounts:sign_out", "web:display"})
# Pages that look the same to everybody.
PUBLIC = ("results:public", "results:help", "results:refuses", "results:accessibility")
MOST_OPENED = 300


@dataclass(frozen=True, slots=True)
class Opened:
    """A page or file that was reached, and from where."""

    path: str
    kind: str
    status: int
    is_page: bool
    came_from: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What has been looked at in this run, by any of its processes: every role has pages that others have too."""

    folder: Path

    def is_first(self, what: str) -> bool:
        """Answer whether this is seen for the first time, and remember it."""
        try:
            (self.folder / hashlib.sha256(what.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def kind_of(path: str) -> str:
    """Name the kind of page at an address, or nothing where there is no page."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    asked = parse_qs(parts.query, keep_blank_values=True)
    words = [
        match.view_name,
        str(match.kwargs.get("kind", "")),
        *(name for name in ("mark", "agency") if name in asked),
    ]
    words += ["as a file" for _ in asked.get("format", ())]
    return " ".join(filter(None, words))


def links_of(visitor: Visitor) -> Iterator[str]:
    """Give the addresses of this county that a page links to."""
    for whole in visitor.page.evaluate("() => [...document.links].map(link => link.href)"):
        if whole.startswith(f"{visitor.address}/"):
            yield urldefrag(whole).url.removeprefix(visitor.address)


def walk_pages(visitor: Visitor, *starts: str, of_a_kind: int, left_out: tuple[str, ...] = ()) -> Iterator[Opened]:
    """Open page after page, a few of each kind, and stand on each until the next is asked for."""
    waiting, known, counts = deque((start, "") for start in starts), set(starts), Counter[str]()
    while waiting and counts.total() < MOST_OPENED:
        path, came_from = waiting.popleft()
        kind = kind_of(path)
        if kind in LEFT_OUT or kind.startswith(left_out) or (kind and counts[kind] >= of_a_kind):
            continue
        counts[kind] += 1
        opened = _open(visitor, path, kind, came_from)
        for link in links_of(visitor) if opened.is_page else ():
            if link not in known:
                known.add(link)
                waiting.append((link, path))
        yield opened


def _open(visitor: Visitor, path: str, kind: str, came_from: str) -> Opened:
    if path.split("?")[0].endswith((".pdf", ".csv")) or kind.endswith("as a file") or kind == "results:download":
        answer = visitor.page.context.request.get(f"{visitor.address}{path}")
        return Opened(path, kind, answer.status, False, came_from)
    return Opened(path, kind, visitor.open(path).status, True, came_from)
