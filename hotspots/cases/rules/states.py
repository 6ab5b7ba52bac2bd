"""The states of matters, charges, investigations, stops and encounters; the verbs and the buttons read the same tables.

Source: domain.md: a matter is submitted, declined or filed, each with its date; a citation or an arrest stands or is
void.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from hotspots import errors
from hotspots.cases.rules.kinds import ChargeState, InvestigationState, MatterState, RecordState

State = TypeVar("State", MatterState, ChargeState, InvestigationState, RecordState)

MATTER_TRANSITIONS: dict[tuple[MatterState, str], MatterState] = {
    (MatterState.SUBMITTED, "decline_matter"): MatterState.DECLINED,
    (MatterState.SUBMITTED, "file_charge"): MatterState.FILED,
    (MatterState.FILED, "file_charge"): MatterState.FILED,
    (MatterState.SUBMITTED, "void_matter"): MatterState.VOIDED,
    (MatterState.DECLINED, "void_matter"): MatterState.VOIDED,
}
CHARGE_TRANSITIONS: dict[tuple[ChargeState, str], ChargeState] = {
    (ChargeState.FILED, "amend_charge"): ChargeState.AMENDED,
    (ChargeState.FILED, "dismiss_charge"): ChargeState.DISMISSED,
    (ChargeState.FILED, "void_charge"): ChargeState.VOIDED,
    (ChargeState.DISMISSED, "void_charge"): ChargeState.VOIDED,
}
INVESTIGATION_TRANSITIONS: dict[tuple[InvestigationState, str], InvestigationState] = {
    (InvestigationState.OPEN, "close_investigation"): InvestigationState.CLOSED,
    (InvestigationState.OPEN, "correct_investigation"): InvestigationState.OPEN,
    (InvestigationState.CLOSED, "correct_investigation"): InvestigationState.CLOSED,
    (InvestigationState.OPEN, "submit_matter"): InvestigationState.OPEN,
    (InvestigationState.CLOSED, "submit_matter"): InvestigationState.CLOSED,
    (InvestigationState.OPEN, "void_investigation"): InvestigationState.VOIDED,
    (InvestigationState.CLOSED, "void_investigation"): InvestigationState.VOIDED,
}
STOP_TRANSITIONS: dict[tuple[RecordState, str], RecordState] = {
    (RecordState.RECORDED, "correct"): RecordState.RECORDED,
    (RecordState.RECORDED, "submit_matter"): RecordState.RECORDED,
    (RecordState.RECORDED, "schedule_hearing"): RecordState.RECORDED,
    (RecordState.RECORDED, "void"): RecordState.VOIDED,
}
ENCOUNTER_TRANSITIONS: dict[tuple[RecordState, str], RecordState] = {
    (RecordState.RECORDED, "correct_encounter"): RecordState.RECORDED,
    (RecordState.RECORDED, "void_encounter"): RecordState.VOIDED,
}

_NOUNS = {
    MatterState: "matter",
    ChargeState: "charge",
    InvestigationState: "investigation",
    RecordState: "record",
}


def next_state(transitions: Mapping[tuple[State, str], State], state: State, verb: str) -> State:
    """Give the state that a verb leads to, or refuse the verb in this state."""
    following = transitions.get((state, verb))
    if following is None:
        sentence = f"This {_NOUNS[type(state)]} is {state.value}: that cannot be changed this way any more."
        raise errors.RuleBroken("cases.state", sentence)
    return following


def may(transitions: Mapping[tuple[State, str], State], state: State, verb: str) -> bool:
    """Answer whether a verb is open in a state."""
    return (state, verb) in transitions
