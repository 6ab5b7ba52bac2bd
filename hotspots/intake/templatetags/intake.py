"""Filters of intake's pages."""

from typing import Any

from django import template

from hotspots.intake.models import Reading, Response
from hotspots.intake.rules.states import ReadingState
from hotspots.intake.views.words import READING_STATES, state_look

register = template.Library()

KINDS = {
    ReadingState.WAITING: "live",
    ReadingState.FINISHED: "ok",
    ReadingState.REFUSED: "stop",
    ReadingState.CANCELED: "waiting",
    ReadingState.FAILED: "stop",
}


@register.filter(name="state_look")
def look_of_response(row: Response) -> dict[str, Any]:
    """Give kind, word and icon of a response's state."""
    return state_look(row)


@register.filter
def reading_look(reading: Reading) -> dict[str, Any]:
    """Give kind and word of where a reading stands."""
    state = ReadingState(reading.state)
    return {"kind": KINDS[state], "word": READING_STATES[state]}
