"""A phone's reaction to a message, sent as a text: no words of the sender's own.

Source: intake.md 1.12 (tapbacks never count as an answer). Apple and Google phones send a reaction to a phone that
cannot show one as a text in one of these shapes.
"""

from __future__ import annotations

import re

_FIRST = ("Liked", "Loved", "Disliked", "Laughed at", "Emphasized", "Emphasised", "Questioned", "Reacted", "Removed a")
_LETTERS = frozenset(first[0] for first in _FIRST)
_SHAPE = re.compile(
    r"(?:Liked|Loved|Disliked|Laughed at|Emphasi[sz]ed|Questioned|Removed an? \w+(?: \w+)? from|Reacted \S{1,12} to) "
    r"(?:[“\"].*[”\"]|an? (?:image|movie|attachment|audio message))",
    re.DOTALL,
)


def is_tapback(words: str) -> bool:
    """Answer whether a text is nothing but a reaction to another message.

    >>> is_tapback("Liked “see you at nine”"), is_tapback("Liked your ad, are you free?")
    (True, False)
    """
    return words[:1] in _LETTERS and words.startswith(_FIRST) and _SHAPE.fullmatch(words.strip()) is not None
