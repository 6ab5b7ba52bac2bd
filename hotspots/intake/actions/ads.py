"""Decoy ads: placed, withdrawn, their times corrected. The record holds digests of text and images, never the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import User
from hotspots.intake.actions.deriving import derive_responses
from hotspots.intake.actions.lines import KEEPERS
from hotspots.intake.models import Ad, Line
from hotspots.operations.models import Campaign, Operation
from hotspots.web.county import county_now

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AdFacts:
    """An ad as it ran. Text and images by SHA-256 (`rules.states.digest_of_text`); `number` None takes the next one."""

    site_words: str
    text_sha256: str
    text_characters_count: int
    portrayed_age: int
    placed_at: datetime
    withdrawn_at: datetime | None = None
    number: int | None = None
    image_sha256s: tuple[str, ...] = ()

    LOGGED: ClassVar = ("text_sha256", "text_characters_count", "portrayed_age", "placed_at", "withdrawn_at")


@dataclass(frozen=True, slots=True)
class WithdrawFacts:
    """When an ad was withdrawn."""

    withdrawn_at: datetime

    LOGGED: ClassVar = ("withdrawn_at",)


@dataclass(frozen=True, slots=True)
class AdTimesFacts:
    """The times of an ad as they should have been recorded, and why they were wrong."""

    placed_at: datetime
    withdrawn_at: datetime | None
    reason: str

    LOGGED: ClassVar = ("placed_at", "withdrawn_at")


@action("intake.place_ad", roles=KEEPERS, subject="line", changes=["line"])
def place_ad(
    *,
    by: Actor,
    line: Line,
    campaign: Campaign,
    approved_by: User,
    facts: AdFacts,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Ad:
    """Record a decoy ad that runs on a line, approved by a named person; a line runs one ad at a time."""
    _check_digests(facts)
    if not facts.site_words.strip():
        raise errors.BadInput("ad.site", _("Say where the ad runs."), locator="field site_words")
    if operation is not None and operation.campaign_id != campaign.pk:
        raise errors.RuleBroken("ad.operation", _("The operation is of another campaign."), field="operation")
    check_times(by, line, facts.placed_at, facts.withdrawn_at, now=clock())
    _check_campaign(campaign, facts.placed_at)
    ad = Ad.objects.create(
        number=_number_of(campaign, facts.number),
        line=line,
        campaign=campaign,
        operation=operation,
        site_words=facts.site_words.strip(),
        text_sha256=facts.text_sha256,
        text_characters_count=facts.text_characters_count,
        image_sha256s=list(facts.image_sha256s),
        portrayed_age=facts.portrayed_age,
        placed_at=facts.placed_at,
        withdrawn_at=facts.withdrawn_at,
        approved_by=approved_by,
        placed_by_id=by.user_id,
    )
    note_change(
        ad,
        line.owner.history_key_id,
        site=(None, ad.site_words),
        placed=(None, facts.placed_at.isoformat()),
        withdrawn=(None, facts.withdrawn_at.isoformat() if facts.withdrawn_at else None),
        approved_by=(None, approved_by.full_title),
    )
    derive_responses(line.pk)
    return ad


@action("intake.withdraw_ad", roles=KEEPERS, subject="ad", changes=["ad"])
def withdraw_ad(*, by: Actor, ad: Ad, facts: WithdrawFacts, clock: Clock = system_clock) -> Ad:
    """Record that an ad was withdrawn; answers belong to it for 72 hours more."""
    if ad.withdrawn_at is not None:
        sentence = _("{ad} was withdrawn before. To change the time, correct it.").format(ad=ad)
        raise errors.Stale("ad.withdrawn", sentence, theirs=ad.withdrawn_at, yours=facts.withdrawn_at)
    check_times(by, ad.line, ad.placed_at, facts.withdrawn_at, now=clock(), but=ad)
    note_change(ad, ad.line.owner.history_key_id, withdrawn=(None, facts.withdrawn_at.isoformat()))
    ad.withdrawn_at = facts.withdrawn_at
    ad.save(update_fields=["withdrawn_at"])
    derive_responses(ad.line_id)
    return ad


@action("intake.correct_ad", roles=KEEPERS, subject="ad", changes=["ad"])
def correct_ad(*, by: Actor, ad: Ad, facts: AdTimesFacts, clock: Clock = system_clock) -> Ad:
    """Correct the times of an ad, with a reason; its responses are derived again."""
    if not facts.reason.strip():
        raise errors.RuleBroken("ad.reason", _("Say why the times were wrong."), field="reason")
    check_times(by, ad.line, facts.placed_at, facts.withdrawn_at, now=clock(), but=ad)
    _check_campaign(ad.campaign, facts.placed_at)
    note_change(
        ad,
        ad.line.owner.history_key_id,
        placed=(ad.placed_at.isoformat(), facts.placed_at.isoformat()),
        withdrawn=(
            ad.withdrawn_at.isoformat() if ad.withdrawn_at else None,
            facts.withdrawn_at.isoformat() if facts.withdrawn_at else None,
        ),
        reason=(None, facts.reason.strip()),
    )
    ad.placed_at, ad.withdrawn_at = facts.placed_at, facts.withdrawn_at
    ad.save(update_fields=["placed_at", "withdrawn_at"])
    derive_responses(ad.line_id)
    return ad


def check_times(
    by: Actor, line: Line, placed_at: datetime, withdrawn_at: datetime | None, *, now: datetime, but: Ad | None = None
) -> None:
    """Check the times of an ad: in order, not in the future, and no other ad live on the line meanwhile."""
    if placed_at > now:
        raise errors.RuleBroken("ad.future", _("An ad is recorded once it is placed."), field="placed_at")
    if withdrawn_at is not None and withdrawn_at <= placed_at:
        raise errors.RuleBroken("ad.order", _("An ad is withdrawn after it is placed."), field="withdrawn_at")
    if withdrawn_at is not None and withdrawn_at > now:
        raise errors.RuleBroken("ad.future", _("An ad is recorded as withdrawn once it is."), field="withdrawn_at")
    meanwhile = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=placed_at)
    if withdrawn_at is not None:
        meanwhile &= Q(placed_at__lt=withdrawn_at)
    others = Ad.objects.filter(meanwhile, line=line)
    other = (others.exclude(pk=but.pk) if but is not None else others).first()
    if other is None:
        return
    if Ad.objects.visible_to(by).filter(pk=other.pk).exists():
        sentence = _("{ad} is live on {line} in that time; a line runs one ad at a time.").format(ad=other, line=line)
    else:
        sentence = _("{line} is taken in that time; a line runs one ad at a time.").format(line=line)
    raise errors.RuleBroken("ad.one_live", sentence, field="placed_at")


def _check_digests(facts: AdFacts) -> None:
    for field, digest in (("text", facts.text_sha256), *(("images", one) for one in facts.image_sha256s)):
        if not SHA256.fullmatch(digest):
            sentence = _("A SHA-256 is 64 digits from 0 to 9 and a to f.")
            raise errors.BadInput("ad.digest", sentence, locator=f"field {field}")
    if facts.text_characters_count < 1:
        raise errors.BadInput("ad.text", _("Say how many characters the text has."), locator="field text")
    if not 1 <= facts.portrayed_age <= 99:
        raise errors.BadInput("ad.age", _("Say the age that the ad portrays."), locator="field portrayed_age")


def _check_campaign(campaign: Campaign, placed_at: datetime) -> None:
    county = county_now()
    placed_on = placed_at.astimezone(ZoneInfo(county.time_zone) if county else None).date()
    if not campaign.begins_on <= placed_on <= campaign.ends_on:
        begins, ends = (f"{day:%b} {day.day}, {day.year}" for day in (campaign.begins_on, campaign.ends_on))
        sentence = _("The campaign runs from {begins} to {ends}.").format(begins=begins, ends=ends)
        raise errors.RuleBroken("ad.campaign", sentence, field="placed_at")


def _number_of(campaign: Campaign, wanted: int | None) -> int:
    if wanted is None:
        last = Ad.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"]
        return int(last or 0) + 1
    if Ad.objects.filter(campaign=campaign, number=wanted).exists():
        raise errors.RuleBroken("ad.number", _("The campaign has an ad with this number."), field="number")
    return wanted
