"""What an import counts on its way: facts of the file, kept with each checkpoint, so that a resumed one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from hotspots.intake.readers import FORMAT, Direction, Record, RecordKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """The counts of an import so far."""

    records: int = 0
    sms: int = 0
    mms: int = 0
    calls: int = 0
    inbound: int = 0
    outbound: int = 0
    other: int = 0
    withheld: int = 0
    duplicates: int = 0
    declared_count: int | None = None
    first_ms: int | None = None
    last_ms: int | None = None

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Tally:
        """Give the counts that a checkpoint kept."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def kept(self) -> dict[str, Any]:
        """Give the counts as a checkpoint keeps them."""
        return asdict(self)

    def take(self, records: Sequence[Record]) -> None:
        """Count a batch."""
        kinds = [record.kind for record in records]
        directions = [record.direction for record in records]
        self.records += len(records)
        self.sms += kinds.count(RecordKind.SMS)
        self.mms += kinds.count(RecordKind.MMS)
        self.calls += kinds.count(RecordKind.CALL)
        self.inbound += directions.count(Direction.INBOUND)
        self.outbound += directions.count(Direction.OUTBOUND)
        self.other += directions.count(Direction.OTHER)
        self.withheld += sum(1 for record in records if record.is_withheld and record.direction is Direction.INBOUND)
        times = [record.sent_at_ms for record in records if record.sent_at_ms is not None]
        if times:
            self.first_ms = min(times) if self.first_ms is None else min(self.first_ms, *times)
            self.last_ms = max(times) if self.last_ms is None else max(self.last_ms, *times)

    def declare(self, count: int | None) -> None:
        """Add what a backup says that it holds; a zip has several."""
        if count is not None:
            self.declared_count = (self.declared_count or 0) + count

    def report(self, *, sha256: str, size_bytes: int, inbound_contact_points: int) -> dict[str, Any]:
        """Give the counts under the names that `export inspect` prints."""
        told = self.kept()
        first_ms, last_ms = told.pop("first_ms"), told.pop("last_ms")
        return {
            "format": FORMAT,
            "sha256": sha256,
            "bytes": size_bytes,
            **told,
            "inbound_contact_points": inbound_contact_points,
            "first_at": _written(first_ms),
            "last_at": _written(last_ms),
        }


def _written(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    at = _EPOCH + timedelta(milliseconds=milliseconds)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
