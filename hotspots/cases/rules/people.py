"""Who may be a subject: not a victim, and a minor only under certain statutes and by a prosecutor alone.

Sources: PC 647(b)(5) and SB 1322 (2016): 647(b)(1) and 653.22 do not apply to a child, who is a victim; PC 236.2
(questions first); product.md, "What it refuses to do": a person recorded as a victim is never a subject in the same
record set.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Protocol

from hotspots import errors
from hotspots.cases.rules.dates import MINOR_UNTIL_YEARS, age_on
from hotspots.cases.rules.kinds import AgeBand, MinorRule, TreatedAs


class OffenseLike(Protocol):
    """What the rules about people read of a statute's row."""

    code: str
    minor_rule: str
    needs_questions: bool


def band_on(birth_on: date | None, stated: AgeBand, on: date) -> AgeBand:
    """Give a person's age band on the offense date: by the birth date where there is one, else as stated."""
    if birth_on is None:
        return stated
    return AgeBand.MINOR if age_on(birth_on, on) < MINOR_UNTIL_YEARS else AgeBand.ADULT


def check_band_fits(birth_on: date | None, stated: AgeBand, on: date) -> AgeBand:
    """Give the age band to keep, or refuse one that the birth date contradicts."""
    if birth_on is None:
        return stated
    if birth_on > on:
        raise errors.RuleBroken("cases.birth", "The birth date lies after the day of identification.", field="birth_on")
    found = band_on(birth_on, stated, on)
    if stated not in (found, AgeBand.UNKNOWN):
        sentence = f"By the birth date the person is {_BAND_WORDS[found]}. Correct the one or the other."
        raise errors.RuleBroken("cases.birth", sentence, field="age_band")
    return found


_BAND_WORDS = {AgeBand.ADULT: "18 or over", AgeBand.MINOR: "under 18", AgeBand.UNKNOWN: "of unknown age"}


def check_may_be_subject(statute: OffenseLike, band: AgeBand, *, is_prosecutor: bool) -> None:
    """Refuse a subject whose age the statute does not reach, or whom only a prosecutor may enter."""
    if statute.minor_rule == MinorRule.NEVER and band is not AgeBand.ADULT:
        why = "A person under 18" if band is AgeBand.MINOR else "A person of unknown age"
        sentence = f"{why} cannot be a subject of {statute.code}. A minor is a victim: call an advocate."
        raise errors.RuleBroken("cases.minor_never", sentence, field="statute")
    if band is AgeBand.MINOR and not is_prosecutor:
        sentence = f"A prosecutor alone may enter a minor under {statute.code}."
        raise errors.RuleBroken("cases.minor_prosecutor", sentence, field="statute")


def check_questions_asked(statute: OffenseLike, *, has_asked: bool) -> None:
    """Refuse a statute of the seller's side while the questions of PC 236.2 have not been asked."""
    if statute.needs_questions and not has_asked:
        sentence = f"The seven questions of PC 236.2 are asked before {statute.code}. Record the encounter first."
        raise errors.RuleBroken("cases.questions_first", sentence, field="encounter")


def check_not_a_victim(treated_as: TreatedAs) -> None:
    """Refuse to make a subject of a person who is treated as a victim."""
    if treated_as is TreatedAs.VICTIM:
        sentence = "This person is recorded as a victim, and a victim is never a subject. Call an advocate."
        raise errors.RuleBroken("cases.victim", sentence, field="encounter")


def check_not_a_subject(treated_as: TreatedAs, *, is_subject: bool) -> None:
    """Refuse to record as a victim a person who stands in the record as a subject."""
    if treated_as is TreatedAs.VICTIM and is_subject:
        refusal = "This person is a subject of a citation, an arrest or a charge."
        sentence = f"{refusal} Void or dismiss it first, then record the victim."
        raise errors.RuleBroken("cases.subject_as_victim", sentence, field="treated_as")


def normalized_name(name: str) -> str:
    """Give a name as it is compared: no accents, no case, no punctuation, words in alphabetical order."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    words = "".join(letter if letter.isalnum() else " " for letter in bare.casefold()).split()
    return " ".join(sorted(words))
