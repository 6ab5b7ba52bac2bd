"""Numbers in a text: digits in any script, words from two up, Roman numerals; and where a number needs no figure.

Source: the coalition's rule for releases (every number is counted from records, or says where it comes from); the
Unicode Character Database for what is a digit; the National Human Trafficking Hotline for its two numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """What a number in a text is."""

    BARE = "bare"
    DATE = "date"
    HOTLINE = "hotline"
    STATUTE = "statute"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: from where to where, and what it is; `reason` is that of a marked literal."""

    start: int
    end: int
    kind: NumberKind
    reason: str = ""


MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
TO = r"(?:\s*[–-]\s*|\s(?:to|through|until|and)\s)"
# A day without its year could be a count that follows a month ("In May 22 people …"): only where nothing is counted.
CLOSED = r"(?=\s*(?:$|[.;:)!?]|,(?!\s?[0-9])|(?:to|through|until|at|from)\s))"
DATE = re.compile(
    rf"\b{MONTH}\s{DAY}(?:{TO}(?:{MONTH}\s)?{DAY})?,\s{YEAR}(?:{TO}{MONTH}\s{DAY},\s{YEAR})?"
    rf"|\b{MONTH}\s{YEAR}(?!,[0-9])"
    rf"|\b{MONTH}\s{DAY}(?:{TO}(?:{MONTH}\s)?{DAY})?{CLOSED}"
    rf"|\b{DAY}\s{MONTH}\s{YEAR}"
    r"|\b(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|\b(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9:])(?:\s?[ap]\.?m\b\.?)?"
    r"|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b\.?"
)
# The number for texts looks like a count: it is known by the word before it, or by its link (see `numbers_in`).
HOTLINE = re.compile(
    r"(?<![0-9+-])(?:1-)?(?:888-373-7888|\(888\) 373-7888)(?![0-9-])|(?<=\b[Tt]ext[ \n])233733(?![0-9])"
)
HOTLINE_TEXTS = "233733"
HOTLINE_TEXTS_LINK = "sms:233733"
CODE = (
    r"(?:PC|(?:Penal|Evidence|Government|Vehicle|Welfare and Institutions|Health and Safety"
    r"|Business and Professions)\sCode"
    r"|Evid\.(?:\sCode)?|Gov\.(?:\sCode)?|[0-9]{1,2}\sU\.?S\.?C\.?)"
)
PART = r"(?:\([a-z]\)|\([0-9]{1,2}\)|\([ivx]{1,4}\))"
SECTION = rf"[0-9]{{3,5}}(?:\.[0-9]{{1,3}})?[a-z]?{PART}*"
# A further section is known by its letter, point or part: "PC 647(b)(2) and 261 responses" names one.
FURTHER = rf"[0-9]{{3,5}}(?:\.[0-9]{{1,3}}[a-z]?|[a-z])?{PART}+|[0-9]{{3,5}}(?:\.[0-9]{{1,3}}|[a-z])"
STATUTE = re.compile(
    rf"\b{CODE}\s(?:sections?\s|§{{1,2}}\s?)?{SECTION}(?:(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s)(?:{FURTHER})(?![0-9a-z]))*"
    r"(?![0-9a-z])"
)
UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
GREAT = "hundred thousand million billion trillion dozen"
ORDINALS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth "
    "hundredth thousandth millionth billionth"
)
MANY = (
    "tens twenties thirties forties fifties sixties seventies eighties nineties twice thrice triple triples tripled "
    "tripling quadruple quadruples quadrupled quadrupling quintuple quintupled sixes both couple couples pair pairs "
    "duo duos trio trios quartet quartets quintet quintets"
)
_PLURALS = " ".join(f"{one}s" for one in f"{UNITS} {GREAT} {ORDINALS}".split())
WORD = rf"(?:{'|'.join(f'{UNITS} {TENS} {GREAT} {ORDINALS} {MANY} {_PLURALS}'.split())}|scores?(?=\s+of\b))"
# Words that are written together are one number too: "twentytwo", "onehundred", "threefold".
NUMBER_WORD = re.compile(
    rf"\b(?:one(?={WORD}))?{WORD}(?:(?:[\s-]|\s(?:and|of)\s|)(?:{WORD}|one|first|second))*(?:-?fold)?(?!\w)",
    re.IGNORECASE,
)
# Capitals that are a valid Roman numeral of two letters or more; behind the name of a part of a law they count nothing.
NOT_ROMAN = "DC MD MI CD CV"  # the District, two states, a disc, a résumé
ROMAN = re.compile(
    r"(?<!\bTitle\s)(?<!\bPart\s)(?<!\bArticle\s)(?<!\bChapter\s)(?<!\bPC\s)(?<!\w)"
    rf"(?!(?:{'|'.join(NOT_ROMAN.split())})(?!\w))(?=[MDCLXVI]{{2}})"
    r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)"
)
ASCII_NUMBER = re.compile(r"[0-9](?:[0-9]|[.,](?=[0-9]))*")
QUALIFIER = re.compile(
    r"(?:more than|fewer than|less than|at least|at most|up to|nearly|about|over|almost|some)\s$", re.IGNORECASE
)
ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)\b")


