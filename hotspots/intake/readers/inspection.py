"""What is in an export, before anything of it is stored."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from hotspots.intake.readers.export import FORMAT, read_export
from hotspots.intake.readers.records import (
    DEFAULT,
    Anomaly,
    Direction,
    Limits,
    Record,
    RecordKind,
    RefusalKind,
    Refused,
)
from hotspots.intake.readers.zip_file import member_names
from hotspots.intake.rules.addresses import contact_key_of
from hotspots.intake.rules.duplicates import duplicate_key_parts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_READ_BYTES = 1 << 20
_KEY_BYTES = 16
_UNKNOWN = frozenset({RefusalKind.WRONG_FORMAT, RefusalKind.EMPTY})  # refused because it is no file that we know


@dataclass(frozen=True, slots=True)
class Inspection:
    """The counts of an export, of its whole records, and what was noted; `refused` is the reason if it is not read.

    Nothing is half-counted: of a refused file all counts are 0. `member_names` are those of a zip, where something
    was noted in it. `format` is None for a file that is none we know.
    """

    format: str | None
    sha256: str
    size_bytes: int
    record_count: int
    sms_count: int
    mms_count: int
    call_count: int
    inbound_count: int
    outbound_count: int
    other_count: int
    inbound_contact_point_count: int
    withheld_count: int
    duplicate_count: int
    first_at: datetime | None
    last_at: datetime | None
    anomalies: tuple[Anomaly, ...]
    member_names: tuple[str, ...]
    refused: str | None

    def as_json(self) -> dict[str, Any]:
        """Give the counts under the names that `export inspect` prints."""
        return {
            "format": self.format,
            "sha256": self.sha256,
            "bytes": self.size_bytes,
            "records": self.record_count,
            "sms": self.sms_count,
            "mms": self.mms_count,
            "calls": self.call_count,
            "inbound": self.inbound_count,
            "outbound": self.outbound_count,
            "other": self.other_count,
            "inbound_contact_points": self.inbound_contact_point_count,
            "withheld": self.withheld_count,
            "duplicates": self.duplicate_count,
            "first_at": _written(self.first_at),
            "last_at": _written(self.last_at),
            "anomalies": [self._anomaly_as_json(one) for one in self.anomalies],
            "refused": self.refused,
        }

    def _anomaly_as_json(self, anomaly: Anomaly) -> dict[str, Any]:
        return {
            "kind": anomaly.kind.value,
            "member": self.member_names[anomaly.member] if self.member_names else None,
            "offset": anomaly.offset,
            "line": anomaly.line,
            "text": anomaly.text,
        }


def inspect_export(src: BinaryIO, *, limits: Limits = DEFAULT) -> Inspection:
    """Count what an export holds and list what is wrong with it, in bounded memory."""
    src.seek(0)
    digest, size_bytes = hashlib.sha256(), 0
    while piece := src.read(_READ_BYTES):
        digest.update(piece)
        size_bytes += len(piece)
    tally = _Tally()
    refusal: Refused | None = None
    try:
        for event in read_export(src, limits=limits):
            if isinstance(event, Record):
                tally.take(event)
            elif isinstance(event, Anomaly):
                tally.anomalies.append(event)
    except Refused as refused:
        refusal, tally = refused, _Tally(tally.anomalies)
    names = member_names(src, limits) if tally.anomalies else ()
    return tally.result(_File(digest.hexdigest(), size_bytes, names), refusal)


@dataclass(frozen=True, slots=True)
class _File:
    """What is known of a file as it is."""

    sha256: str
    size_bytes: int
    member_names: tuple[str, ...]


class _Tally:
    """Counts records as they come."""

    def __init__(self, anomalies: Iterable[Anomaly] = ()) -> None:
        self.anomalies = list(anomalies)
        self._kinds: Counter[RecordKind] = Counter()
        self._directions: Counter[Direction] = Counter()
        self._withheld_count = 0
        self._keys: set[bytes] = set()
        self._senders: set[str] = set()
        self._contact_points: set[str] = set()
        self._first_ms: int | None = None
        self._last_ms: int | None = None

    def take(self, record: Record) -> None:
        """Count one record."""
        self._kinds[record.kind] += 1
        self._directions[record.direction] += 1
        self._keys.add(_key_of(record))
        if record.direction is Direction.INBOUND:
            self._take_sender(record)
        if (sent_at_ms := record.sent_at_ms) is not None:
            if self._first_ms is None or sent_at_ms < self._first_ms:
                self._first_ms = sent_at_ms
            if self._last_ms is None or sent_at_ms > self._last_ms:
                self._last_ms = sent_at_ms

    def _take_sender(self, record: Record) -> None:
        """Count whom an inbound record is from; each way of writing an address is looked at once."""
        if record.is_withheld:
            self._withheld_count += 1
        elif record.address not in self._senders:
            self._senders.add(record.address)
            key = contact_key_of(record.address)
            if key is not None:
                self._contact_points.add(key)

    def result(self, file: _File, refusal: Refused | None) -> Inspection:
        """Give the counts."""
        record_count = self._kinds.total()
        return Inspection(
            format=None if refusal is not None and refusal.kind in _UNKNOWN else FORMAT,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
            record_count=record_count,
            sms_count=self._kinds[RecordKind.SMS],
            mms_count=self._kinds[RecordKind.MMS],
            call_count=self._kinds[RecordKind.CALL],
            inbound_count=self._directions[Direction.INBOUND],
            outbound_count=self._directions[Direction.OUTBOUND],
            other_count=self._directions[Direction.OTHER],
            inbound_contact_point_count=len(self._contact_points),
            withheld_count=self._withheld_count,
            duplicate_count=record_count - len(self._keys),
            first_at=_at(self._first_ms),
            last_at=_at(self._last_ms),
            anomalies=tuple(self.anomalies),
            member_names=file.member_names,
            refused=refusal.reason if refusal is not None else None,
        )


def _key_of(record: Record) -> bytes:
    """Compute a short digest that two copies of one record share."""
    parts = duplicate_key_parts(
        own_phone="",
        address=record.address,
        sent_at_ms=record.sent_at_ms,
        direction=record.direction._value_,
        body=record.body,
        m_id=record.m_id,
    )
    return hashlib.sha256(parts).digest()[:_KEY_BYTES]


def _at(sent_at_ms: int | None) -> datetime | None:
    """Turn milliseconds since 1970 into a time."""
    return None if sent_at_ms is None else _EPOCH + timedelta(milliseconds=sent_at_ms)


def _written(at: datetime | None) -> str | None:
    """Write a time as ISO 8601 in UTC with milliseconds."""
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
