"""Statutes, subjects, encounters, citations, arrests, investigations, matters, charges and hearings."""

from hotspots.cases.models.citation import Arrest, ArrestCount, Citation, CitationCount
from hotspots.cases.models.encounter import Encounter
from hotspots.cases.models.hearing import Hearing
from hotspots.cases.models.matter import Charge, Investigation, InvestigationStatute, Matter
from hotspots.cases.models.statute import Statute
from hotspots.cases.models.subject import Subject

__all__ = [
    "Arrest",
    "ArrestCount",
    "Charge",
    "Citation",
    "CitationCount",
    "Encounter",
    "Hearing",
    "Investigation",
    "InvestigationStatute",
    "Matter",
    "Statute",
    "Subject",
]
