"""The closed sets of the room: what a statute, a subject, an encounter, a matter and a hearing can be.

Sources: PC 236.2 (the answers to its questions), PC 236.21 (the offer of an advocate), domain.md "cases".
"""

from __future__ import annotations

from enum import StrEnum


class StatuteFamily(StrEnum):
    """What a statute is about; measures count by it."""

    SOLICITATION = "solicitation"
    SELLER = "seller"
    TRAFFICKING_OF_A_MINOR = "trafficking_of_a_minor"
    TRAFFICKING = "trafficking"
    PANDERING = "pandering"
    PIMPING = "pimping"
    FIREARM = "firearm"
    CONTACT_WITH_A_MINOR = "contact_with_a_minor"
    LOITERING = "loitering"
    OTHER = "other"


class Side(StrEnum):
    """On which side of the trade the person stands whom a statute names."""

    BUYER = "buyer"
    SELLER = "seller"
    EXPLOITER = "exploiter"
    OTHER = "other"


class StatuteClass(StrEnum):
    """How grave an offense is; a wobbler may be charged as either."""

    MISDEMEANOR = "misdemeanor"
    FELONY = "felony"
    WOBBLER = "wobbler"


class MinorRule(StrEnum):
    """Whether a minor may be a subject under a statute."""

    NEVER = "never"  # nor a person of unknown age
    PROSECUTOR = "prosecutor"  # a prosecutor alone enters a minor


class AgeBand(StrEnum):
    """What is known of a person's age."""

    ADULT = "adult"
    MINOR = "minor"
    UNKNOWN = "unknown"


class IdentificationBasis(StrEnum):
    """On what lawful basis a person was identified; a message alone is none."""

    DOCUMENT = "document"
    STATEMENT = "statement"
    FINGERPRINT = "fingerprint"
    COURT_RECORD = "court_record"
    WARRANT = "warrant"


class EncounterBasis(StrEnum):
    """On what basis an officer met a person."""

    CONSENSUAL = "consensual"
    DETENTION = "detention"
    TRAFFIC_STOP = "traffic_stop"
    ARREST = "arrest"
    WARRANT = "warrant"
    CALL_FOR_SERVICE = "call_for_service"


class Answer(StrEnum):
    """An answer to a question; nothing at all means that it was not asked."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AdvocateOffer(StrEnum):
    """Whether an advocate was offered, and what the person said."""

    NOT_OFFERED = "not_offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNKNOWN = "unknown"


class TreatedAs(StrEnum):
    """As what the person is treated; whoever is treated as a victim is never a subject."""

    UNDECIDED = "undecided"
    VICTIM = "victim"
    WITNESS = "witness"


class RecordState(StrEnum):
    """Whether a citation, an arrest or an encounter stands."""

    RECORDED = "recorded"
    VOIDED = "voided"


class VoidReason(StrEnum):
    """Why a citation or an arrest does not stand; the words are in the history."""

    ENTERED_TWICE = "entered_twice"
    WRONG_PERSON = "wrong_person"
    ISSUED_IN_ERROR = "issued_in_error"
    PERSON_IS_A_VICTIM = "person_is_a_victim"
    OTHER = "other"


class InvestigationState(StrEnum):
    """Whether an investigation is open; a void one was opened in error."""

    OPEN = "open"
    CLOSED = "closed"
    VOIDED = "voided"


class MatterState(StrEnum):
    """Where a matter stands before the prosecutor."""

    SUBMITTED = "submitted"
    DECLINED = "declined"
    FILED = "filed"
    VOIDED = "voided"  # submitted in error: it was never before the prosecutor


class DeclineReason(StrEnum):
    """Why a prosecutor declined a matter."""

    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    ENTRAPMENT = "entrapment"
    PERSON_IS_A_VICTIM = "person_is_a_victim"
    UNLAWFUL_SEARCH = "unlawful_search"
    INTEREST_OF_JUSTICE = "interest_of_justice"
    OTHER_JURISDICTION = "other_jurisdiction"


class ChargeState(StrEnum):
    """Where a charge stands."""

    FILED = "filed"
    AMENDED = "amended"
    DISMISSED = "dismissed"
    VOIDED = "voided"  # entered in error: it was never filed


class HearingKind(StrEnum):
    """What a hearing is for."""

    ARRAIGNMENT = "arraignment"
    PRETRIAL = "pretrial"
    PRELIMINARY = "preliminary"
    TRIAL = "trial"
    SENTENCING = "sentencing"
    OTHER = "other"


class HearingOutcome(StrEnum):
    """What became of a hearing."""

    HELD = "held"
    CONTINUED = "continued"
    VACATED = "vacated"
    NOT_APPEARED = "not_appeared"


def words_of(value: str) -> str:
    """Give a value of a closed set as words: "wrong_person" is "wrong person"."""
    return value.replace("_", " ")
