"""What a reader gives: records with their places, and what it noted on the way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class RecordKind(StrEnum):
    """What sort of record a phone wrote down."""

    SMS = "sms"
    MMS = "mms"
    CALL = "call"


class Direction(StrEnum):
    """Which way a record went; drafts, failed ones and unknown kinds went neither way."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    OTHER = "other"


class AnomalyKind(StrEnum):
    """What can be wrong with a file that is read all the same."""

    SURROGATE_REFERENCE = "surrogate_reference"
    CONTROL_CHARACTER = "control_character"
    RAW_NEWLINE = "raw_newline"
    BAD_DATE = "bad_date"
    IMPLAUSIBLE_DATE = "implausible_date"
    EMPTY_RECORD = "empty_record"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_ELEMENT = "unknown_element"
    NO_SENDER = "no_sender"
    BROKEN_ATTACHMENT = "broken_attachment"
    MISSING_ATTACHMENT = "missing_attachment"
    WRONG_COUNT = "wrong_count"
    TRUNCATED = "truncated"
    BROKEN_XML = "broken_xml"
    WRONG_ENCODING = "wrong_encoding"
    TRAILING_CONTENT = "trailing_content"
    MEMBER_REFUSED = "member_refused"
    MEMBER_SKIPPED = "member_skipped"
    MEMBER_BROKEN = "member_broken"
    NESTED_ZIP = "nested_zip"


class RefusalKind(StrEnum):
    """Why a file is not read."""

    EMPTY = "empty"
    WRONG_FORMAT = "wrong_format"
    WRONG_ENCODING = "wrong_encoding"
    DOCTYPE = "doctype"
    TOO_DEEP = "too_deep"
    TOO_MANY_ATTRIBUTES = "too_many_attributes"
    TOO_MANY_RECORDS = "too_many_records"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_LARGE = "too_large"
    BROKEN_ZIP = "broken_zip"


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Where reading goes on: a record that has not been taken yet."""

    member: int
    offset: int
    ordinal: int
    line: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of an MMS that is not its text; `sha256` is of the decoded bytes, and None where these cannot be had."""

    content_type: str
    name: str
    size_bytes: int
    sha256: bytes | None


class Record(NamedTuple):
    """One whole message or call, and the bytes it stands in.

    A named tuple, not a dataclass: half a million of them are made for each 200 MB, three times as fast. `offset` and
    `length` are bytes of the original file (in a zip: of the uncompressed member), `line` is the line of the first
    byte, counted from 1, `ordinal` counts the records of the member from 0. `address` is as written: the
    counterparty, or the sender of an inbound MMS.
    """

    ordinal: int
    member: int
    offset: int
    length: int
    line: int
    kind: RecordKind
    direction: Direction
    state: str
    address: str
    recipients: tuple[str, ...]
    is_withheld: bool
    sent_at_ms: int | None
    body: str
    m_id: str
    duration_seconds: int | None
    attachments: tuple[Attachment, ...]

    @property
    def resume_point(self) -> ResumePoint:
        """Say where to go on reading so that this record is the next."""
        return ResumePoint(self.member, self.offset, self.ordinal, self.line)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that is not as it should be, at its byte and line; `text` is a sentence for people.

    In a zip, byte and line are those of the uncompressed member, and line 0 means that no line can be named.
    """

    kind: AnomalyKind
    member: int
    offset: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself; none of it is believed."""

    declared_count: int | None
    backup_set: str
    backup_type: str
    root: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside the file that is read; a plain export is its own single member, with an empty path."""

    index: int
    path: str
    size_bytes: int


class Refused(Exception):
    """Raised for a file that cannot be read, with a sentence that says what is wrong with it, and where."""

    def __init__(self, reason: str, kind: RefusalKind, *, offset: int = 0, member: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.offset = offset
        self.member = member

    def inside(self, shown: str) -> "Refused":
        """Give the same refusal with a sentence that names the member it is about."""
        return Refused(f"{shown}: {self.reason}", self.kind, offset=self.offset, member=self.member)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask of the reader."""

    depth: int = 8
    attributes: int = 500
    record_bytes: int = 64 << 20
    records: int = 20_000_000
    anomalies_of_a_kind: int = 1_000
    parts: int = 5_000
    members: int = 1_000
    ratio: int = 200
    total_bytes: int = 64 << 30
    has_fast_lane: bool = True


DEFAULT = Limits()
PIECE_BYTES = 128 << 10
LARGEST_PIECE_BYTES = 8 << 20

Event = Header | Member | Record | Anomaly
