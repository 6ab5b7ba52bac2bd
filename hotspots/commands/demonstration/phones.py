"""What happened on the four phones: every text and call, the same at each run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle

from hotspots.commands.demonstration import words
from hotspots.commands.demonstration.script import (
    ADS,
    ANSWERED_TWO,
    DISMISSALS,
    LINES,
    NIGHTS,
    DecoyAd,
    local,
)

AREA_CODES = ("209", "530", "916", "707", "415", "510", "408", "925")
SEED = "the 5th annual campaign of a county that does not exist"
RECEIVED, SENT, DRAFT, FAILED = 1, 2, 3, 5


@dataclass(frozen=True, slots=True)
class Event:
    """A text, a picture message or a call on a phone."""

    line: str
    address: str
    at: datetime
    type_code: int
    words: str = ""
    kind: str = "sms"
    group: tuple[str, ...] = ()
    has_picture: bool = False
    duration_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A contact point's answer to an ad, and what became of it."""

    ad: int
    address: str
    outcome: str  # counted, dismissed or referred
    reason: str = ""
    has_price: bool = False
    is_cited: bool = False


@dataclass(slots=True)
class Phones:
    """The events of all phones, and the answers among them."""

    events: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def of_line(self, label: str, *, until: datetime, kinds: tuple[str, ...] = ("sms", "mms")) -> list[Event]:
        """Give what a backup of a phone holds at a time, in order."""
        rows = [event for event in self.events if event.line == label and event.at <= until and event.kind in kinds]
        return sorted(rows, key=lambda event: (event.at, event.address, event.type_code))


