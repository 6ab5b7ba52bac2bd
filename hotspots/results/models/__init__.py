"""Frozen figures; releases, their versions, slots and preview links."""

from hotspots.results.models.figure import Figure
from hotspots.results.models.release import PreviewLink, Release, ReleaseVersion, Slot

__all__ = ["Figure", "PreviewLink", "Release", "ReleaseVersion", "Slot"]
