"""Weigh what a cold browser transfers for a page: the bodies as the program sends them, none compressed here."""

from __future__ import annotations

import gzip
import re
from typing import Any

NAMED = re.compile(r'(?:href|src)="(/static/[^"#?]+)')
FONTS_IN_CSS = re.compile(r"url\(\"?\.\./(fonts/[\w.-]+)\"?\)")
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def transferred_bytes(client: Any, address: str) -> int:
    """Sum the bodies of a page, of every static file that it names, and of the fonts that its styles name."""
    total, page = _fetched(client, address)
    wanted, seen = NAMED.findall(page), set[str]()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        size, text = _fetched(client, name)
        total += size
        if name.endswith(".css"):
            wanted += [f"/static/look/{font}" for font in FONTS_IN_CSS.findall(text)]
    return total


def _fetched(client: Any, address: str) -> tuple[int, str]:
    response = client.get(address, headers=BROWSER)
    if response.status_code != 200:
        raise ValueError(f"{address} answered {response.status_code}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    is_compressed = response.headers.get("Content-Encoding") == "gzip"
    return len(body), (gzip.decompress(body) if is_compressed else body).decode(errors="replace")
