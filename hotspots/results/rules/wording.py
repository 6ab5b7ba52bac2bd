"""Words that a release avoids, why, and what is said instead.

Source: the presumption of innocence (Cal. Penal Code section 1096); the coalition's language for people who were
exploited, after the advocates' style guides: the word names what happened, never what a person is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hotspots.results.rules.release_text import PLACE


@dataclass(frozen=True, slots=True)
class Wording:
    """A word that warns: how it is found, and the sentence that says why and what is safer."""

    pattern: re.Pattern[str]
    sentence: str


def _words(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", flags)


WORDINGS = (
    Wording(
        _words("perpetrators?"),
        "It says that a person did it, before a court has. Say “the person cited” or “the person charged”.",
    ),
    Wording(
        _words("rescue[sd]?|rescuing"),
        "It takes the choice from the person. Say what happened, such as “identified and offered services”.",
    ),
    Wording(
        _words("prostitutes?|hookers?"),
        "It makes a person the thing that was done to them. Say “a person sold for sex” or “a person selling sex”.",
    ),
    Wording(
        re.compile(r"\b(?:[Jj]ohns|john|JOHNS?)\b"),
        "It makes light of buying a person. Say “sex buyer” or “the person cited”.",
    ),
    Wording(
        _words("sex rings?|sex slaves?|child prostitution|underage (?:girls?|boys?|wom[ae]n|prostitutes?)"),
        "It hides that a child was exploited. Say “a minor” or “exploited for sex”.",
    ),
    Wording(
        _words("criminals?|offenders?|predators?|pimps?|traffickers?"),
        "It says that a person is guilty. Say “the person charged” or “alleged”.",
    ),
    Wording(
        re.compile(
            r"(?<!unless proven )(?<!until proven )(?<!proven )(?<!if )(?<!are )\b(?:guilty|convicted)\b(?! may face)",
            re.I,
        ),
        "It says how a court decided. Keep it only if a court has; otherwise say “cited”, “charged” or “alleged”.",
    ),
    Wording(
        re.compile(r"\b(?:[\w-]+[- ]years?[- ]old|aged|ages)\b", re.I),
        "An age can tell who a person is, when there are few. Say “a minor” or “an adult”.",
    ),
)

ACCUSED = _words("charge[ds]?|cited|citations?|arrest(?:s|ed)?|accused|alleged(?:ly)?")
PRESUMPTION = re.compile(r"presumed\s+(?:to\s+be\s+)?innocent", re.IGNORECASE)
ONE = _words("one|zero|none|several|a few|half|halves|quarters?|second|twice|double|doubled")
# "one" as a pronoun ("no one", "one another") and "second" in the second person count nothing.
UNCOUNTED = _words("no one|one another|one of the|second person")
# Behind a figure that counts responses, at most four words on: "responses from people", not "responses, and people".
PERSONS = re.compile(
    rf"{PLACE}(?:\s(?!and\b|or\b|to\b)[\w'’-]+){{0,4}}?"
    r"\s(?:people|persons?|m[ae]n|wom[ae]n|buyers?|individuals?|customers?|clients?)\b",
    re.IGNORECASE,
)
CONTACT_EVENTS = "responses_to_ads"
PRESUMPTION_SENTENCE = "A charge is an accusation. Each person is presumed innocent unless proven guilty in court."
