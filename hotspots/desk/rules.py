"""Words of the log for what happens at the door, and what a role can see of a kind of record."""

from __future__ import annotations

from enum import StrEnum

# What the adapter of sign-in tells, which no verb says.
DOOR_WORDS = {
    "accounts.signed_in": "Signed in",
    "accounts.signed_out": "Signed out",
    "accounts.session_refused": "A session that nobody signed in to was ended",
    "accounts.sign_in_failed": "A wrong password or code was given",
    "accounts.demonstration_signed_in": "Signed in to the demonstration with a click",
    "accounts.password_changed": "Changed their password",
    "accounts.second_factor_started": "Set up the second factor",
    "accounts.recovery_codes_made": "Made new recovery codes",
    "accounts.recovery_code_used": "Used a recovery code",
    "refused": "Was refused",
}

LOG_ROWS = 50


class Sight(StrEnum):
    """What a role sees of a kind of record."""

    ALL = "all"
    OWN = "own"
    PART = "part"
    NOTHING = "nothing"


SIGHT_WORDS = {
    Sight.ALL: "all of it",
    Sight.OWN: "own agency, operation or person only",
    Sight.PART: "in part: what is published, or who was referred",
    Sight.NOTHING: "nothing",
}


def verb_label(action: str) -> str:
    """Name a verb in as few words as there are, for a list to choose from."""
    return DOOR_WORDS.get(action) or action.rpartition(".")[2].replace("_", " ").capitalize()
