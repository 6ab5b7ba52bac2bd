"""Builders for results: a small campaign with ads, responses, citations, arrests, investigations and charges."""

from tests.build_campaign import World, ad, contact_point, local, message, operation, reading, response, restrict, world
from tests.build_stops import arrest, charge, citation, hearing, investigation, matter, statute, subject

__all__ = [
    "World",
    "ad",
    "arrest",
    "charge",
    "citation",
    "contact_point",
    "hearing",
    "investigation",
    "local",
    "matter",
    "message",
    "operation",
    "reading",
    "response",
    "restrict",
    "statute",
    "subject",
    "world",
]
