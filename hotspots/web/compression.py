"""What goes out compressed: static files, and the pages that everybody may read. Nothing that holds a secret does.

Source: the BREACH attack (2013): the length of a compressed answer tells an eavesdropper what is in it, where it
holds both a secret and something that the attacker chose. So no answer to a person signed in, none with a form's token,
none that sets a cookie, and none that is kept out of caches (a text for invited readers) is compressed.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from hotspots.access.models import User

log = logging.getLogger("hotspots.web")

COMPRESSED_STATIC = (".css", ".js", ".svg", ".txt")  # fonts are compressed already
COMPRESSED_TYPES = ("text/html", "text/csv")


class CompressedStatic(WhiteNoiseMiddleware):
    """Serve static files, each with a compressed copy that is made when the program starts."""

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None) -> StaticFile:
        """Give a file with its headers, and its compressed copy beside it."""
        plain = super().get_static_file(path, url, stat_cache=stat_cache)
        copy = _copy_of(path) if path.endswith(COMPRESSED_STATIC) else None
        if copy is None:
            return plain
        ((_, _, headers),) = plain.alternatives
        return StaticFile(path, headers, encodings={"gzip": str(copy)})


class CompressPublicPages(GZipMiddleware):
    """Compress pages and tables that everybody may read, and that hold no secret."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer, or leave it as it is."""
        return super().process_response(request, response) if may_be_compressed(request, response) else response


def may_be_compressed(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Answer whether an answer is for everybody and holds nothing that only its reader may know."""
    is_page = response.headers.get("Content-Type", "").startswith(COMPRESSED_TYPES) and not response.streaming
    is_for_a_person = isinstance(getattr(request, "user", None), User) or bool(response.cookies)
    has_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # set whenever a form's token was made or shown
    is_kept_private = "no-store" in response.headers.get("Cache-Control", "")
    return is_page and request.method in {"GET", "HEAD"} and not (is_for_a_person or has_token or is_kept_private)


def _copy_of(path: str) -> Path | None:
    """Give the compressed copy of a file, made if it is not there; None where the folder cannot be written."""
    stat = os.stat(path)
    try:
        return _kept_copy(path, stat.st_mtime_ns, settings.COMPRESSED_ROOT)
    except OSError:
        log.exception("The compressed copy of %s could not be written; it is served as it is", path)
        return None


@functools.lru_cache(maxsize=512)
def _kept_copy(path: str, _mtime_ns: int, folder: Path) -> Path:
    content = Path(path).read_bytes()
    # Named by its content: another version of the program never serves the copy of this one.
    copy = folder / f"{hashlib.sha256(content).hexdigest()[:32]}.gz"
    if not copy.exists():
        folder.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as made:
            made.write(gzip.compress(content, mtime=0))
        os.replace(made.name, copy)
    return copy
