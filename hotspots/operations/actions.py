"""Verbs of campaigns and operations."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Organization
from hotspots.access.rules import Role, Scope
from hotspots.operations import rules
from hotspots.operations.models import Campaign, Operation, Partner
from hotspots.operations.rules import OperationKind
from hotspots.web.county import county_zone
from hotspots.web.county_map import place_names

RECORDERS = (Role.COORDINATOR, Role.OPERATION_LEAD)


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What is said of a campaign; the key is its permanent address and never changes."""

    name: str
    begins_on: date
    ends_on: date
    area_words: str
    ordinal: int | None = None

    LOGGED: ClassVar[tuple[str, ...]] = ("ordinal", "begins_on", "ends_on")


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """What is said of an operation that was held."""

    kinds: tuple[OperationKind, ...]
    night_on: date
    place_words: str
    place_name: str
    partners: tuple[Organization, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None
    note: str = ""

    LOGGED: ClassVar[tuple[str, ...]] = ("night_on", "began_at", "ended_at")


@action("operations.open_campaign", roles=[Role.COORDINATOR], subject="lead")
def open_campaign(
    *, by: Actor, lead: Organization, key: str, facts: CampaignFacts, clock: Clock = system_clock
) -> Campaign:
    """Open a campaign, led by an agency."""
    _check_campaign(facts)
    rules.check_campaign_key(key)
    rules.check_agency(lead.organization_kind, is_active=lead.is_active, field="lead")
    if Campaign.objects.filter(key=key).exists():
        raise errors.RuleBroken("operations.campaign_key", "Another campaign has this key.", field="key")
    campaign = Campaign.objects.create(
        key=key, lead=lead, opened_by_id=by.user_id, opened_at=clock(), **_columns_of(facts)
    )
    _note_all(campaign, lead, _readable_campaign(campaign))
    return campaign


def _check_campaign(facts: CampaignFacts) -> None:
    rules.check_campaign(
        name=facts.name,
        area_words=facts.area_words,
        ordinal=facts.ordinal,
        begins_on=facts.begins_on,
        ends_on=facts.ends_on,
    )


def _columns_of(facts: CampaignFacts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "ordinal": facts.ordinal,
        "begins_on": facts.begins_on,
        "ends_on": facts.ends_on,
        "area_words": facts.area_words.strip(),
    }


def _readable_campaign(campaign: Campaign) -> dict[str, str]:
    return {
        "name": campaign.name,
        "ordinal": str(campaign.ordinal or ""),
        "begins_on": campaign.begins_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
        "area_words": campaign.area_words,
    }


def _note_all(record: Campaign | Operation, owner: Organization, now: dict[str, str]) -> None:
    note_change(record, owner.history_key_id, **{name: (None, text) for name, text in now.items() if text})


def _note_changed(
    record: Campaign | Operation, owner: Organization, before: dict[str, str], now: dict[str, str], reason: str
) -> None:
    changes: dict[str, tuple[str | None, str | None]] = {
        name: (before[name], text) for name, text in now.items() if before[name] != text
    }
    if not changes:
        raise errors.RuleBroken("operations.same", "Nothing is different. Change what is wrong.")
    note_change(record, owner.history_key_id, **changes, reason=(None, reason))


@action("operations.correct_campaign", roles=[Role.COORDINATOR], subject="campaign", changes=["campaign"])
def correct_campaign(*, by: Actor, campaign: Campaign, facts: CampaignFacts, reason: str) -> Campaign:
    """Correct a campaign, with the reason."""
    rules.check_reason(reason)
    _check_campaign(facts)
    nights = campaign.operations.values_list("night_on", flat=True)
    rules.check_period_keeps(begins_on=facts.begins_on, ends_on=facts.ends_on, nights=list(nights))
    before = _readable_campaign(campaign)
    for name, value in _columns_of(facts).items():
        setattr(campaign, name, value)
    campaign.save()
    _note_changed(campaign, campaign.lead, before, _readable_campaign(campaign), reason)
    return campaign


@action("operations.record_past_operation", roles=RECORDERS, subject="lead", changes=["campaign"])
def record_past_operation(
    *, by: Actor, campaign: Campaign, lead: Organization, facts: OperationFacts, clock: Clock = system_clock
) -> Operation:
    """Record an operation that was held before the record began, or elsewhere: closed, and marked for ever."""
    now = clock()
    rules.check_takes_records(campaign.state)
    _check_operation(campaign, lead, facts, now)
    last = campaign.operations.aggregate(last=Max("number"))["last"] or 0
    operation = Operation.objects.create(
        campaign=campaign,
        number=last + 1,
        lead=lead,
        state=rules.state_after("record_past_operation", None),
        is_entered_afterwards=True,
        recorded_by_id=by.user_id,
        recorded_at=now,
        **_details_of(facts),
    )
    _set_partners(operation, facts.partners)
    _note_all(operation, lead, _readable_operation(operation))
    return operation


@action("operations.correct_operation", roles=RECORDERS, subject="operation", changes=["operation"])
def correct_operation(
    *,
    by: Actor,
    operation: Operation,
    lead: Organization,
    facts: OperationFacts,
    reason: str,
    clock: Clock = system_clock,
) -> Operation:
    """Correct an operation, with the reason; it stays marked as entered afterwards."""
    rules.check_reason(reason)
    _check_may_correct(by, operation, lead)
    taking_part = {operation.lead_id, *operation.partners.values_list("organization_id", flat=True)}
    _check_operation(operation.campaign, lead, facts, clock(), taking_part)
    _check_keeps_records(operation, lead, facts)
    before = _readable_operation(operation)
    operation.lead = lead
    for name, value in _details_of(facts).items():
        setattr(operation, name, value)
    operation.save()
    _set_partners(operation, facts.partners)
    _note_changed(operation, operation.lead, before, _readable_operation(operation), reason)
    return operation


def scopes_of_lead(operation: Operation) -> set[tuple[Scope, uuid.UUID]]:
    """Give the scopes of those who correct an operation: its own and its lead's, not its partners'."""
    return {(Scope.OPERATION, operation.pk), (Scope.ORGANIZATION, operation.lead_id)}


def _check_may_correct(by: Actor, operation: Operation, lead: Organization) -> None:
    """Refuse a partner's lead: the operation is corrected by those who led it, and handed only to their own agency."""
    is_handed_over = lead.pk != operation.lead_id
    if not by.covers(RECORDERS, scopes_of_lead(operation)) or (
        is_handed_over and not by.covers(RECORDERS, lead.scopes())
    ):
        raise errors.NotAllowed("operations.lead", "The coordinator or the lead agency corrects this operation.")


def _check_keeps_records(operation: Operation, lead: Organization, facts: OperationFacts) -> None:
    """Refuse a night or agencies that the records of the operation contradict.

    The rooms whose records name an operation lie above this one and may not be imported here. Django knows which
    models point at an operation, so each of them is asked by what it has: a night, a credited agency. A record that
    is void holds nothing back. Counted past every sight: what the actor does not see still counts.
    """
    agencies = {lead.pk, *(partner.pk for partner in facts.partners)}
    outside, uncredited = 0, 0
    for relation in operation._meta.related_objects:
        model: Any = relation.related_model
        names = {field.name for field in model._meta.get_fields()}
        rows = model._base_manager.filter(**{relation.field.name: operation})
        rows = rows.exclude(state="voided") if "state" in names else rows
        if "night_on" in names and facts.night_on != operation.night_on:
            outside += rows.exclude(night_on=facts.night_on).count()
        if "credited" in names:
            uncredited += rows.exclude(credited__in=agencies).count()
    rules.check_keeps_records(outside=outside, uncredited=uncredited)


def _check_operation(
    campaign: Campaign,
    lead: Organization,
    facts: OperationFacts,
    now: datetime,
    taking_part: Collection[uuid.UUID] = (),
) -> None:
    for field, agencies in (("lead", (lead,)), ("partners", facts.partners)):
        for agency in agencies:
            is_active = agency.is_active or agency.pk in taking_part
            rules.check_agency(agency.organization_kind, is_active=is_active, field=field)
    held = rules.Held(
        kinds=facts.kinds,
        night_on=facts.night_on,
        place_words=facts.place_words,
        place_name=facts.place_name,
        began_on=timezone.localdate(facts.began_at, county_zone()) if facts.began_at else None,
        began_at=facts.began_at,
        ended_at=facts.ended_at,
        lead_id=lead.pk,
        partner_ids=[partner.pk for partner in facts.partners],
    )
    today = timezone.localdate(now, county_zone())
    rules.check_operation(held, rules.Bounds(campaign.begins_on, campaign.ends_on, today, place_names()))


def _details_of(facts: OperationFacts) -> dict[str, Any]:
    return {
        "kinds": [str(kind) for kind in facts.kinds],
        "night_on": facts.night_on,
        "began_at": facts.began_at,
        "ended_at": facts.ended_at,
        "place_words": facts.place_words.strip(),
        "place_name": facts.place_name,
        "note": facts.note.strip(),
    }


def _set_partners(operation: Operation, partners: tuple[Organization, ...]) -> None:
    operation.partners.exclude(organization__in=partners).delete()
    for position, organization in enumerate(partners):
        Partner.objects.update_or_create(
            operation=operation, organization=organization, defaults={"position": position}
        )


def _readable_operation(operation: Operation) -> dict[str, str]:
    partners = operation.partners.select_related("organization").order_by("position")
    return {
        "kinds": operation.kind_words,
        "lead": operation.lead.short_name,
        "partners": ", ".join(partner.organization.short_name for partner in partners),
        "night_on": operation.night_on.isoformat(),
        "began_at": _moment(operation.began_at),
        "ended_at": _moment(operation.ended_at),
        "place_words": operation.place_words,
        "place_name": operation.place_name,
        "note": operation.note,
    }


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at, county_zone()).strftime("%Y-%m-%d %H:%M") if at else ""