class Author:
    """Writes the demonstration's conversations from one seed."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - a story, not a secret
        taken = {line.number for line in LINES.values()}
        numbers = [f"+1{code}55501{last:02d}" for code in AREA_CODES for last in range(100)]
        self.random.shuffle(numbers)
        self.numbers = iter(number for number in numbers if number not in taken)
        self.phones = Phones()
        self.turns = cycle(words.TURNS)

    def write(self) -> Phones:
        """Write everything."""
        for number, senders in self._senders().items():
            self._counted(ADS[number - 1], senders)
        self._dismissed()
        self._referred()
        self._withheld()
        self._odds_and_ends()
        return self.phones

    def _senders(self) -> dict[int, list[str]]:
        senders: dict[int, list[str]] = {ad.number: [] for ad in ADS}
        for pair, count in ANSWERED_TWO.items():
            for _ in range(count):
                address = next(self.numbers)
                for number in pair:
                    senders[number].append(address)
        for ad in ADS:
            while len(senders[ad.number]) < ad.counted:
                senders[ad.number].append(next(self.numbers))
        return senders

    def _counted(self, ad: DecoyAd, senders: list[str]) -> None:
        night = NIGHTS[ad.number - 1]
        cited = night.citations_count if "hotel" in [kind.value for kind in night.kinds] else 0
        start_of_single = len(senders) - cited
        for position, address in enumerate(senders):
            is_cited = position >= start_of_single
            is_late = ad.number == 1 and position == start_of_single - 1
            has_price = is_cited and (position - start_of_single) < (2 if ad.number == 2 else 1)
            at = local(10, 10, 1) if is_late else self._moment(ad)
            by_call = ad.line in "BC" and position % 9 == 4 and not is_cited
            if by_call:
                self._call(ad, address, at)
            else:
                self._talk(
                    ad, address, at, turns=self._turns_of(position, is_cited), has_price=has_price, arrives=is_cited
                )
            self.phones.answers.append(Answer(ad.number, address, "counted", has_price=has_price, is_cited=is_cited))

    def _turns_of(self, position: int, is_cited: bool) -> int:
        if is_cited:
            return 4 + position % 3
        return 4 + self.random.randrange(9) if position % 3 == 0 else 0

    def _moment(self, ad: DecoyAd) -> datetime:
        span = (ad.withdrawn_at - ad.placed_at) - timedelta(hours=3)
        return ad.placed_at + timedelta(seconds=self.random.randrange(60, int(span.total_seconds())))

    def _text(self, ad: DecoyAd, address: str, at: datetime, type_code: int, said: str) -> None:
        self.phones.events.append(Event(ad.line, address, at, type_code, said))

    def _talk(
        self, ad: DecoyAd, address: str, at: datetime, *, turns: int, has_price: bool = False, arrives: bool = False
    ) -> None:
        self._text(ad, address, at, RECEIVED, self.random.choice(words.OPENINGS))
        if turns == 0 and self.random.random() < 0.5:
            return
        lines = [("", self.random.choice(words.REPLIES))]
        lines += [next(self.turns) for _ in range(turns)]
        lines += [words.PRICE_TURN] if has_price else []
        lines += list(words.PLACE_TURNS) if arrives else []
        for said, answered in lines:
            for type_code, words_of in ((RECEIVED, said), (SENT, answered)):
                if words_of:
                    at += timedelta(seconds=self.random.randrange(25, 240))
                    self._text(ad, address, at, type_code, words_of)
        if turns and not arrives:
            at += timedelta(seconds=self.random.randrange(60, 600))
            self._text(ad, address, at, RECEIVED, self.random.choice(words.CLOSINGS))

    def _call(self, ad: DecoyAd, address: str, at: datetime) -> None:
        type_code, seconds = self.random.choice(((1, 41), (3, 0), (3, 0), (4, 18)))
        self.phones.events.append(Event(ad.line, address, at, type_code, kind="call", duration_seconds=seconds))
        self.phones.events.append(
            Event(ad.line, address, at + timedelta(minutes=4), 2, kind="call", duration_seconds=35)
        )

    def _dismissed(self) -> None:
        reasons = [reason for reason, count in DISMISSALS.items() for _ in range(count)]
        self.random.shuffle(reasons)
        said = {
            "wrong_number": cycle(words.WRONG_NUMBER),
            "spam": cycle(words.SPAM),
            "advertiser": cycle(words.ADVERTISER),
            "officer": cycle(words.OFFICER),
            "no_words": cycle(("",)),
        }
        for ad in ADS:
            for _ in range(ad.dismissed):
                reason, address = reasons.pop(), next(self.numbers)
                self._text(ad, address, self._moment(ad), RECEIVED, next(said[reason]))
                self.phones.answers.append(Answer(ad.number, address, "dismissed", reason))

    def _referred(self) -> None:
        for ad in ADS:
            if not ad.referred:
                continue
            address, at = next(self.numbers), self._moment(ad)
            script = words.REFERRED_MINOR if ad.referred == "may_be_minor" else words.REFERRED_HELP
            for said in script:
                self._text(ad, address, at, RECEIVED, said)
                at += timedelta(seconds=95)
            self.phones.answers.append(Answer(ad.number, address, "referred", ad.referred))

    def _withheld(self) -> None:
        """Seventeen contacts without a number: calls on lines B and C, texts on line D."""
        for ad_number, count in ((2, 8), (6, 4), (3, 3)):
            ad = ADS[ad_number - 1]
            for _ in range(count):
                self.phones.events.append(Event(ad.line, "", self._moment(ad), 3, kind="call"))
        for _ in range(2):
            self._text(ADS[4], "", self._moment(ADS[4]), RECEIVED, "is anyone there")

    def _odds_and_ends(self) -> None:
        """Write what real phones hold besides: drafts, failed texts, codes, and contacts outside an ad's time."""
        first, fourth, fifth = ADS[0], ADS[3], ADS[4]
        self._text(first, next(self.numbers), local(10, 5, 11, 12), RECEIVED, "hi is this number new")
        self._text(first, next(self.numbers), local(10, 10, 3), RECEIVED, "is the ad still up")
        for ad in ADS:
            known = [answer.address for answer in self.phones.answers if answer.ad == ad.number]
            for type_code in (DRAFT, FAILED):
                for address in known[:3]:
                    self._text(ad, address, self._moment(ad), type_code, "ok")
            for number, code in enumerate(("72645", "32665", "CarrierMsg") * 9):
                self._text(ad, code, self._moment(ad), RECEIVED, words.SERVICE[number % len(words.SERVICE)])
        self._pictures(fifth)
        twice = next(event for event in self.phones.events if event.line == "A" and event.at > fourth.placed_at)
        self.phones.events.append(replace(twice))

    def _pictures(self, ad: DecoyAd) -> None:
        """Three group picture messages, one of them with a small picture, from senders who answered already."""
        senders = [answer.address for answer in self.phones.answers if answer.ad == ad.number][:3]
        last = max(event.at for event in self.phones.events if event.line == ad.line)
        for number, address in enumerate(senders):
            at = last + timedelta(minutes=number + 1)
            others = tuple(other for other in senders if other != address)
            self.phones.events.append(
                Event(ad.line, address, at, RECEIVED, "hi all", "mms", group=others[:1], has_picture=number == 0)
            )


def write_phones() -> Phones:
    """Give everything that happened on the phones."""
    return Author().write()
