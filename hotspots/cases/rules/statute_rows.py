"""The rows of statutes that ship with the program.

Sources: the statutes named in each row, restated and not quoted. No row is approved by counsel; each says where it was
read. A row is in force from `effective_from` to the day before `effective_to`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotspots.cases.rules.kinds import MinorRule, Side, StatuteClass, StatuteFamily

# PC 647(b) has its three paragraphs since this day (SB 420 of 2016); no row of this table is older.
RECORD_BEGINS_ON = date(2017, 1, 1)


@dataclass(frozen=True, slots=True)
class StatuteRow:
    """One statute as it stood in one period."""

    code: str
    short_title: str
    family: StatuteFamily
    side: Side
    statute_class: StatuteClass
    maximum_words: str
    source: str
    effective_from: date = RECORD_BEGINS_ON
    effective_to: date | None = None
    minor_rule: MinorRule = MinorRule.PROSECUTOR
    needs_questions: bool = False
    begins_words: str = ""
    ends_words: str = ""


_F, _S, _C = StatuteFamily, Side, StatuteClass

STATUTES: tuple[StatuteRow, ...] = (
    StatuteRow(
        "PC 647(b)(1)",
        "Offering a sexual act for compensation",
        _F.SELLER,
        _S.SELLER,
        _C.MISDEMEANOR,
        "6 months in jail, a fine of $1,000, or both",
        "PC 647(b)(1); SB 420 (2016), SB 1322 (2016): does not apply to a child; PC 236.2: questions first",
        minor_rule=MinorRule.NEVER,
        needs_questions=True,
    ),
    StatuteRow(
        "PC 647(b)(2)",
        "Soliciting an adult",
        _F.SOLICITATION,
        _S.BUYER,
        _C.MISDEMEANOR,
        "6 months in jail, a fine of $1,000, or both",
        "PC 647(b)(2); SB 420 (2016)",
    ),
    StatuteRow(
        "PC 647(b)(3)",
        "Soliciting a minor",
        _F.SOLICITATION,
        _S.BUYER,
        _C.MISDEMEANOR,
        "2 days to 1 year in jail, a fine of $10,000, or both, where the minor's age was or should have been known",
        "PC 647(b)(3) and 647(l) before SB 1414; AB 733 (2015) analysis",
        effective_to=date(2025, 1, 1),
    ),
    StatuteRow(
        "PC 647(b)(3)",
        "Soliciting a minor",
        _F.SOLICITATION,
        _S.BUYER,
        _C.WOBBLER,
        "Under 16: up to 1 year and $10,000, or 16 months, 2 or 3 years; 16 or 17: felony only if trafficked",
        "PC 647(b)(3) and 647(l) as amended by SB 1414 (2024); the person charged is 18 or older",
        effective_from=date(2025, 1, 1),
        effective_to=date(2026, 1, 1),
    ),
    StatuteRow(
        "PC 647(b)(3)",
        "Soliciting a minor",
        _F.SOLICITATION,
        _S.BUYER,
        _C.WOBBLER,
        "As before; 16 or 17: felony also where the adult is more than 3 years older, without proof of trafficking",
        "PC 647(b)(3), 647(l) and 647.5 as amended by AB 379 (Stats. 2025 ch. 82); enrolled text still to be checked",
        effective_from=date(2026, 1, 1),
    ),
    StatuteRow(
        "PC 647(a)",
        "Lewd conduct in public",
        _F.OTHER,
        _S.OTHER,
        _C.MISDEMEANOR,
        "6 months in jail, a fine of $1,000, or both",
        "PC 647(a)",
        needs_questions=True,
    ),
    StatuteRow(
        "PC 653.22",
        "Loitering to commit prostitution",
        _F.LOITERING,
        _S.SELLER,
        _C.MISDEMEANOR,
        "6 months in jail, a fine of $1,000, or both",
        "PC 653.22; SB 357 (2022): repealed on January 1, 2023",
        effective_to=date(2023, 1, 1),
        minor_rule=MinorRule.NEVER,
        ends_words="was repealed on January 1, 2023",
    ),
    StatuteRow(
        "PC 653.23",
        "Directing or recruiting for prostitution",
        _F.OTHER,
        _S.EXPLOITER,
        _C.MISDEMEANOR,
        "6 months in jail, a fine of $1,000, or both; to be checked",
        "PC 653.23; amended by SB 357 (2022); does not bar PC 266h or 266i",
    ),
    StatuteRow(
        "PC 653.25",
        "Loitering to purchase commercial sex",
        _F.LOITERING,
        _S.BUYER,
        _C.MISDEMEANOR,
        "Misdemeanor, and $1,000 to the survivor support fund; to be checked",
        "PC 653.25; AB 379 (Stats. 2025 ch. 82); the outcome of AB 2749 (2026) was not found",
        effective_from=date(2026, 1, 1),
        begins_words="took effect on January 1, 2026",
    ),
    StatuteRow(
        "PC 236.1(a)",
        "Human trafficking, forced labor",
        _F.TRAFFICKING,
        _S.EXPLOITER,
        _C.FELONY,
        "5, 8 or 12 years in prison, a fine of $500,000",
        "PC 236.1(a)",
    ),
    StatuteRow(
        "PC 236.1(b)",
        "Human trafficking for a listed offense",
        _F.TRAFFICKING,
        _S.EXPLOITER,
        _C.FELONY,
        "8, 14 or 20 years in prison, a fine of $500,000",
        "PC 236.1(b)",
    ),
    StatuteRow(
        "PC 236.1(c)(1)",
        "Human trafficking of a minor",
        _F.TRAFFICKING_OF_A_MINOR,
        _S.EXPLOITER,
        _C.FELONY,
        "5, 8 or 12 years in prison, a fine of $500,000",
        "PC 236.1(c)(1): an attempt is in the text; a mistake about age is no defense; SB 14 (2023)",
    ),
    StatuteRow(
        "PC 236.1(c)(2)",
        "Human trafficking of a minor by force, fear, fraud or coercion",
        _F.TRAFFICKING_OF_A_MINOR,
        _S.EXPLOITER,
        _C.FELONY,
        "15 years to life in prison, a fine of $500,000",
        "PC 236.1(c)(2): an attempt is in the text; SB 14 (2023); the list of means is to be checked",
    ),
    StatuteRow(
        "PC 266h(a)",
        "Pimping",
        _F.PIMPING,
        _S.EXPLOITER,
        _C.FELONY,
        "3, 4 or 6 years in prison",
        "PC 266h(a); terms to be checked",
    ),
    StatuteRow(
        "PC 266h(b)",
        "Pimping a minor",
        _F.PIMPING,
        _S.EXPLOITER,
        _C.FELONY,
        "3, 4 or 6 years in prison; 3, 6 or 8 years where the minor is under 16",
        "PC 266h(b); terms to be checked",
    ),
    StatuteRow(
        "PC 266i(a)(1)",
        "Pandering by procuring",
        _F.PANDERING,
        _S.EXPLOITER,
        _C.FELONY,
        "3, 4 or 6 years in prison",
        "PC 266i(a)(1)",
    ),
    StatuteRow(
        "PC 266i(a)(2)",
        "Pandering by encouraging",
        _F.PANDERING,
        _S.EXPLOITER,
        _C.FELONY,
        "3, 4 or 6 years in prison",
        "PC 266i(a)(2); People v. Zambia (2011): an undercover officer may be the person encouraged",
    ),
    StatuteRow(
        "PC 266i(b)",
        "Pandering of a minor",
        _F.PANDERING,
        _S.EXPLOITER,
        _C.FELONY,
        "3, 4 or 6 years in prison; 3, 6 or 8 years where the minor is under 16",
        "PC 266i(b); terms to be checked",
    ),
    StatuteRow(
        "PC 266e",
        "Paying another to procure a person",
        _F.OTHER,
        _S.EXPLOITER,
        _C.FELONY,
        "Up to 3 years in prison; to be checked",
        "PC 266e",
    ),
    StatuteRow(
        "PC 25850(c)(6)",
        "Loaded firearm registered to another",
        _F.FIREARM,
        _S.OTHER,
        _C.WOBBLER,
        "Up to 1 year in jail and a fine of $1,000, or 16 months, 2 or 3 years",
        "PC 25850(a) and (c)(6); CALCRIM 2545",
    ),
    StatuteRow(
        "PC 25400(c)(6)",
        "Concealed firearm registered to another",
        _F.FIREARM,
        _S.OTHER,
        _C.WOBBLER,
        "Up to 1 year in jail and a fine of $1,000, or 16 months, 2 or 3 years",
        "PC 25400(c)(6); CALCRIM 2546",
    ),
    StatuteRow(
        "PC 288.3",
        "Contacting a minor with intent",
        _F.CONTACT_WITH_A_MINOR,
        _S.BUYER,
        _C.FELONY,
        "The term of an attempt at the intended offense",
        "PC 288.3: the person knows, or should know, that the other is a minor; an attempt is covered",
    ),
    StatuteRow(
        "PC 288.4(a)",
        "Arranging a meeting with a minor",
        _F.CONTACT_WITH_A_MINOR,
        _S.BUYER,
        _C.MISDEMEANOR,
        "1 year in jail, a fine of $5,000; prison with a prior registrable offense",
        "PC 288.4(a): a minor, or a person believed to be one",
    ),
    StatuteRow(
        "PC 288.4(b)",
        "Going to an arranged meeting with a minor",
        _F.CONTACT_WITH_A_MINOR,
        _S.BUYER,
        _C.FELONY,
        "2, 3 or 4 years in prison",
        "PC 288.4(b): a minor, or a person believed to be one",
    ),
)

# Statutes of the buyer's side that are about soliciting: what `citations_for_soliciting` counts.
SOLICITING_CODES = tuple(
    dict.fromkeys(row.code for row in STATUTES if row.family is _F.SOLICITATION and row.side is _S.BUYER)
)
