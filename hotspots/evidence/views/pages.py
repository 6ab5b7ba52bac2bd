"""What several pages of evidence show alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotspots.access.actor import Actor
from hotspots.access.rules import Role
from hotspots.evidence.models import Item
from hotspots.evidence.queries import Custody
from hotspots.evidence.rules import ItemKind, TransferKind
from hotspots.evidence.views.tabs import tabs_of
from hotspots.store.actions import open_blob
from hotspots.store.models import Blob

READERS = (
    Role.COORDINATOR,
    Role.PROSECUTOR,
    Role.AUDITOR,
    Role.CUSTODIAN,
    Role.OPERATION_LEAD,
    Role.OFFICER,
)
# An auditor reads references, digests, places and proofs, never contents.
WORD_READERS = tuple(role for role in READERS if role is not Role.AUDITOR)
SHORT_HASH = 4
CHUNK_BYTES = 1 << 20

KIND_WORDS = {ItemKind.DIGITAL: gettext_lazy("Digital"), ItemKind.PHYSICAL: gettext_lazy("Physical")}


def reads_words(actor: Actor) -> bool:
    """Tell whether the actor reads contents, and not proofs alone."""
    return actor.holds_any(*WORD_READERS)


def evidence_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the lists of evidence."""
    return tabs_of(request, (_("Items"), "evidence:items"), (_("Phone exports"), "intake:exports"))


def short_sha(sha256: str) -> str:
    """Write the ends of a SHA-256, as a step of the walk shows it."""
    return f"{sha256[:SHORT_HASH]}…{sha256[-SHORT_HASH:]}"


def item_name(item: Item, actor: Actor) -> str:
    """Name an item; to those who read no contents a physical one by its seal."""
    if item.file_name or reads_words(actor):
        return str(item)
    return _("Physical item, seal %(number)s") % {"number": item.seal_number}


def custody_words(custody: Custody) -> str:
    """Say how many hands an item went through, and whether there is a gap: "4 entries, no gap"."""
    entries = ngettext("%(count)s entry", "%(count)s entries", len(custody.steps)) % {"count": len(custody.steps)}
    return (
        _("%(entries)s, no gap") % {"entries": entries}
        if custody.is_whole
        else _("%(entries)s, a gap") % {"entries": entries}
    )


def custody_entries(custody: Custody) -> list[dict[str, Any]]:
    """Write each hand-over as a line of a log."""
    return [{"time": step.moved_at, "text": _step_sentence(step), "source": _step_note(step)} for step in custody.steps]


def custody_context(custody: Custody) -> dict[str, Any]:
    """Give what a page needs to show an item's custody."""
    return {"custody": custody, "entries": custody_entries(custody), "custody_text": custody_words(custody)}


def _step_sentence(step: Any) -> str:
    people = {"giver": step.given_by, "taker": step.taken_by}
    if step.kind == TransferKind.RECEIVED:
        return _("Received from %(giver)s by %(taker)s.") % people
    return _("Handed by %(giver)s to %(taker)s.") % people


def _step_note(step: Any) -> str:
    seal = _("seal %(number)s") % {"number": step.seal_number} if step.seal_number else ""
    return " · ".join(part for part in (step.reason, seal) if part)


def send_bytes(blob: Blob, file_name: str) -> StreamingHttpResponse:
    """Answer with the whole bytes of a blob, to be saved and never shown by the browser."""
    response = StreamingHttpResponse(_chunks(blob), content_type="application/octet-stream")
    response.headers["Content-Length"] = str(blob.size_bytes)
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name)
    return response


def _chunks(blob: Blob) -> Iterator[bytes]:
    with open_blob(blob) as reader:
        while piece := reader.read(CHUNK_BYTES):
            yield piece
