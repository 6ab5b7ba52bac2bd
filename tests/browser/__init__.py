"""A real browser for the journeys, and axe in it."""
