"""The reader of SMS Backup & Restore XML: each whole record with its place in the bytes.

Expat is fed pieces of 1 MiB (with smaller ones, or ParseFile, it is many times slower on an MMS). It tells where an event begins, not how long it is:
at the end of an element its index is behind `<sms/>` but at the `</sms>`, so the bytes there decide. Source: intake.md 1.1 and 4.1.
"""

from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from hotspots.intake.readers.damage import Stop, find_raw_newline, note_stop, note_wrong_count
from hotspots.intake.readers.head import Head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import (
    READ_BYTES,
    AnomalyKind,
    Event,
    Limits,
    Record,
    RefusalKind,
    Refused,
    ResumePoint,
)
from hotspots.intake.readers.repair import Repairer
from hotspots.intake.readers.sms_records import Place, RecordBuilder

_RECORDS = ("sms", "mms", "call")
_OWN_PARTS = ("parts", "addrs")


class SmsXmlReader:
    """One reading of one backup, from its beginning or from a record."""

    def __init__(
        self, src: BinaryIO, head: Head, notes: Notes, *, limits: Limits, start: ResumePoint, is_resumed: bool
    ) -> None:
        self._src = src
        self._head = head
        self._script = head.script
        self._notes = notes
        self._limits = limits
        self._member = start.member
        self._ordinal = start.ordinal
        self._builder = RecordBuilder(notes)
        self._repairer = Repairer(head.script, notes, offset=start.offset, line=start.line)
        self._parser = expat.ParserCreate(_NAMES.get(head.script.encoding, head.script.encoding) if is_resumed else None)
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._close_tags = {name: self._script.encode(f"</{name}") for name in _RECORDS}
        self._name_ends = tuple(self._script.encode(end) for end in "> \t\r\n")
        self._tag_end = self._script.encode(">")
        # What is still needed of the bytes: the window begins at byte `_base` of the file.
        self._window = bytearray()
        self._base = start.offset
        self._line_offset, self._line = start.offset, start.line
        # Expat counts the root that is made up for a resumed reading; the file does not hold it.
        self._shift = start.offset
        self._depth = 0
        self._open_at = -1
        self._open_attributes: list[str] = []
        self._is_open = False
        self._done: list[Record] = []
        if is_resumed:
            root = self._script.encode(f"<{head.header.root}>")
            self._parser.Parse(root, False)
            self._shift -= len(root)

    def events(self) -> Iterator[Event]:
        """Read the records in order, each after what was noted before it."""
        is_stopped = False
        while not is_stopped:
            piece = self._src.read(READ_BYTES)
            refusal: Refused | None = None
            try:
                is_stopped = self._feed(piece)
            except Refused as refused:
                refusal = refused
            yield from self._drain()
            if refusal is not None:
                yield from self._notes.take_all()
                raise refusal
        yield from self._notes.take_all()
        yield from note_wrong_count(self._head, self._ordinal, member=self._member)

    def _feed(self, piece: bytes) -> bool:
        """Parse a piece, an empty one at the end of the file, and tell whether nothing more can be read."""
        content = self._repairer.repair(piece) if piece else self._repairer.finish()
        self._window += content
        try:
            self._parser.Parse(content, False)
            if not piece:
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            self._stop(error, is_at_end=not piece)
            return True
        self._check_size()
        return not piece

    def _drain(self) -> Iterator[Event]:
        """Give out the records that are whole, and let go of the bytes behind them."""
        done, self._done = self._done, []
        if self._notes.pending:
            for record in done:
                yield from self._notes.take_before(record.offset)
                yield record
        else:
            yield from done
        needed = self._open_at if self._is_open else self._parser.CurrentByteIndex + self._shift
        if needed > self._base:
            self._count_lines_to(max(needed, self._line_offset))
            del self._window[: needed - self._base]
            self._base = needed
        yield from self._notes.take_before(needed)

    def _start(self, name: str, attributes: list[str]) -> None:
        """Meet the start of an element."""
        depth = self._depth = self._depth + 1
        if depth == 2:
            self._is_open = True
            self._open_at = self._parser.CurrentByteIndex + self._shift
            self._open_attributes = attributes
        elif depth > 2:
            self._start_inside(name, attributes, depth)
        if len(attributes) > 2 * self._limits.attributes:
            what = f"<{name[:40]}> has more than {self._limits.attributes:,} attributes"
            self._refuse(what, RefusalKind.TOO_MANY_ATTRIBUTES)

    def _start_inside(self, name: str, attributes: list[str], depth: int) -> None:
        """Meet an element inside a record: a part or an address, or something that belongs to no record."""
        if depth > self._limits.depth:
            self._refuse(f"elements stand more than {self._limits.depth} deep in each other", RefusalKind.TOO_DEEP)
        if name == "part":
            offset = self._parser.CurrentByteIndex + self._shift
            self._builder.take_part(attributes, offset=offset, line=self._line_at(offset))
        elif name == "addr":
            self._builder.take_addr(attributes)
        elif name not in _OWN_PARTS:
            self._note_unknown(name)
        if self._builder.part_count > self._limits.parts:
            self._refuse(f"a record has more than {self._limits.parts:,} parts", RefusalKind.TOO_LARGE)

    def _end(self, name: str) -> None:
        """Meet the end of an element; at the second level, a record is whole."""
        depth = self._depth
        self._depth = depth - 1
        if depth != 2:
            return
        start, base = self._open_at, self._base
        self._is_open = False
        close = self._close_tags.get(name)
        if close is None:
            self._note_unknown(name)
            return
        stop = self._parser.CurrentByteIndex + self._shift
        if self._window.startswith(close, stop - base):
            stop = self._end_of_close_tag(stop, len(close))
        if self._line_offset != start:
            self._count_lines_to(start)
        place = Place(self._ordinal, self._member, start, stop - start, self._line)
        self._keep(name, place)

    def _keep(self, name: str, place: Place) -> None:
        """Make the record that has just ended."""
        start = place.offset - self._base
        if place.length > self._limits.record_bytes:
            self._refuse_size(place.offset)
        if self._script.width == 2 or self._window.find(b"\n", start, start + place.length) >= 0:
            self._note_newline(place)
        builder = self._builder
        make = builder.sms if name == "sms" else builder.call if name == "call" else builder.mms
        self._done.append(make(place, self._open_attributes))
        self._ordinal += 1
        if self._ordinal > self._limits.records:
            self._refuse(f"the file holds more than {self._limits.records:,} records", RefusalKind.TOO_MANY_RECORDS)

    def _end_of_close_tag(self, stop: int, name_bytes: int) -> int:
        """Find the end of a closing tag that begins at a byte, if it is one and not that of a longer name."""
        after = stop - self._base + name_bytes
        if not self._window.startswith(self._name_ends, after):
            return stop
        return self._window.index(self._tag_end, after) + len(self._tag_end) + self._base

    def _note_newline(self, place: Place) -> None:
        """Note a line end inside an attribute, which every XML parser turns into a space."""
        start = place.offset - self._base
        found = find_raw_newline(self._window[start : start + place.length], self._script)
        if found is not None:
            offset = place.offset + found
            text = "a line end inside an attribute, which XML reads as a space: where the lines broke is lost"
            self._notes.add(AnomalyKind.RAW_NEWLINE, offset, self._line_at(offset), text)

    def _note_unknown(self, name: str) -> None:
        """Note an element that is no record where it stands."""
        text = f"<{name[:40]}> is no record here and is not counted"
        self._notes.add(AnomalyKind.UNKNOWN_ELEMENT, self._open_at, self._line_at(self._open_at), text)

    def _count_lines_to(self, offset: int) -> None:
        """Move the known line on to a later byte."""
        base = self._base
        self._line += self._script.count_lines(self._window, self._line_offset - base, offset - base)
        self._line_offset = offset

    def _line_at(self, offset: int) -> int:
        """Say on which line a byte of the window stands."""
        base = self._base
        start, end = sorted((self._line_offset, offset))
        lines = self._script.count_lines(self._window, start - base, end - base)
        return self._line + (lines if offset >= self._line_offset else -lines)

    def _check_size(self) -> None:
        """Refuse a record, or anything else that does not end, that is larger than the limit."""
        here = self._open_at if self._is_open else self._parser.CurrentByteIndex + self._shift
        if self._base + len(self._window) - here > self._limits.record_bytes:
            self._refuse_size(max(here, self._base))

    def _refuse_size(self, offset: int) -> NoReturn:
        """Stop at a record that is too large to hold."""
        what = f"a record is larger than {self._limits.record_bytes:,} bytes"
        self._refuse(what, RefusalKind.TOO_LARGE, offset=offset)

    def _refuse(self, what: str, kind: RefusalKind, *, offset: int | None = None) -> NoReturn:
        """Stop reading a file that asks too much, naming the place."""
        offset = self._parser.CurrentByteIndex + self._shift if offset is None else offset
        place = f"at byte {offset:,}, on line {self._line_at(offset):,}"
        reason = f"{what[:1].upper()}{what[1:]}, {place}; the file is kept, but not read."
        raise Refused(reason, kind, offset=offset, member=self._member)

    def _refuse_doctype(self, *_: object) -> None:
        """Refuse a DOCTYPE; the head was free of one, but a resumed reading must not be fooled either."""
        self._refuse("the file has a DOCTYPE, which a backup never has", RefusalKind.DOCTYPE)

    def _stop(self, error: expat.ExpatError, *, is_at_end: bool) -> None:
        """Note why nothing more can be read; what was whole before stays."""
        offset = self._parser.ErrorByteIndex + self._shift
        cut_at = self._open_at if self._is_open else self._parser.CurrentByteIndex + self._shift
        stop = Stop(
            code=error.code,
            offset=offset,
            line=self._line_at(offset),
            cut_at=cut_at,
            cut_line=self._line_at(cut_at),
            found=bytes(self._window[offset - self._base :][:8]),
            file_bytes=self._base + len(self._window) if is_at_end else None,
        )
        kind = note_stop(self._notes, stop, self._script)
        if self._ordinal == 0 and kind in (AnomalyKind.WRONG_ENCODING, AnomalyKind.BROKEN_XML):
            is_encoding = kind is AnomalyKind.WRONG_ENCODING
            self._refuse(
                "the first record is not in the encoding of the file" if is_encoding else "the first record is not XML",
                RefusalKind.WRONG_ENCODING if is_encoding else RefusalKind.WRONG_FORMAT,
                offset=offset,
            )


_NAMES = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}  # as expat calls them
