"""From the records of a reader to rows: encrypted, keyed, with their places. The hot path of an import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import uuid_utils.compat as uuid_utils

from hotspots.intake.actions.bulk import Forms, known_events, places_held
from hotspots.intake.actions.contacts import Contact, Contacts
from hotspots.intake.models import Line, Reading
from hotspots.intake.queries.events import event_digests
from hotspots.intake.readers import Direction, Record
from hotspots.intake.rules import place_id
from hotspots.intake.rules.tapbacks import is_tapback
from hotspots.keys import actions as keys
from sealing import SmallKey

_write_json = json.JSONEncoder(separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring_ascii
READY_LIMIT = 1_000  # keys that are made ready, 2 kB each: a conversation's messages come together
_INBOUND = Direction.INBOUND  # to look a member up in its class takes longer than to compare it


def _more_of(record: Record) -> str:
    """Write what only some records have: others in a group, the length of a call, attachments by their digests."""
    more: dict[str, Any] = {}
    if record.recipients:
        more["to"] = record.recipients
    if record.duration_seconds is not None:
        more["seconds"] = record.duration_seconds
    if record.attachments:
        more["attachments"] = [
            (one.content_type, one.name, one.size_bytes, one.sha256.hex() if one.sha256 else None)
            for one in record.attachments
        ]
    return f",{_write_json(more)[1:-1]}" if more else ""


@dataclass(slots=True)
class Encoded:
    """A batch as rows. There is a message row for each record; which are new is known only in the transaction."""

    digests: list[bytes]
    messages: list[tuple[Any, ...]] = field(default_factory=list)
    places: list[tuple[Any, ...]] = field(default_factory=list)
    members: dict[Any, list[Contact]] = field(default_factory=dict)
    senders: set[Any] = field(default_factory=set)


@dataclass(slots=True)
class Rows:
    """What of a batch is to be inserted, and how many records were further copies of an event in the same file."""

    messages: list[tuple[Any, ...]]
    places: list[tuple[Any, ...]]
    participants: list[tuple[Any, ...]]
    duplicates_count: int


class Encoder:
    """Makes the rows of one reading."""

    def __init__(self, line: Line, reading: Reading, forms: Forms) -> None:
        self.contacts = Contacts(line.address, forms)
        self._forms = forms
        self._own_phone = line.address
        self._line_id = forms.id_of(line.pk.bytes)
        self._reading_id = forms.id_of(reading.pk.bytes)
        self._seed = bytes(reading.place_seed)
        self._own_key = SmallKey(keys.open_key(reading.key_id), reading.key_id.bytes)
        self._ready: dict[bytes, SmallKey] = {}
        self._bases: dict[int, int] = {}

    def encode(self, records: Sequence[Record]) -> Encoded:
        """Encode a batch outside the transaction."""
        self._meet(records)
        encoded = Encoded(event_digests(self._own_phone, records))
        known, forms = self.contacts.by_written, self._forms
        time_of, id_of, bytes_of = forms.time_of, forms.id_of, forms.bytes_of
        no, yes = forms.flag_of(False), forms.flag_of(True)
        line_id, reading_id = self._line_id, self._reading_id
        if len(self._ready) > READY_LIMIT:
            self._ready.clear()
        for record, digest in zip(records, encoded.digests, strict=True):
            ordinal, member, offset, length, line = record[:5]
            kind, direction, state, address, recipients, is_withheld, at = record[5:12]
            raw = (self._base_of(member) + ordinal).to_bytes(16, "big")
            pk = id_of(raw)
            is_inbound = direction is _INBOUND
            contact = self._group_of(record, pk, encoded) if recipients else known[address]
            contact_id = contact.id if contact is not None else None
            encoded.messages.append(
                (
                    pk,
                    line_id,
                    reading_id,
                    contact_id,
                    kind._value_,
                    direction._value_,
                    state,
                    yes if is_inbound and is_withheld else no,
                    yes if is_inbound and is_tapback(record.body) else no,
                    None if at is None else time_of(at),
                    bytes_of(digest),
                    bytes_of(self._seal(record, contact, raw)),
                )
            )
            encoded.places.append((pk, reading_id, member, ordinal, offset, length, line))
            if is_inbound and contact_id is not None:
                encoded.senders.add(contact_id)
        return encoded

    def _meet(self, records: Sequence[Record]) -> None:
        known = self.contacts.by_written
        new = {record.address for record in records if record.address not in known}
        for record in records:
            if record.recipients:
                new.update(address for address in record.recipients if address not in known)
        if new:
            self.contacts.meet(new)

    def _base_of(self, member: int) -> int:
        """Give the number that the ids of a member's places count from."""
        base = self._bases.get(member)
        if base is None:
            base = self._bases[member] = place_id(self._seed, member, 0).int
        return base

    def _seal(self, record: Record, contact: Contact | None, associated: bytes) -> bytes:
        """Seal the words under the contact point's key, so that they go when it goes; else under the reading's."""
        has_more = record.recipients or record.attachments or record.duration_seconds is not None
        more = _more_of(record) if has_more else ""
        text = f'{{"words":{_quoted(record.body)},"address":{_quoted(record.address)}{more}}}'
        if contact is None:
            return self._own_key.encrypt(text.encode(), associated=associated)
        key = self._ready.get(contact.key_id)
        if key is None:
            key = self._ready[contact.key_id] = SmallKey(contact.key, contact.key_id)
        return key.encrypt(text.encode(), associated=associated)

    def _group_of(self, record: Record, pk: Any, encoded: Encoded) -> Contact | None:
        """Give whom a group message is from, or whom it went to first, and keep who else is in the group."""
        known = self.contacts.by_written
        people = dict.fromkeys(contact for address in record.recipients if (contact := known[address]) is not None)
        is_inbound = record.direction is _INBOUND
        first = known[record.address] if is_inbound else next(iter(people), known[record.address])
        encoded.members[pk] = [contact for contact in people if contact != first]
        return first

    def rows_of(self, encoded: Encoded) -> Rows:
        """Tell, inside the transaction, which records are events that nobody has written yet."""
        event_ids = known_events(encoded.digests)
        here = places_held(self._reading_id, list(event_ids.values())) if event_ids else set()
        messages, places, participants, duplicates = [], [], [], 0
        for digest, message, place in zip(encoded.digests, encoded.messages, encoded.places, strict=True):
            event_id = event_ids.get(digest)
            if event_id is None:
                event_id = event_ids[digest] = message[0]
                messages.append(message)
                if encoded.members:
                    participants += self._participants_of(message[0], encoded)
            elif event_id in here:
                duplicates += 1
            here.add(event_id)
            places.append((place[0], event_id, *place[1:]))
        return Rows(messages, places, participants, duplicates)

    def _participants_of(self, message_id: Any, encoded: Encoded) -> list[tuple[Any, ...]]:
        others = encoded.members.get(message_id, ())
        return [(self._forms.id_of(uuid_utils.uuid7().bytes), message_id, other.id) for other in others]
