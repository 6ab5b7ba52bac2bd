"""What results decides: the states of a release, and when a frozen figure still stands."""

from hotspots.results.rules.states import PUBLIC_STATES, ReleaseState

__all__ = ["PUBLIC_STATES", "ReleaseState"]
