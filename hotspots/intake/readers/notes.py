"""What a reader notes on the way, in the order of the file and bounded in number."""

from collections import Counter
from collections.abc import Iterator

from hotspots.intake.readers.records import Anomaly, AnomalyKind


class Notes:
    """The anomalies found so far that are not given out yet, and how many of each kind there were.

    Those that stand before a record are given before it and those inside it after it: whoever stops at a record and
    resumes there misses none and gets none twice. Above the limit of a kind they are only counted.
    """

    def __init__(self, limit_of_a_kind: int) -> None:
        self.member = 0
        self.pending: list[Anomaly] = []
        self._limit = limit_of_a_kind
        self._counts: Counter[AnomalyKind] = Counter()
        self._first_untold: dict[AnomalyKind, Anomaly] = {}

    def add(self, kind: AnomalyKind, offset: int, line: int, text: str) -> None:
        """Note something at a byte and line of the member being read."""
        self._counts[kind] += 1
        anomaly = Anomaly(kind, self.member, offset, line, f"{text[:1].upper()}{text[1:]}.")
        if self._counts[kind] <= self._limit:
            self.pending.append(anomaly)
        else:
            self._first_untold.setdefault(kind, anomaly)

    def take_before(self, offset: int) -> Iterator[Anomaly]:
        """Give out what stands before a byte."""
        if not self.pending:
            return
        self.pending.sort(key=lambda anomaly: anomaly.offset)
        count = 0
        while count < len(self.pending) and self.pending[count].offset < offset:
            count += 1
        taken, self.pending = self.pending[:count], self.pending[count:]
        yield from taken

    def take_all(self) -> Iterator[Anomaly]:
        """Give out everything that is left of a member."""
        taken, self.pending = sorted(self.pending, key=lambda anomaly: anomaly.offset), []
        yield from taken

    def summaries(self) -> Iterator[Anomaly]:
        """Say of each kind above the limit how many more there were."""
        for kind, first in self._first_untold.items():
            more = self._counts[kind] - self._limit
            text = f"And {more:,} more of this kind, from here on."
            yield Anomaly(kind, first.member, first.offset, first.line, text)
