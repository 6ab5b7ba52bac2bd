"""A version as PDF: PDF/UA-1 and PDF/A-2a in one file, our own fonts, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

import look
from hotspots.results.models import ReleaseVersion
from hotspots.results.queries.release_page import ReleasePage, as_plain
from hotspots.results.queries.release_public import Standing, shown_page, standing_of
from hotspots.web.county import county_now

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "results" / "release.typ"
FONTS = Path(look.__file__).resolve().parent / "fonts-pdf"
DAY = "F j, Y"
HASH_GROUP = 4


def release_pdf(version: ReleaseVersion) -> bytes:
    """Build the PDF of a version, published or not; an unpublished one says so."""
    standing = standing_of(version)
    return compile_pdf(_contents(standing, shown_page(standing)), _made_at(version))


def compile_pdf(contents: dict[str, Any], made_at: dt.datetime) -> bytes:
    """Set the contents by the template; the time is given, so that the same contents give the same bytes."""
    import typst

    made = typst.compile(
        TEMPLATE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"release": json.dumps(contents, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def release_file_name(version: ReleaseVersion, ending: str) -> str:
    """Name a file of a version, "results-of-the-fifth-1.pdf"."""
    return f"{version.release.slug}-{version.number}.{ending}"


def notices_of(standing: Standing) -> list[dict[str, str]]:
    """Give what stands on top of a version: not published, corrected, replaced, or retracted; each with its date."""
    version, found = standing.version, []
    if version.published_at is None:
        found.append(
            {"kind": "warning", "title": _("Not published"), "text": _("A text for invited readers. It may change.")}
        )
    if standing.retraction is not None:
        day = _day(standing.retraction.noted_on)
        found.append(
            {"kind": "error", "title": _("Retracted %(day)s") % {"day": day}, "text": standing.retraction.note}
        )
    if standing.newer is not None:
        day = _day(standing.newer.noted_on)
        found.append(
            {
                "kind": "warning",
                "title": _("Replaced by a correction of %(day)s") % {"day": day},
                "text": standing.newer.note,
            }
        )
    if standing.is_correction:
        found.append(
            {"kind": "info", "title": _("Corrected %(day)s") % {"day": _day(version.noted_on)}, "text": version.note}
        )
    return found


def _made_at(version: ReleaseVersion) -> dt.datetime:
    return version.published_at or version.saved_at


def county_zone() -> zoneinfo.ZoneInfo:
    """Give the county's zone: a day is the county's day, in a request and on the command line alike."""
    county = county_now()
    return zoneinfo.ZoneInfo(county.time_zone if county else "UTC")


def _day(value: dt.date | dt.datetime | None) -> str:
    return format_date(value, DAY) if value is not None else ""


def _contents(standing: Standing, page: ReleasePage) -> dict[str, Any]:
    version = standing.version
    county = county_now()
    is_demonstration = county is not None and county.is_demonstration
    name = county.name if county else ""
    path = reverse("results:public_release", args=[version.release.slug, version.number])
    plain = as_plain(page)
    return {
        **plain,
        "language": "en",
        "publisher": str(version.release.campaign.lead),
        "keywords": [version.release.campaign.name],
        "footer": _("Release %(slug)s, version %(number)s") % {"slug": version.release.slug, "number": version.number},
        "demonstration": _("Demonstration data: %(county)s does not exist.") % {"county": name}
        if is_demonstration
        else "",
        "dateline": [_("News release"), _day(version.released_on), str(version.release.campaign.lead)],
        "notices": notices_of(standing),
        "notes_title": _("Withdrawn numbers") if standing.is_withdrawn else _("How each number was counted"),
        "notes": [
            {
                "number": note.number,
                "heading": note.heading,
                "definition": note.definition,
                "as_of": _day(note.data_as_of_on),
            }
            for note in page.notes
        ],
        "has_one_day": len({note.data_as_of_on for note in page.notes}) == 1,
        "frozen": frozen_sentence(page),
        "root_words": hash_words(page.root),
        "address": f"{settings.PUBLIC_URL}{path}" if version.published_at else "",
        "words": {
            "page": _("Page"),
            "number": _("Note"),
            "figure": _("Number"),
            "counts": _("What it counts"),
            "as_of": _("Data as of"),
            "root": _("Root of all figures (SHA-256)"),
            "address": _("Permanent address:"),
        },
    }


def frozen_sentence(page: ReleasePage) -> str:
    """Say when the figures were frozen, and up to which day they count, where it is one."""
    if not page.notes:
        return ""
    frozen = [
        _day(at) for at in sorted({timezone.localtime(note.frozen_at, county_zone()).date() for note in page.notes})
    ]
    said = [_("Frozen %(days)s, from records that were hashed on arrival.") % {"days": _(" and ").join(frozen)}]
    days = {note.data_as_of_on for note in page.notes}
    if len(days) == 1:
        said.append(_("Data as of %(day)s.") % {"day": _day(days.pop())})
    return " ".join(said)


def hash_words(digest: str) -> str:
    """Write a hash in groups of four."""
    return " ".join(digest[at : at + HASH_GROUP] for at in range(0, len(digest), HASH_GROUP))
