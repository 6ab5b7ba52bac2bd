"""User, Organization, Grant, Restriction, County, SentRequest, and the base of every record."""

from hotspots.access.models.county import County
from hotspots.access.models.people import Organization, User
from hotspots.access.models.permission import Grant, Restriction
from hotspots.access.models.record import Record, RecordQuerySet
from hotspots.access.models.sent_request import SentRequest

__all__ = ["County", "Grant", "Organization", "Record", "RecordQuerySet", "Restriction", "SentRequest", "User"]
