"""The lists of operations, and the addresses that their rows lead to."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hotspots.operations.forms import CampaignOperationFilters, OperationFilters
from hotspots.operations.models import Campaign, Operation
from hotspots.web.tables import Column, Empty, Table


def campaign_address(campaign: Campaign) -> str:
    """Give the address of a campaign's page."""
    return reverse("operations:campaign", kwargs={"pk": campaign.pk})


def operation_address(operation: Operation) -> str:
    """Give the address of an operation's page."""
    return reverse("operations:operation", kwargs={"pk": operation.pk})


def partner_words(operation: Operation) -> str:
    """Name the partners in their order."""
    return ", ".join(partner.organization.short_name for partner in operation.partners.all())


NUMBER = Column("number", _("No."), value="number", sort="number", is_numeric=True, is_spare=True)
PLACE = Column("place", _("Place"), value="place_words", sort="place_words", link=operation_address, is_head=True)
NIGHT = Column("night", _("Night"), value="night_on", sort="night_on", is_lead=True)
KIND = Column("kind", _("Kind"), value=lambda row: row.kind_words.capitalize())
LEAD = Column("lead", _("Lead"), value="lead.short_name", sort="lead__short_name")
PARTNERS = Column("partners", _("Partners"), value=partner_words, is_wide=True)
CAMPAIGN = Column("campaign", _("Campaign"), value="campaign.name", sort="campaign__begins_on")

OPERATIONS = Table(
    title=_("Operations"),
    file_name="operations",
    columns=(PLACE, NIGHT, KIND, LEAD, PARTNERS, CAMPAIGN),
    default_sort="-night",
    filters=OperationFilters,
    empty=Empty(
        _("No operation yet"),
        _("An operation appears here when it is recorded in a campaign and your agency takes part in it."),
    ),
)

CAMPAIGN_OPERATIONS = replace(
    OPERATIONS,
    columns=(PLACE, NUMBER, NIGHT, KIND, LEAD, PARTNERS),
    default_sort="night",
    filters=CampaignOperationFilters,
    file_name="operations-of-campaign",
)
