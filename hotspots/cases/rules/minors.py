"""What the two facts about a minor let stand: whether the person solicited really was one, and was portrayed as one.

Sources: PC 647(b)(2) names an adult, PC 647(b)(3) a minor (SB 420 of 2016). Whether (b)(3) reaches an adult decoy who
was portrayed as a minor is not settled (SB 1275 of 2024 would have said so), so that is left to who charges; a person
who neither was a minor nor was portrayed as one is under (b)(2).
"""

from __future__ import annotations

from collections.abc import Collection

from hotspots import errors

SOLICITING_AN_ADULT = "PC 647(b)(2)"
SOLICITING_A_MINOR = "PC 647(b)(3)"


def check_minor_fits(codes: Collection[str], *, is_actual: bool | None, is_portrayed: bool | None) -> None:
    """Refuse a statute that the answers about a minor contradict; nothing is an answer that is not known.

    Beside a count of the other paragraph the answer may be about the other person.
    """
    if SOLICITING_A_MINOR in codes:
        _check_some_minor(is_actual, is_portrayed)
    elif SOLICITING_AN_ADULT in codes and is_actual:
        sentence = (
            f"{SOLICITING_AN_ADULT} is soliciting an adult, and the person solicited was really a minor. "
            f"Choose {SOLICITING_A_MINOR}, or correct that answer."
        )
        raise errors.RuleBroken("cases.minor_solicited", sentence, field="statute")


def _check_some_minor(is_actual: bool | None, is_portrayed: bool | None) -> None:
    if is_actual is not False or is_portrayed:
        return
    names = f"{SOLICITING_A_MINOR} is soliciting a minor, and the person solicited"
    if is_portrayed is None:
        sentence = f"{names} was not really one. Say whether they were portrayed as one, or choose"
        raise errors.RuleBroken(
            "cases.minor_portrayed", f"{sentence} {SOLICITING_AN_ADULT}.", field="is_portrayed_as_minor"
        )
    sentence = f"{names} neither was one nor was portrayed as one. Choose {SOLICITING_AN_ADULT}, or correct an answer."
    raise errors.RuleBroken("cases.minor_solicited", sentence, field="statute")
