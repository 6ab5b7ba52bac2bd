"""Releases on the first pages of those who write, approve and read them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotspots.access.actor import Actor
from hotspots.desk.now.links import link_to
from hotspots.desk.now.parts import Cell, Heading, Section, Todo
from hotspots.results.models import Release, ReleaseVersion
from hotspots.results.rules.states import ReleaseState
from look.formats import local_day, local_minute

RELEASES_SHOWN = 8


def latest_versions(actor: Actor, *states: ReleaseState) -> list[ReleaseVersion]:
    """Give the newest version of each release in one of the states."""
    releases = Release.objects.visible_to(actor).filter(state__in=states).order_by("-created_at")[:RELEASES_SHOWN]
    versions = ReleaseVersion.objects.visible_to(actor).filter(
        release__in=[release.pk for release in releases], abandoned_at__isnull=True
    )
    newest = {
        version.release_id: version for version in versions.select_related("release", "saved_by").order_by("number")
    }
    return [newest[release.pk] for release in releases if release.pk in newest]


def drafts_todo(actor: Actor) -> list[Todo]:
    """Give the drafts that wait for approval, and the approved ones that wait to be published."""
    waiting = []
    for version in latest_versions(actor, ReleaseState.DRAFT, ReleaseState.APPROVED):
        is_approved = version.approved_at is not None
        title = _("“%(title)s” is approved and not published") if is_approved else _("“%(title)s” is a draft")
        next_step = (
            _("Nothing publishes itself. A publisher or coordinator publishes it, now or at a set time.")
            if is_approved
            else _("Nothing publishes itself. Someone other than its author approves it.")
        )
        waiting.append(
            Todo(
                title % {"title": version.title},
                link_to("results:release", pk=version.release_id),
                _scheduled(version) or next_step,
                local_day(version.saved_at),
                _("saved"),
            )
        )
    return waiting


def _scheduled(version: ReleaseVersion) -> str:
    return _("It goes out %(at)s.") % {"at": local_minute(version.publish_at)} if version.publish_at else ""


def held_back_todo(actor: Actor) -> list[Todo]:
    """Give the releases that did not go out at the time that was set, with the reason."""
    rows = ReleaseVersion.objects.visible_to(actor).filter(published_at__isnull=True, abandoned_at__isnull=True)
    return [
        Todo(
            _("“%(title)s” did not go out at its time") % {"title": version.title},
            link_to("results:release", pk=version.release_id),
            version.held_back_reason,
            local_day(version.saved_at),
            _("saved"),
        )
        for version in rows.exclude(held_back_reason="").order_by("saved_at")[:RELEASES_SHOWN]
    ]


def drafts_to_approve(actor: Actor) -> list[Todo]:
    """Give the drafts that the actor did not write, and so may approve."""
    drafts = latest_versions(actor, ReleaseState.DRAFT)
    return [
        Todo(
            _("Read and approve “%(title)s”") % {"title": version.title},
            link_to("results:release", pk=version.release_id),
            _("Written by %(who)s, version %(number)s.") % {"who": version.saved_by, "number": version.number},
            local_day(version.saved_at),
            _("saved"),
        )
        for version in drafts
        if version.approved_at is None and version.saved_by_id != actor.user_id
    ]


def published_section(actor: Actor, *, is_on_the_desk: bool) -> Section:
    """List what was published."""
    states = (ReleaseState.PUBLISHED, ReleaseState.CORRECTED, ReleaseState.RETRACTED)
    versions = [version for version in latest_versions(actor, *states) if version.published_at is not None]
    return Section(
        "published",
        _("Published"),
        (Heading(_("Release")), Heading(_("Dated")), Heading(_("State"))),
        tuple(_published_row(version, is_on_the_desk) for version in versions),
        empty_heading=_("Nothing published yet"),
        empty_text=_("A release appears here when someone other than its author has approved it."),
    )


def _published_row(version: ReleaseVersion, is_on_the_desk: bool) -> tuple[Cell, ...]:
    release = version.release
    if is_on_the_desk:
        url = link_to("results:release", pk=release.pk)
    else:
        url = link_to("results:public_release", slug=release.slug, version=version.number)
    kept = release.state != ReleaseState.RETRACTED
    dated = local_day(version.released_on or version.published_at)
    return Cell(version.title, url), Cell(dated), Cell(release.state.capitalize(), status="ok" if kept else "stop")