def is_numeric(character: str) -> bool:
    """Answer whether a character is a digit or a number in any script: 2, ², ½, Arabic-Indic, Roman, Chinese.

    >>> [is_numeric(one) for one in "2²\u0662½\u216b\u4e8ca"]
    [True, True, True, True, True, True, False]
    """
    return unicodedata.category(character)[0] == "N" or unicodedata.numeric(character, None) is not None


def numbers_of(flat: str, literals: dict[str, str]) -> list[Number]:
    """Give every number of a text, each with what it is; `literals` gives the reason of each marked text."""
    known = sorted(_known(flat, literals), key=lambda one: (one.start, -one.end))
    found: list[Number] = []
    end = 0
    for one in known:
        if one.start >= end:
            found.append(one)
            end = one.end
    bare = [one for one in _bare(flat) if not any(_is_inside(one, other) for other in found)]
    return sorted([*found, *bare], key=lambda one: one.start)


def _unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _known(text: str, literals: dict[str, str]) -> Iterator[Number]:
    for pattern, kind in ((DATE, NumberKind.DATE), (HOTLINE, NumberKind.HOTLINE), (STATUTE, NumberKind.STATUTE)):
        for found in pattern.finditer(text):
            if not _touches_number(text, found.start(), found.end()):
                yield Number(found.start(), found.end(), kind)
    for literal, reason in literals.items():
        for found in _literal_pattern(literal).finditer(text):
            if not _touches_number(text, found.start(), found.end()):
                yield Number(found.start(), found.end(), NumberKind.LITERAL, reason)


def _literal_pattern(literal: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in literal.split())
    return re.compile(rf"(?<!\w){words}(?!\w)(?![.,][0-9])")


def _touches_number(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return any(one and (is_numeric(one) or one == "\ufffc" or _unseen(one)) for one in (before, after))


def _is_inside(inner: Number, outer: Number) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _bare(text: str) -> Iterator[Number]:
    place = 0
    while place < len(text):
        if is_numeric(text[place]):
            found = ASCII_NUMBER.match(text, place)
            end = found.end() if found else place + 1
            yield Number(place, end, NumberKind.BARE)
            place = end
        else:
            place += 1
    # A character that cannot be seen would part a word for a machine and not for a reader.
    seen = [place for place, one in enumerate(text) if not _unseen(one)]
    shown = "".join(text[place] for place in seen)
    for word in (*NUMBER_WORD.finditer(shown), *ROMAN.finditer(shown)):
        yield Number(seen[word.start()], seen[word.end() - 1] + 1, NumberKind.BARE)


def phrase_of(flat: str, number: Number) -> str:
    """Give a number as one would mark it: with the words that qualify it, and the word that it counts.

    >>> phrase_of("a coalition of more than 30 organizations.", Number(25, 27, NumberKind.BARE))
    'more than 30 organizations'
    """
    before = QUALIFIER.search(flat[: number.start])
    start = before.start() if before else number.start
    end = number.end
    if tail := ORDINAL_TAIL.match(flat, end):
        end = tail.end()
    after = re.compile(r"[ \n-]?[A-Za-z]+").match(flat, end)
    return " ".join(flat[start : after.end() if after else end].split())
