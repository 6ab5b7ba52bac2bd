"""Lines and ads; exports, readings, messages and their places; contact points and responses."""

from hotspots.intake.models.export import Anomaly, Export, Reading
from hotspots.intake.models.line import Ad, Line
from hotspots.intake.models.message import ContactPoint, Message, Participant, SourcePlace
from hotspots.intake.models.response import Mark, Referral, Response

__all__ = [
    "Ad",
    "Anomaly",
    "ContactPoint",
    "Export",
    "Line",
    "Mark",
    "Message",
    "Participant",
    "Reading",
    "Referral",
    "Response",
    "SourcePlace",
]
