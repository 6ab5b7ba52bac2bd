"""The seven questions that are considered when an officer meets someone who may be a victim.

Source: PC 236.2: seven indicators, whatever the person's citizenship. Each is answered yes, no or unknown, with words
beside them. There is no score and no threshold: the offer of an advocate does not depend on the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hotspots import errors
from hotspots.cases.rules.kinds import Answer


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven: its key is the column that keeps the answer."""

    key: str
    words: str


QUESTIONS = (
    Question("is_injured_or_exhausted", "Are there signs of trauma, fatigue, injury or poor care?"),
    Question("is_withdrawn_or_censored", "Is the person withdrawn, afraid to talk, or does another answer for them?"),
    Question("cannot_move_freely", "Is the person kept from moving about freely?"),
    Question("lives_where_working", "Does the person live and work in one place?"),
    Question("owes_a_debt", "Does the person owe a debt to whoever they work for?"),
    Question("contact_is_controlled", "Do security measures control who has contact with the person?"),
    Question("has_no_own_documents", "Does another hold the person's identity documents?"),
)
QUESTION_KEYS = tuple(question.key for question in QUESTIONS)


def check_all_or_none(answers: Mapping[str, str]) -> None:
    """Refuse a list of answers with a gap: the questions are asked together, or not at all."""
    given = [key for key in QUESTION_KEYS if answers.get(key)]
    unknown = [answer for answer in answers.values() if answer and answer not in set(Answer)]
    if unknown:
        raise errors.BadInput("cases.answer", "Answer yes, no or unknown.")
    if given and len(given) < len(QUESTION_KEYS):
        missing = next(key for key in QUESTION_KEYS if key not in given)
        sentence = "Answer all seven questions; unknown is an answer."
        raise errors.RuleBroken("cases.questions_all", sentence, field=missing)
