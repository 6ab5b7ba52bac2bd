"""Responses to decoy ads: the pairs of ad and contact point that count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hotspots.intake.models import Response
from hotspots.intake.rules.states import DismissalReason, ReadingState
from hotspots.results.measures.declaration import Denominator, Paths, Words, measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import keep_unrestricted
from hotspots.results.rules.measures import Side

DISMISSED = {
    DismissalReason.SPAM: _("Spam"),
    DismissalReason.WRONG_NUMBER: _("Wrong number"),
    DismissalReason.ADVERTISER: _("Advertiser or site"),
    DismissalReason.OFFICER: _("Officer or test"),
    DismissalReason.NO_WORDS: _("No words at all"),
}
PATHS = Paths(operation="ad__operation_id", organization="ad__line__owner_id")


def pairs_known(extent: Extent) -> Any:
    """Give the pairs of ad and contact point of the campaign that the task force may know, from finished readings."""
    rows = Response.objects.filter(
        ad__campaign=extent.campaign, first_message__reading__state=ReadingState.FINISHED, is_outside=False
    )
    return keep_unrestricted(rows.filter(first_at__lt=extent.known_until_at), extent)


def in_period(extent: Extent) -> Q:
    """Say which pairs began in the campaign's days."""
    return Q(first_at__gte=extent.begins_at, first_at__lt=extent.ends_at)


def denominators_of(extent: Extent) -> Iterator[Denominator]:
    """Count the pairs known, and those not counted by reason: in one query, and never those that were referred."""
    counted = Q(dismissal_reason="")
    said = {reason.value: Count("pk", filter=Q(dismissal_reason=reason)) for reason in DISMISSED}
    rows = pairs_known(extent)
    if extent.operation is not None:
        rows = rows.filter(ad__operation=extent.operation)
    if extent.organization is not None:
        rows = rows.filter(ad__line__owner=extent.organization)
    found = rows.order_by().aggregate(
        known=Count("pk"), outside=Count("pk", filter=counted & ~in_period(extent)), **said
    )
    yield Denominator("pairs_known", str(_("Pairs of ad and contact point known to the task force")), found["known"])
    for reason, label in DISMISSED.items():
        yield Denominator(f"dismissed.{reason}", str(label), found[reason.value], is_left_out=True)
    if found["outside"]:
        yield Denominator("outside_period", str(_("Outside the campaign's days")), found["outside"], is_left_out=True)


@measure(
    key="responses_to_ads",
    words=Words(
        _("Responses to decoy ads"),
        _("response to decoy ads"),
        _("responses to decoy ads"),
        _("contact events, never persons"),
    ),
    unit=_("response"),
    unit_note=_("A contact event. It is not a person: one person may use two numbers, and one number may be shared."),
    population=_(
        "Pairs of an ad of the campaign and a contact point that wrote to or called its line, from exports that were "
        "read to the end."
    ),
    definition=_(
        "One contact point answered one ad, at least once, inbound, from the ad's placing until 72 hours after its "
        "withdrawal, "
        "unless a named person dismissed it with a reason from a closed list. A second message to the same ad adds "
        "nothing."
    ),
    period=_("By the local date of the first contact, within the campaign's days."),
    not_counted=(
        _("Pairs that were dismissed: wrong number, spam, advertiser or site, officer or test, no words at all."),
        _("Contacts before an ad was placed or more than 72 hours after it was withdrawn."),
        _("Drafts, failed messages, reactions, system lines, short codes and senders without a number."),
        _("What was read from a file that was not read to the end."),
        _(
            "What the task force may not see, whatever the reason. A dismissal counts whenever it was made: it says "
            "what a contact was."
        ),
    ),
    paths=PATHS,
    denominators_of=denominators_of,
    side=Side.BUYER,
    order=10,
    beside=("withheld_contacts", "distinct_contact_points"),
)
def responses_counted(extent: Extent) -> Any:
    """Give the responses that count."""
    return pairs_known(extent).filter(in_period(extent), dismissal_reason="")
