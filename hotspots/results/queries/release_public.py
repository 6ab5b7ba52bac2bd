"""What everybody may read: published versions, the figures in them, and where operations were held, by place.

The viewer is PUBLIC. A campaign and its operations are not open to the public as records; of a campaign with a
published release, these reads give the name, the dates, the published figures and the places (an area, never a point).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from hotspots import errors
from hotspots.access.actor import PUBLIC
from hotspots.operations.models import Campaign, Operation
from hotspots.operations.rules import OperationState
from hotspots.results.models import Figure, PreviewLink, Release, ReleaseVersion
from hotspots.results.queries.release_page import ReleasePage, page_of
from hotspots.results.queries.release_reading import draft_of
from hotspots.results.rules.states import ReleaseState


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure, and the version in which it was published."""

    figure: Figure
    version: ReleaseVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A city or community, and how many operations were held there."""

    name: str
    operations_count: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How a published version stands today: what replaced it, or that it was retracted, and the note that says so."""

    version: ReleaseVersion
    others: tuple[ReleaseVersion, ...]
    newer: ReleaseVersion | None
    retraction: ReleaseVersion | None

    @property
    def is_correction(self) -> bool:
        return bool(self.version.note) and self.version != self.retraction

    @property
    def is_retraction(self) -> bool:
        return self.version == self.retraction

    @property
    def is_withdrawn(self) -> bool:
        return self.retraction is not None


def published_versions() -> QuerySet[ReleaseVersion]:
    """Give every version that everybody may read."""
    rows = ReleaseVersion.objects.visible_to(PUBLIC)
    return rows.select_related("release__campaign__lead")


def latest_published(campaign: Campaign | None = None) -> list[ReleaseVersion]:
    """Give the latest published version of each release, newest date first."""
    newer = ReleaseVersion.objects.visible_to(PUBLIC).filter(release=OuterRef("release"), number__gt=OuterRef("number"))
    rows = published_versions().filter(~Exists(newer))
    if campaign is not None:
        rows = rows.filter(release__campaign=campaign)
    return list(rows.order_by("-released_on", "-published_at"))


def public_campaigns() -> QuerySet[Campaign]:
    """Give the campaigns with a published release, newest first."""
    releases = Release.objects.visible_to(PUBLIC).filter(campaign=OuterRef("pk"))
    return Campaign.objects.filter(Exists(releases)).select_related("lead").order_by("-begins_on")


def public_campaign(key: str) -> Campaign:
    """Give a campaign with a published release by its key; raise NotFound otherwise."""
    campaign = public_campaigns().filter(key=key).first()
    if campaign is None:
        raise errors.NotFound("results.campaign", "There are no published results under this address.")
    return campaign


def published_figures(campaign: Campaign) -> list[PublishedFigure]:
    """Give the figures that stand: each from the newest release that has it, in the order of its text."""
    found: dict[str, PublishedFigure] = {}
    for version in latest_published(campaign):
        if version.release.state == ReleaseState.RETRACTED:
            continue
        draft = draft_of(version)
        for key in draft.text.figure_keys():
            if key in draft.figures:
                found.setdefault(key, PublishedFigure(draft.figures[key], version))
    return list(found.values())


def newest_standing(campaign: Campaign) -> ReleaseVersion | None:
    """Give the version of a campaign that went out last, of the releases that are not retracted."""
    rows = published_versions().filter(release__campaign=campaign).exclude(release__state=ReleaseState.RETRACTED)
    return rows.order_by("-published_at", "-number").first()


def places_of(campaign: Campaign) -> list[Place]:
    """Give where the operations of a campaign were held, by place: those that the newest release was written about.

    What is recorded after it went out, or was held after its data-as-of day, waits until a person publishes again.
    """
    newest = newest_standing(campaign)
    if newest is None:
        return []
    held = Operation.objects.filter(Operation.unrestricted(PUBLIC), campaign=campaign, state=OperationState.CLOSED)
    rows = held.filter(recorded_at__lte=newest.published_at).order_by("place_name", "night_on")
    if newest.data_as_of_on is not None:
        rows = rows.filter(night_on__lte=newest.data_as_of_on)
    grouped: dict[str, list[date]] = {}
    for name, night_on in rows.values_list("place_name", "night_on"):
        grouped.setdefault(name, []).append(night_on)
    return [Place(name, len(nights), nights[0], nights[-1]) for name, nights in grouped.items()]


def published_version(slug: str, number: int) -> ReleaseVersion:
    """Give a published version by its permanent address; raise NotFound otherwise."""
    version = published_versions().filter(release__slug=slug, number=number).first()
    if version is None:
        raise errors.NotFound("results.version", "There is no published release under this address.")
    return version


def standing_of(version: ReleaseVersion) -> Standing:
    """Tell how a published version stands today."""
    rows = list(ReleaseVersion.objects.visible_to(PUBLIC).filter(release=version.release).order_by("number"))
    is_retracted = version.release.state == ReleaseState.RETRACTED
    retraction = rows[-1] if is_retracted else None
    kept = [row for row in rows if row != retraction]
    newer = kept[-1] if kept and kept[-1].number > version.number else None
    others = tuple(row for row in rows if row.pk != version.pk)
    return Standing(version, others, newer, retraction)


def shown_page(standing: Standing) -> ReleasePage:
    """Show a version; a retraction has no text of its own and lists the numbers that it withdraws."""
    withdrawn = [row for row in standing.others if row.body]
    if not standing.is_retraction or not withdrawn:
        return page_of(standing.version)
    return replace(page_of(withdrawn[-1]), title=page_of(standing.version).title, lead=(), groups=())


def digest_of_token(token: str) -> bytes:
    """Give what is kept of a link's secret; the secret is random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def invited_version(token: str, *, now: datetime) -> PreviewLink:
    """Give the invitation that a link's secret opens; raise NotFound when there is none, or it has ended."""
    link = (
        PreviewLink.objects.filter(token_digest=digest_of_token(token), ended_at__isnull=True, expires_at__gt=now)
        .filter(version__abandoned_at__isnull=True)
        .select_related("version__release__campaign__lead")
        .first()
    )
    if link is None:
        raise errors.NotFound("results.preview", "This invitation does not work, or no longer does. Ask for a new one.")
    return link
